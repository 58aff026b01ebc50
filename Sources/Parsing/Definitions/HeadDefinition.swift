import Model

/// What stands before the message of a record.
package struct HeadDefinition: Hashable, Sendable {
  /// How the record is cut into its parts.
  package enum Shape: Hashable, Sendable {
    case layout(Layout)
    case json(JSONShape)
    case csv(CSVShape)
  }

  package var location: ParserLocation
  package var id: String
  package var shape: Shape
  /// Fields that every event under this head gets.
  package var set: [FieldValue]
  /// Whether the head is tried only where the framing names the component.
  package var isNamedOnly: Bool
  package var example: String?

  package init(
    id: String,
    shape: Shape,
    set: [FieldValue] = [],
    isNamedOnly: Bool = false,
    example: String? = nil,
    location: ParserLocation
  ) {
    self.id = id
    self.shape = shape
    self.set = set
    self.isNamedOnly = isNamedOnly
    self.example = example
    self.location = location
  }
}

/// One JSON object a line: the keys that hold the parts of a record, of which the first present one counts.
package struct JSONShape: Hashable, Sendable {
  package var time: [String] = []
  package var level: [String] = []
  package var message: [String] = []
  package var pid: [String] = []
  /// The layout of the time value; nil for RFC 3339 or seconds since the epoch.
  package var timeLayout: Layout?
  /// Keys that must be there.
  package var requires: [String] = []
  /// Keys that hold further messages of the record.
  package var also: [String] = []
  /// The keys that lead to the record from outside in, where another program has put it into an object of its own.
  package var inside: [String] = []

  package init() {}
}

/// Comma-separated values: what each column holds.
package struct CSVShape: Hashable, Sendable {
  /// `time`, `level`, `pid`, `message`, a field, a name that `also` lists, or `-`.
  package var columns: [String]
  /// The layout of the time value; nil for RFC 3339.
  package var timeLayout: Layout?
  /// Columns that hold further messages of the record.
  package var also: [String]

  package init(columns: [String], timeLayout: Layout? = nil, also: [String] = []) {
    self.columns = columns
    self.timeLayout = timeLayout
    self.also = also
  }
}
