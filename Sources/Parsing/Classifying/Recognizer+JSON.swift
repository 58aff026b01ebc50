import Model

extension Recognizer {
  /// Recognises a line as an object under a JSON head; nil if it is none.
  mutating func object(
    _ head: Int,
    _ index: Int,
    _ line: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ memory: inout HeadMemory
  ) -> Recognition? {
    let shape = heads.json[index]
    guard let parts = shape.parts(of: line, start, end) else { return nil }
    let stamp = stamp(of: parts.time, shape.timeSteps, line, &memory)
    if stamp == nil, shape.timeSteps != nil { return nil }
    clearRecord()
    var result = Recognition()
    result.kind = .record
    result.head = head
    result.component = heads.entries[head].component
    result.stamp = stamp
    result.level = level(of: result.component, line, parts.level.start, parts.level.end, parts.level.kind != .absent)
    result.pid = number(line, parts.pid.start, parts.pid.end)
    place(parts.message, line, in: &result)
    classify(&result, line)
    for (number, value) in parts.also.enumerated() where value.kind == .string && value.start < value.end {
      var extra = result
      extra.level = alsoLevel(result.component, shape.alsoNames[number])
      place(value, line, in: &extra)
      classify(&extra, line)
      extras.append(extra)
    }
    return result
  }

  /// Forgets the parts of the record before.
  mutating func clearRecord() {
    scratch.removeAll(keepingCapacity: true)
    extras.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    layout.fields.removeAll(keepingCapacity: true)
  }

  /// Sets where the text of a value is, resolving escapes into the scratch bytes.
  private mutating func place(_ value: JSONValue, _ line: Span<UInt8>, in result: inout Recognition) {
    if value.hasEscapes {
      result.textStart = scratch.count
      value.append(to: &scratch, from: line)
      result.textEnd = scratch.count
      result.isInScratch = true
    } else {
      result.textStart = value.start
      result.textEnd = value.end
      result.isInScratch = false
    }
  }

  /// Finds the message of a text that `result` points to, without white space at its ends.
  mutating func classify(_ result: inout Recognition, _ line: Span<UInt8>) {
    let (level, head) = (Gate.bit(result.level), heads.entries[result.head].bit)
    let unescaped = scratch
    let text = result.isInScratch ? unescaped.span : line
    Self.trim(&result, text)
    result.slot = dispatcher.first(
      of: result.component,
      level: level,
      head: head,
      in: text,
      result.textStart,
      result.textEnd
    )
  }

  private static func trim(_ result: inout Recognition, _ text: Span<UInt8>) {
    func isSpace(_ byte: UInt8) -> Bool { byte.isBlank || byte == 0x0A || byte == 0x0D }
    while result.textEnd > result.textStart, isSpace(text[result.textEnd - 1]) { result.textEnd -= 1 }
    while result.textStart < result.textEnd, isSpace(text[result.textStart]) { result.textStart += 1 }
  }

  // MARK: Values

  /// The time of a value: by the head's layout if it gives one, else by a common one.
  private mutating func stamp(
    of value: JSONValue,
    _ steps: Range<Int>?,
    _ line: Span<UInt8>,
    _ memory: inout HeadMemory
  ) -> Stamp? {
    guard value.kind != .absent, !value.hasEscapes else { return nil }
    return stamp(steps, line, value.start, value.end, &memory)
  }

  mutating func stamp(
    _ steps: Range<Int>?,
    _ line: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ memory: inout HeadMemory
  ) -> Stamp? {
    if let steps {
      let fits = layout.match(steps, component: 0, in: line, from: start, to: end, minute: &memory.minute)
      return fits ? layout.fit.clock.stamp : nil
    }
    for steps in heads.standardTimes
    where layout.match(steps, component: 0, in: line, from: start, to: end, minute: &memory.minute) {
      return layout.fit.clock.stamp
    }
    return nil
  }

  /// The index of the level word that `line[start..<end]` is, or -1.
  func level(of component: Int, _ line: Span<UInt8>, _ start: Int, _ end: Int, _ isThere: Bool) -> Int32 {
    guard isThere else { return -1 }
    let found = layout.levels.word(of: component, in: line, at: start, to: end)
    return found.length == end - start ? found.index : -1
  }

  /// The level of a further message: its name in capitals.
  func alsoLevel(_ component: Int, _ name: String) -> Int32 {
    Int32(catalogue.components[component].levels.firstIndex { $0.word == name } ?? -1)
  }

  func number(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard start < end, end - start <= 10 else { return -1 }
    var value = 0
    for index in start..<end {
      guard line[index].isDigit else { return -1 }
      value = value * 10 + Int(line[index] - 0x30)
    }
    return value
  }
}
