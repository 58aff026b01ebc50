package import Model
package import Patterns

/// All components with their heads and messages, in the order in which they are tried.
package struct ParserCatalogue: Sendable {
  /// The components in the order of their files; a user's files may add components and messages in front.
  package internal(set) var components: [CatalogueComponent]

  /// An empty catalogue, which recognises nothing.
  package init() {
    components = []
  }

  /// Level words per component; the dispatcher keeps a set of them in one machine word.
  static let maximumLevels = 62
  /// Heads per component, for the same reason.
  static let maximumHeads = 62

  /// The message with a full id such as `patroni.promoted_acquired_lock`, or nil.
  package func message(id: String) -> CatalogueMessage? {
    for component in components {
      if let message = component.messages.first(where: { $0.id == id }) { return message }
    }
    return nil
  }

  /// The component of a name such as `patroni`, or nil.
  package func component(named name: String) -> CatalogueComponent? {
    components.first { $0.component.name == name }
  }

  /// All messages, component by component.
  package var messages: [CatalogueMessage] {
    components.flatMap(\.messages)
  }
}

/// One component of the catalogue, merged from all files that name it.
package struct CatalogueComponent: Sendable {
  package var component: Component
  /// The name as people write it.
  package var title: String
  package var versions: String
  /// Names in syslog, journald and file names that mean this component.
  package var programs: [String]
  package var levels: [LevelWord]
  package var heads: [CatalogueHead]
  /// The messages, of which some may not have been read yet.
  var list: MessageList

  init(
    component: Component,
    title: String,
    versions: String,
    programs: [String],
    levels: [LevelWord],
    heads: [CatalogueHead],
    messages: [CatalogueMessage]
  ) {
    self.component = component
    self.title = title
    self.versions = versions
    self.programs = programs
    self.levels = levels
    self.heads = heads
    list = .read(messages)
  }

  /// The messages in the order in which they are tried.
  ///
  /// Those of the compact form are read every time, until one is changed.
  package var messages: [CatalogueMessage] {
    get { list.all }
    set { list = .read(newValue) }
    _modify {
      var all = list.all
      list = .read([])
      defer { list = .read(all) }
      yield &all
    }
  }

  /// Reads all messages, so that they need not be read every time.
  mutating func readMessages() {
    list = .read(list.all)
  }
}

/// A head, and how far in front it is tried.
package struct CatalogueHead: Sendable {
  package var definition: HeadDefinition
  /// 0 for bundled files, less for those loaded on top of them.
  package var rank: Int
}

/// A message, and how lines find it.
package struct CatalogueMessage: Sendable {
  /// The full id, such as `patroni.promoted_acquired_lock`.
  package var id: String
  package var definition: MessageDefinition
  /// nil for a message without pattern.
  package var literals: PatternLiterals?
  /// Whether an earlier message of the component that has no literal prefix may claim the same lines.
  package var yieldsToEarlier: Bool
  /// 0 for bundled files, less for those loaded on top of them.
  package var rank: Int
}

// MARK: - Vocabulary

extension ParserCatalogue {
  /// The events that messages may have, in the order of the vocabulary.
  package static var eventNames: [String] { EventKind.allCases.map(\.rawValue) }
  /// The fields that captures, `set` and `keys` may name.
  package static var fieldNames: [String] { Field.allCases.map(\.rawValue) }
}
