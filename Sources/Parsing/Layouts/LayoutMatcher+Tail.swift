extension LayoutMatcher {
  /// Runs the steps of a layout that follow its opening, which are fields and literal text only.
  ///
  /// - Returns: where the message begins, or -1 if the line does not fit.
  @inline(__always)
  func tail(from first: Int, of line: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    let steps = code.steps.span
    var position = start
    var index = first
    while index < steps.count {
      let step = steps[index]
      index &+= 1
      switch step.kind {
      case .byte:
        guard position < end, line[position] == UInt8(truncatingIfNeeded: step.first) else { return -1 }
        position &+= 1
      case .blanks:
        let next = line.skippingBlanks(from: position, to: end)
        guard next > position || position >= end else { return -1 }
        position = next
      case .field:
        let limit = fieldEnd(steps[index], line, position, end)
        guard limit > position else { return -1 }
        position = limit
      case .literal:
        position = literal(step, line, position, end)
        guard position >= 0 else { return -1 }
      case .message: return position
      case .dateAndTime, .year, .month, .monthName, .day, .looseDay, .hour, .minute, .second, .fraction,
        .optionalFraction, .epoch, .zone, .level, .pid, .skip, .remember:
        return -1
      }
    }
    return -1
  }
}
