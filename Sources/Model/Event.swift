/// Something that a line says, in words that do not depend on who said it.
///
/// A value that is passed around a lot: most of its parts are shared, so that a copy costs little more than a reference. What
/// nearly every question asks first stands in the value itself, since shared parts are hardly ever in the cache.
package struct Event: Hashable, Sendable {
  package let kind: EventKind
  package private(set) var source: SourceID
  /// Position among all lines of all inputs, in reading order.
  package private(set) var arrival: Int
  private var parts: Parts

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
    text: String,
    folded: FoldedRun? = nil
  ) {
    self.kind = kind
    self.source = source
    self.arrival = arrival
    let values = Values(
      line: line,
      stamp: stamp,
      outer: outer,
      component: component,
      message: message,
      level: level,
      processID: processID,
      fields: fields,
      text: text,
      folded: folded
    )
    parts = Parts(values)
  }

  /// 1-based number of the line in its input.
  package var line: Int { parts.values.line }
  /// The component's own time, if the line has one.
  package var stamp: Stamp? { parts.values.stamp }
  /// The collector's time (docker, journald, kubelet), if the framing has one.
  package var outer: Stamp? { parts.values.outer }
  package var component: Component { parts.values.component }
  /// What the component is to the cluster.
  package var role: ComponentRole { parts.values.component.role }
  /// The parser's message, such as `patroni.promoted_acquired_lock`.
  package var message: String { parts.values.message }
  package var level: Level? { parts.values.level }
  package var processID: Int? { parts.values.processID }
  package var fields: Fields { parts.values.fields }
  /// The value of a field, or nil if the line did not tell it.
  package subscript(field: Field) -> String? { parts.values.fields[field] }
  /// The line without its framing, as text: invalid UTF-8 replaced, control characters still in it.
  package var text: String { parts.values.text }
  /// The like of it that came just before and was not kept.
  package var folded: FoldedRun? { parts.values.folded }

  /// The event as the one that tells of those before it that were not kept.
  package func telling(of folded: FoldedRun?) -> Event {
    guard let folded else { return self }
    var values = parts.values
    values.folded = folded
    var event = self
    event.parts = Parts(values)
    return event
  }

  /// The event as one of a larger whole, in which its source and its position have other numbers.
  package func placed(in source: SourceID, arrival: Int) -> Event {
    var event = self
    event.source = source
    event.arrival = arrival
    return event
  }

  package static func == (left: Event, right: Event) -> Bool {
    left.kind == right.kind && left.source == right.source && left.arrival == right.arrival
      && (left.parts === right.parts || left.parts.values == right.parts.values)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(source)
    hasher.combine(arrival)
    hasher.combine(parts.values)
  }

  private struct Values: Hashable, Sendable {
    var line: Int
    var stamp: Stamp?
    var outer: Stamp?
    var component: Component
    var message: String
    var level: Level?
    var processID: Int?
    var fields: Fields
    var text: String
    var folded: FoldedRun?
  }

  private final class Parts: Sendable {
    let values: Values

    init(_ values: Values) {
      self.values = values
    }
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

  /// Without any field, and with room for so many.
  package init(room count: Int) {
    entries.reserveCapacity(count)
  }

  package init(_ values: KeyValuePairs<Field, String>) {
    for (field, value) in values { self[field] = value }
  }

  /// The value of a field, or nil if the line did not tell it.
  package subscript(field: Field) -> String? {
    get {
      // Read at its place: an entry that is passed to a closure is copied.
      for index in entries.indices where entries[index].field == field { return entries[index].value }
      return nil
    }
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
    entries.map { (Self.ranks[$0.field] ?? 0, $0) }.sorted { $0.0 < $1.0 }.map { ($0.1.field, $0.1.value) }
  }

  /// The position of each field in the order of `Field`.
  private static let ranks = Dictionary(uniqueKeysWithValues: zip(Field.allCases, 0...))
}
