import Model

/// What a line of a source began with, up to the first text that differs from line to line, such as
/// `2025-08-10 21:57:24.204 UTC [1] LOG C-`, and what its head read from it.
///
/// A line that has the same bytes but for the digits of the second and its fraction has the same head, zone, level and
/// process id, so that two comparisons stand for all steps of its layout up to there.
struct LineOpening {
  /// Index of the head, or -1 if nothing is remembered.
  private(set) var head: Int16 = -1
  /// The layout's step that follows.
  private(set) var tail = 0
  private(set) var length = 0
  private(set) var level: Int32 = -1
  private(set) var pid = -1
  private var texts: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
  /// Which bits of the texts count.
  private var masks: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
  /// Where the digits of the second and of the fraction are, counted from the beginning.
  private var second = 0
  private var fraction = 0
  private var fractionLength = 0
  /// The time at the beginning of the minute.
  private var minute = Stamp(milliseconds: 0)

  private static let longest = 48

  /// Nothing to compare with.
  init() {}

  /// Remembers how `line` began under a head that fits it; nil if the layout or the line does not lend itself to it.
  init?(_ line: Span<UInt8>, _ start: Int, head: Int, _ fit: LayoutFit) {
    let length = fit.openingEnd &- start
    guard fit.openingEnd >= 0, length > 0, length <= Self.longest, !fit.isWeak, var stamp = fit.clock.stamp else {
      return nil
    }
    stamp.milliseconds &-= Int64(fit.clock.second) &* 1000 &+ Int64(fit.clock.fraction)
    self.head = Int16(truncatingIfNeeded: head)
    self.length = length
    tail = fit.tail
    level = fit.level
    pid = fit.pid
    minute = stamp
    second = fit.secondStart &- start
    fraction = fit.fractionStart &- start
    fractionLength = fit.fractionLength
    masks = (
      Self.mask(length), Self.mask(length &- 8), Self.mask(length &- 16), Self.mask(length &- 24),
      Self.mask(length &- 32), Self.mask(length &- 40)
    )
    for offset in 0..<2 { ignore(second &+ offset) }
    for offset in 0..<fractionLength { ignore(fraction &+ offset) }
    texts = (
      line.word(at: start) & masks.0, line.word(at: start &+ 8) & masks.1, line.word(at: start &+ 16) & masks.2,
      line.word(at: start &+ 24) & masks.3, line.word(at: start &+ 32) & masks.4, line.word(at: start &+ 40) & masks.5
    )
  }

  /// The bits of the first `bytes` bytes of a word.
  private static func mask(_ bytes: Int) -> UInt64 {
    bytes <= 0 ? 0 : bytes >= 8 ? .max : (1 << UInt64(bytes * 8)) - 1
  }

  /// Leaves a byte out of account.
  private mutating func ignore(_ place: Int) {
    let bits = ~(UInt64(0xFF) << UInt64(place % 8 * 8))
    switch place / 8 {
    case 0: masks.0 &= bits
    case 1: masks.1 &= bits
    case 2: masks.2 &= bits
    case 3: masks.3 &= bits
    case 4: masks.4 &= bits
    case 5: masks.5 &= bits
    default: break
    }
  }

  /// The time of `line[start..<end]`, or nil if it begins in another way.
  @inline(__always)
  func stamp(of line: Span<UInt8>, _ start: Int, _ end: Int) -> Stamp? {
    guard start &+ length <= end, stands(in: line, at: start) else { return nil }
    let milliseconds = fractionLength == 3 && fraction == second &+ 3 ? common(line, start) : other(line, start)
    guard milliseconds >= 0 else { return nil }
    var stamp = minute
    stamp.milliseconds &+= milliseconds
    return stamp
  }

  @inline(__always)
  private func stands(in line: Span<UInt8>, at start: Int) -> Bool {
    guard
      differs(line, start, masks.0, texts.0) | differs(line, start &+ 8, masks.1, texts.1) == 0
    else { return false }
    guard length > 16 else { return true }
    guard
      differs(line, start &+ 16, masks.2, texts.2) | differs(line, start &+ 24, masks.3, texts.3) == 0
    else { return false }
    guard length > 32 else { return true }
    return differs(line, start &+ 32, masks.4, texts.4) | differs(line, start &+ 40, masks.5, texts.5) == 0
  }

  /// The bits that differ from a remembered word.
  @inline(__always)
  private func differs(_ line: Span<UInt8>, _ position: Int, _ mask: UInt64, _ text: UInt64) -> UInt64 {
    (line.word(at: position) & mask) ^ text
  }

  /// Milliseconds of `ss.SSS`, or -1 if it is none.
  @inline(__always)
  private func common(_ line: Span<UInt8>, _ start: Int) -> Int64 {
    let digits = (line.word(at: start &+ second) & 0xFFFF_FF00_FFFF) ^ 0x3030_3000_3030
    // A byte above 9 reaches the high bit with 0x76 added, or has it already.
    guard (digits | (digits &+ 0x7676_7600_7676)) & 0x8080_8080_8080 == 0, digits & 0xFF < 6 else { return -1 }
    let seconds = (digits & 0xFF) &* 10 &+ (digits >> 8 & 0xFF)
    let fraction = (digits >> 24 & 0xFF) &* 100 &+ (digits >> 32 & 0xFF) &* 10 &+ (digits >> 40)
    return Int64(bitPattern: seconds &* 1000 &+ fraction)
  }

  /// Milliseconds of a second and a fraction of any length, or -1 if they have other bytes than digits.
  private func other(_ line: Span<UInt8>, _ start: Int) -> Int64 {
    let tens = line[start &+ second] &- 0x30
    let ones = line[start &+ second &+ 1] &- 0x30
    guard tens < 6, ones < 10 else { return -1 }
    var value: Int64 = 0
    for offset in 0..<fractionLength {
      let digit = line[start &+ fraction &+ offset] &- 0x30
      guard digit < 10 else { return -1 }
      if offset < 3 { value = value &* 10 &+ Int64(digit) }
    }
    if fractionLength == 1 { value &*= 100 } else if fractionLength == 2 { value &*= 10 }
    return (Int64(tens) &* 10 &+ Int64(ones)) &* 1000 &+ value
  }
}
