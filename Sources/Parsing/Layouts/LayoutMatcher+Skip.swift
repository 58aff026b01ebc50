extension LayoutMatcher {
  /// Finds the shortest text after which the steps from `index` on fit.
  mutating func skip(
    _ index: Int,
    _ lastStep: Int,
    _ line: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ minute: inout MinuteCache
  ) -> Bool {
    guard index < lastStep else { return false }
    let before = (fit: fit, fields: fields.count)
    let step = code.steps[index]
    var levelsPassed = 0
    var position = start
    while true {
      position = candidate(for: step, line, position, start, end)
      guard position >= 0, position <= end, budget > 0 else { return false }
      budget &-= 1
      if run(index, lastStep, in: line, position, end, &minute) {
        if levelsPassed > 0 { fit.isWeak = true }
        takePid(line, start, position)
        return true
      }
      if step.kind == .level { levelsPassed &+= 1 }
      fit = before.fit
      while fields.count > before.fields { fields.removeLast() }
      position &+= 1
    }
  }

  /// The next position from `position` on where `step` could fit, or -1.
  private func candidate(
    for step: LayoutStep,
    _ line: Span<UInt8>,
    _ position: Int,
    _ start: Int,
    _ end: Int
  ) -> Int {
    switch step.kind {
    case .byte:
      let found = line.firstIndex(of: UInt8(truncatingIfNeeded: step.first), from: position, to: end)
      return found < end ? found : -1
    case .literal:
      let found = self.position(of: step, line, position, end, end)
      return found < end ? found : -1
    case .blanks:
      let found = line.firstIndex(of: 0x20, or: 0x09, from: position, to: end)
      return found < end ? found : -1
    case .level:
      return levelPosition(line, position, start, end)
    default:
      return position
    }
  }

  /// The next place where a level word stands that no other word runs into.
  private func levelPosition(_ line: Span<UInt8>, _ position: Int, _ start: Int, _ end: Int) -> Int {
    var candidate = position
    while candidate < end {
      let follows = candidate > start && line[candidate &- 1].isWordByte
      if !follows, levels.word(of: component, in: line, at: candidate, to: end).index >= 0 { return candidate }
      candidate &+= 1
    }
    return -1
  }

  /// Takes a number in brackets in the skipped text for the process id, unless the layout has found one.
  private mutating func takePid(_ line: Span<UInt8>, _ start: Int, _ end: Int) {
    guard fit.pid < 0 else { return }
    var open = line.firstIndex(of: UInt8(ascii: "["), from: start, to: end)
    while open < end {
      var value = 0
      var position = open &+ 1
      while position < end, line[position].isDigit, position &- open <= 10 {
        value = value &* 10 &+ Int(line[position] &- 0x30)
        position &+= 1
      }
      if position > open &+ 1, position < end, line[position] == UInt8(ascii: "]") {
        fit.pid = value
        return
      }
      open = line.firstIndex(of: UInt8(ascii: "["), from: open &+ 1, to: end)
    }
  }
}
