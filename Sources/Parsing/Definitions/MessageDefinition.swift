package import Model

/// A message that a component prints, and what it means.
package struct MessageDefinition: Hashable, Sendable {
  package var location: ParserLocation
  /// The id without its component.
  package var id: String
  package var meaning: String
  package var versions: String
  package var origin: String
  /// PCRE2, anchored at the first byte of the message; nil if every record of `levels` is meant.
  package var pattern: String?
  /// What the message means; nil for known noise.
  package var event: EventKind?
  package var set: [FieldValue]
  /// Fields taken from other keys of a JSON object.
  package var keys: [FieldValue]
  /// The level words that a record must have one of; empty for any.
  package var levels: [String]
  /// The ids of the heads that a record must have one of; empty for any.
  package var heads: [String]
  /// Whether the message is a whole line, without any head.
  package var isHeadless: Bool
  /// Whether the lines without a head that follow belong to this headless message.
  package var isBlock: Bool
  package var examples: [ExampleDefinition]
  /// Lines that the message must not claim.
  package var nearMisses: [String]

  package init(id: String, location: ParserLocation) {
    self.id = id
    self.location = location
    meaning = ""
    versions = ""
    origin = ""
    set = []
    keys = []
    levels = []
    heads = []
    isHeadless = false
    isBlock = false
    examples = []
    nearMisses = []
  }
}

/// A line as printed, and what must come out of it.
package struct ExampleDefinition: Hashable, Sendable {
  package var location: ParserLocation
  package var line: String
  package var fields: [FieldValue]
  /// Whether the line was seen in the wild.
  package var isReal: Bool

  package init(line: String, fields: [FieldValue] = [], isReal: Bool = false, location: ParserLocation) {
    self.line = line
    self.fields = fields
    self.isReal = isReal
    self.location = location
  }
}
