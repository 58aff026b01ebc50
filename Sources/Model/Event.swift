/// Something that a line says, in words that do not depend on who said it.
package struct Event: Hashable, Sendable {
  package var kind: EventKind
  package var source: SourceID
  /// 1-based number of the line in its input.
  package var line: Int
  /// Position among all lines of all inputs, in reading order.
  package var arrival: Int
  /// The component's own time, if the line has one.
  package var stamp: Stamp?
  /// The collector's time (docker, journald, kubelet), if the framing has one.
  package var outer: Stamp?
  package var component: Component
  /// The parser's message, such as `patroni.promoted_acquired_lock`.
  package var message: String
  package var level: Level?
  package var processID: Int?
  package var fields: Fields
  /// The line without its framing, as text: invalid UTF-8 replaced, control characters still in it.
  package var text: String
  /// The like of it that came just before and was not kept.
  package var folded: FoldedRun?

  package init(
    kind: EventKind,
    source: SourceID,
    line: Int,
    arrival: Int,
    stamp: Stamp? = nil,
    outer: Stamp? = nil,
    component: Component,
    message: String,
    level: Level? = nil,
    processID: Int? = nil,
    fields: Fields = Fields(),
    text: String
  ) {
    self.kind = kind
    self.source = source
    self.line = line
    self.arrival = arrival
    self.stamp = stamp
    self.outer = outer
    self.component = component
    self.message = message
    self.level = level
    self.processID = processID
    self.fields = fields
    self.text = text
  }
}

/// The values that a pattern captured or its parser file set, a handful per event.
package struct Fields: Hashable, Sendable {
  private struct Entry: Hashable, Sendable {
    var field: Field
    var value: String
  }

  private var entries: [Entry] = []

  package init() {}

  package init(_ values: KeyValuePairs<Field, String>) {
    for (field, value) in values { self[field] = value }
  }

  /// The value of a field, or nil if the line did not tell it.
  package subscript(field: Field) -> String? {
    get { entries.first { $0.field == field }?.value }
    set {
      let place = entries.firstIndex { $0.field == field }
      if let place { entries.remove(at: place) }
      if let newValue { entries.append(Entry(field: field, value: newValue)) }
    }
  }

  /// The field as a decimal integer, or nil.
  package func integer(_ field: Field) -> Int? {
    self[field].flatMap { Int($0) }
  }

  /// The field as a decimal number, or nil.
  package func number(_ field: Field) -> Double? {
    self[field].flatMap { Double($0) }
  }

  /// The field as a WAL position, or nil.
  package func lsn(_ field: Field) -> LSN? {
    self[field].flatMap { LSN($0) }
  }

  /// All fields with their values, in the order of `Field`.
  package var all: [(field: Field, value: String)] {
    Field.allCases.compactMap { field in self[field].map { (field, $0) } }
  }
}
