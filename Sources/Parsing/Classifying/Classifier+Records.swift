import Model

/// Records of several lines.
extension Classifier {
  /// Keeps the beginning of a record until its last line has come.
  mutating func open(
    _ found: Recognition,
    _ bytes: Span<UInt8>,
    _ line: LineContext
  ) {
    let copy = bytes.extracting(line.start..<line.end).withUnsafeBufferPointer { Array($0) }
    states[line.source.index].pending = PendingRecord(bytes: copy, head: found.head, line: line)
  }

  /// Adds a line to the record that waits for it; false if the line begins another record, or nothing waits any more.
  mutating func extend(
    _ source: Int,
    _ bytes: Span<UInt8>,
    _ line: LineContext,
    _ output: inout Classified
  ) -> Bool {
    guard var pending = states[source].pending else { return false }
    states[source].pending = nil
    if beginsRecord(pending.head, bytes, line.start, line.end, source) {
      states[source].pending = pending
      flush(source, &output)
      return false
    }
    pending.bytes.append(0x0A)
    for index in line.start..<line.end { pending.bytes.append(bytes[index]) }
    pending.lines += 1
    let isTooLong = pending.lines >= PendingRecord.maximumLines || pending.bytes.count > Recognizer.maximumLength
    let record = pending.bytes.span
    let whole = pending.line.moved(to: 0, length: min(record.count, Recognizer.maximumLength))
    let found = recognizer.fitted(
      pending.head,
      record,
      whole.start,
      whole.end,
      &states[source].memory,
      isComplete: isTooLong
    )
    if let found, found.kind != .open {
      settle(found, record, whole, lines: pending.lines, &output)
    } else if !isTooLong {
      states[source].pending = pending
    }
    return true
  }

  /// Whether a line is a record of the given head by itself, so that the one before was cut off.
  private mutating func beginsRecord(_ head: Int, _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ source: Int) -> Bool
  {
    guard end > start, recognizer.heads.entries[head].firstBytes.contains(bytes[start]) else { return false }
    return recognizer.fitted(head, bytes, start, end, &states[source].memory) != nil
  }

  /// Classifies a waiting record as it is.
  mutating func flush(_ source: Int, _ output: inout Classified) {
    guard let pending = states[source].pending else { return }
    states[source].pending = nil
    let record = pending.bytes.span
    let whole = pending.line.moved(to: 0, length: min(record.count, Recognizer.maximumLength))
    guard
      let found = recognizer.fitted(
        pending.head,
        record,
        whole.start,
        whole.end,
        &states[source].memory,
        isComplete: true
      )
    else { return }
    settle(found, record, whole, lines: pending.lines, &output)
  }
}
