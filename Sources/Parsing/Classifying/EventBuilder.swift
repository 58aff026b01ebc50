import Model

/// What of a slot's message is asked of every line.
private struct SlotMark {
  var kind: EventKind?
  var isBlock: Bool
}

/// Makes events out of recognitions.
///
/// This is the first place where text becomes a `String`.
struct EventBuilder {
  /// Per head of the head table, the fields that it sets.
  private let headSets: [[FieldValue]]
  private let levels: [[Level]]
  /// Per slot, what has to be known of every line.
  private let marks: [SlotMark]

  /// Bytes of a line that an event keeps.
  static let maximumText = 8192

  init(_ recognizer: borrowing Recognizer) {
    let catalogue = recognizer.catalogue
    headSets = recognizer.heads.entries.map { catalogue.components[$0.component].heads[$0.index].definition.set }
    levels = catalogue.components.map { $0.levels.map(\.level) }
    let outlines = catalogue.components.map(\.list.outlines)
    marks = recognizer.dispatcher.plan.places.map { place in
      let outline = outlines[place.component][place.message]
      return SlotMark(kind: outline.event, isBlock: outline.isBlock)
    }
  }

  /// How many slots there are.
  var slotCount: Int { marks.count }

  /// The event of a slot's message, or nil.
  func kind(of slot: Int32) -> EventKind? { marks[Int(slot)].kind }

  /// Whether the message of a slot has an event; false for no message.
  @inline(__always)
  func hasEvent(_ slot: Int32) -> Bool {
    slot != Dispatcher.none && marks[Int(slot)].kind != nil
  }

  /// Whether the message of a slot begins a block; false for no message.
  @inline(__always)
  func isBlock(_ slot: Int32) -> Bool {
    slot != Dispatcher.none && marks[Int(slot)].isBlock
  }

  /// What the record's level word means, or nil if it has none.
  func level(of found: Recognition) -> Level? {
    guard found.level >= 0 else { return nil }
    return levels[found.component][Int(found.level)]
  }

  /// The event of a claimed line whose message has one.
  func event(
    _ found: Recognition,
    _ kind: EventKind,
    _ recognizer: inout Recognizer,
    _ bytes: Span<UInt8>,
    _ line: LineContext
  ) -> Event {
    let rule = recognizer.rules.rule(of: found.slot)
    return Event(
      kind: kind,
      source: line.source,
      line: line.number,
      arrival: line.arrival,
      stamp: found.stamp,
      outer: line.outer,
      component: rule.component,
      message: rule.id,
      level: level(of: found),
      processID: found.pid < 0 ? nil : found.pid,
      fields: fields(found, rule, &recognizer, bytes, line.start, line.end),
      text: Self.text(bytes, line.start, line.end, limit: Self.maximumText)
    )
  }

  /// The fields of a recognition: those of the head, then those of the message, which win.
  func fields(
    _ found: Recognition,
    _ rule: MessageRule,
    _ recognizer: inout Recognizer,
    _ line: Span<UInt8>,
    _ start: Int,
    _ end: Int
  ) -> Fields {
    var room = rule.set.count + rule.keys.count + recognizer.dispatcher.captureCount(of: found.slot)
    var values: [FieldValue] = []
    if found.head >= 0 {
      let head = recognizer.heads.entries[found.head]
      if case .layout(let steps) = head.shape {
        recognizer.layout.capture(steps, component: head.component, in: line, from: start, to: end)
      }
      values = headSets[found.head]
      room += values.count + recognizer.layout.fields.count
    }
    // Most lines have three fields or four, and room is made once.
    var fields = Fields(room: room)
    if found.head >= 0 {
      for value in values { fields[value.field] = value.value }
      for captured in recognizer.layout.fields {
        fields[Field.inOrder[Int(captured.ordinal)]] = line.text(Int(captured.start), Int(captured.end))
      }
    }
    for value in rule.set { fields[value.field] = value.value }
    let unescaped = recognizer.scratch
    let text = found.isInScratch ? unescaped.span : line
    recognizer.dispatcher.captures(of: found.slot, text, found.textStart, found.textEnd) { field, from, to in
      if to > from { fields[field] = text.text(from, to) }
    }
    for (field, name) in rule.keys {
      if let value = JSONHead.text(of: name, in: line, start, end) { fields[field] = value }
    }
    return fields
  }

  /// A line as text, with an ellipsis where it was cut.
  static func text(_ line: Span<UInt8>, _ start: Int, _ end: Int, limit: Int) -> String {
    guard end - start > limit else { return line.text(start, end) }
    var cut = start + limit
    while cut > start, line[cut] & 0xC0 == 0x80 { cut -= 1 }
    return line.text(start, cut) + "…"
  }
}
