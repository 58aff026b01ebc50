package import Model

/// One parser file, as written.
///
/// `docs/parsers.md` explains each key.
package struct ParserDefinition: Hashable, Sendable {
  package var location: ParserLocation
  package var component: String
  /// The component's name as people write it; nil if another file of the component says it.
  package var title: String?
  package var role: ComponentRole?
  package var versions: String?
  package var programs: [String]
  package var levels: [LevelWord]
  package var heads: [HeadDefinition]
  package var messages: [MessageDefinition]

  package init(component: String, location: ParserLocation) {
    self.component = component
    self.location = location
    programs = []
    levels = []
    heads = []
    messages = []
  }
}

/// A level as a component prints it, and what it means.
package struct LevelWord: Hashable, Sendable {
  package var word: String
  package var level: Level

  package init(_ word: String, _ level: Level) {
    self.word = word
    self.level = level
  }
}

/// A field with the value that a parser file gives it.
package struct FieldValue: Hashable, Sendable {
  package var field: Field
  package var value: String

  package init(_ field: Field, _ value: String) {
    self.field = field
    self.value = value
  }
}
