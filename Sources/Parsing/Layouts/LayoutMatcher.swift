import Model

/// Runs layout steps over the bytes of a line.
///
/// Everything that a fit needs is kept in this value and reused, so that a line costs no allocation. Only `{skip}` ever
/// goes back, and a budget bounds how often.
struct LayoutMatcher {
  let code: LayoutCode
  let levels: LevelTable
  /// What the last successful match found.
  var fit = LayoutFit()
  var fields: [HeadField] = []
  /// Whether fields are noted: not for lines of which it is not known yet whether anybody wants them.
  var isCapturing = false
  var component = 0
  var budget = 0

  /// Attempts per line that all `{skip}` together may make.
  private static let attempts = 4096

  init(code: LayoutCode, levels: LevelTable) {
    self.code = code
    self.levels = levels
    fields.reserveCapacity(8)
  }

  /// Whether the last match has not gone back: a `{skip}` that ended at its first place ends there in equal bytes, too.
  var isStraight: Bool { budget >= Self.attempts - 1 }

  /// Matches the steps against `line[start..<end]`.
  ///
  /// On success `fit` and `fields` tell what was found.
  mutating func match(
    _ steps: Range<Int>,
    component: Int,
    in line: Span<UInt8>,
    from start: Int,
    to end: Int,
    minute: inout MinuteCache
  ) -> Bool {
    fit = LayoutFit()
    if !fields.isEmpty { fields.removeAll(keepingCapacity: true) }
    self.component = component
    budget = Self.attempts
    guard run(steps.lowerBound, steps.upperBound, in: line, start, end, &minute) else { return false }
    return !fit.clock.isPresent || fit.clock.isValid
  }

  /// Matches a head that has fitted before, this time for its fields.
  mutating func capture(_ steps: Range<Int>, component: Int, in line: Span<UInt8>, from start: Int, to end: Int) {
    fields.removeAll(keepingCapacity: true)
    guard steps.contains(where: { code.steps[$0].kind == .field }) else { return }
    var minute = MinuteCache()
    isCapturing = true
    _ = match(steps, component: component, in: line, from: start, to: end, minute: &minute)
    isCapturing = false
  }

  mutating func run(
    _ firstStep: Int,
    _ lastStep: Int,
    in line: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ minute: inout MinuteCache
  ) -> Bool {
    var position = start
    var index = firstStep
    while index < lastStep {
      let step = code.steps[index]
      index &+= 1
      var next = -1
      switch step.kind {
      case .byte:
        if position < end, line[position] == UInt8(truncatingIfNeeded: step.first) { next = position &+ 1 }
      case .literal: next = literal(step, line, position, end)
      case .blanks:
        next = line.skippingBlanks(from: position, to: end)
        if next == position, position < end { return false }
      case .dateAndTime: next = dateAndTime(step, line, position, end, &minute)
      case .level: next = level(line, position, end)
      case .pid: next = pid(line, position, end)
      case .optionalFraction:
        next = optionalFraction(UInt8(truncatingIfNeeded: step.first), line, position, end)
      case .zone: next = zone(line, position, end)
      case .field: next = field(step, index, lastStep, line, position, end)
      case .skip: return skip(index, lastStep, line, position, end, &minute)
      case .message:
        fit.messageStart = position
        return true
      case .remember:
        next = position
        fit.openingEnd = position
      default: next = timePart(step, line, position, end)
      }
      guard next >= 0 else { return false }
      position = next
    }
    return position == end
  }

  // MARK: Steps

  @inline(__always)
  func literal(_ step: LayoutStep, _ line: Span<UInt8>, _ position: Int, _ end: Int) -> Int {
    let length = Int(step.second)
    guard position &+ length <= end,
      line.holds(code.literals.span, Int(step.first), length, at: position)
    else { return -1 }
    return position &+ length
  }

  @inline(__always)
  private mutating func level(_ line: Span<UInt8>, _ position: Int, _ end: Int) -> Int {
    let found = levels.word(of: component, in: line, at: position, to: end)
    guard found.index >= 0 else { return -1 }
    fit.level = found.index
    return position &+ found.length
  }

  @inline(__always)
  private mutating func pid(_ line: Span<UInt8>, _ position: Int, _ end: Int) -> Int {
    var value = 0
    var next = position
    while next < end, line[next].isDigit, next &- position < 10 {
      value = value &* 10 &+ Int(line[next] &- 0x30)
      next &+= 1
    }
    guard next > position else { return -1 }
    fit.pid = value
    fit.pidStart = position
    fit.pidEnd = next
    return next
  }

  /// Reads a field.
  private mutating func field(
    _ step: LayoutStep,
    _ following: Int,
    _ lastStep: Int,
    _ line: Span<UInt8>,
    _ position: Int,
    _ end: Int
  ) -> Int {
    let limit = fieldEnd(following < lastStep ? code.steps[following] : step, line, position, end)
    guard limit > position else { return -1 }
    guard isCapturing else { return limit }
    fields.append(
      HeadField(
        ordinal: step.first,
        start: Int32(truncatingIfNeeded: position),
        end: Int32(truncatingIfNeeded: limit)
      )
    )
    return limit
  }

  /// Where a field ends that the step `next` follows: at a blank or where that step begins.
  @inline(__always)
  func fieldEnd(_ next: LayoutStep, _ line: Span<UInt8>, _ position: Int, _ end: Int) -> Int {
    // Nothing but a blank ends a field that a blank follows; in front of a byte, whichever comes first.
    let stop = next.kind == .byte ? UInt8(truncatingIfNeeded: next.first) : 0x20
    let limit = line.firstIndex(of: 0x20, 0x09, stop, from: position, to: end)
    return next.kind == .literal ? self.position(of: next, line, position, limit, end) : limit
  }

  /// Where a literal stands first from `position` on, beginning before `limit`; else `limit`.
  func position(
    of step: LayoutStep,
    _ line: Span<UInt8>,
    _ position: Int,
    _ limit: Int,
    _ end: Int
  ) -> Int {
    let first = code.literals[Int(step.first)]
    var candidate = line.firstIndex(of: first, from: position, to: limit)
    while candidate < limit, literal(step, line, candidate, end) < 0 {
      candidate = line.firstIndex(of: first, from: candidate &+ 1, to: limit)
    }
    return candidate
  }
}
