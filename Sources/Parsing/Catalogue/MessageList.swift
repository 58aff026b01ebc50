import Model
import Patterns

/// The messages of a component in the order in which they are tried.
enum MessageList: Sendable {
  case read([CatalogueMessage])
  case compact(CompactMessages)

  var all: [CatalogueMessage] {
    switch self {
    case .read(let messages): messages
    case .compact(let messages): messages.outlines.indices.map { messages[$0] }
    }
  }

  /// A message, which is read if need be.
  subscript(index: Int) -> CatalogueMessage {
    switch self {
    case .read(let messages): messages[index]
    case .compact(let messages): messages[index]
    }
  }

  /// That of a message by which lines are found to be its.
  func dispatched(_ index: Int) -> DispatchedMessage {
    switch self {
    case .read(let messages): DispatchedMessage(messages[index])
    case .compact(let messages): messages.dispatched(index)
    }
  }

  /// What is known of the messages without reading them.
  var outlines: [MessageOutline] {
    switch self {
    case .read(let messages): messages.map(MessageOutline.init)
    case .compact(let messages): messages.outlines
    }
  }
}

/// By what lines are found to be a message's.
struct DispatchedMessage: Sendable {
  var pattern: String?
  var levels: [String] = []
  var heads: [String] = []
  /// nil for a message without pattern.
  var literals: PatternLiterals?
  var yieldsToEarlier: Bool
}

extension DispatchedMessage {
  init(_ message: CatalogueMessage) {
    pattern = message.definition.pattern
    levels = message.definition.levels
    heads = message.definition.heads
    literals = message.literals
    yieldsToEarlier = message.yieldsToEarlier
  }
}

/// What is known of a message without reading it.
struct MessageOutline: Sendable {
  var event: EventKind?
  var isHeadless: Bool
  var isBlock: Bool
  var rank: Int
}

extension MessageOutline {
  init(_ message: CatalogueMessage) {
    self.init(
      event: message.definition.event,
      isHeadless: message.definition.isHeadless,
      isBlock: message.definition.isBlock,
      rank: message.rank
    )
  }
}
