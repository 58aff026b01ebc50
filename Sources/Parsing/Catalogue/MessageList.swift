import Model

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

  /// What is known of the messages without reading them.
  var outlines: [MessageOutline] {
    switch self {
    case .read(let messages): messages.map(MessageOutline.init)
    case .compact(let messages): messages.outlines
    }
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
