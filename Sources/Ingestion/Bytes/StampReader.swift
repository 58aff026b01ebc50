import Model

/// Reads the times that collectors print.
///
/// The date and minute of consecutive lines are mostly the same, so the last one is remembered by its 16 bytes.
struct StampReader: Sendable {
  private var firstWord: UInt64 = 0
  private var secondWord: UInt64 = 0
  private var minute: Int64 = 0

  /// Reads `YYYY-MM-DD`, `separator`, `hh:mm:ss` and a fraction if there is one, without a zone.
  mutating func dateTime(_ bytes: Span<UInt8>, _ cursor: inout LineCursor, separator: UInt8) -> PrintedTime? {
    guard cursor.at + 19 <= cursor.end, cursor.peek(bytes, 10) == separator else { return nil }
    let first = bytes.word(at: cursor.at)
    let second = bytes.word(at: cursor.at + 8)
    if first != firstWord || second != secondWord {
      guard let minute = Self.minute(bytes, cursor) else { return nil }
      (firstWord, secondWord, self.minute) = (first, second, minute)
    }
    var rest = LineCursor(at: cursor.at + 16, end: cursor.end)
    guard rest.skip(.colon, bytes), let second = rest.number(digits: 2, bytes), second <= 60 else { return nil }
    let fraction = Fraction(bytes, &rest)
    cursor = rest
    let milliseconds = minute + Int64(second) * 1000 + Int64(fraction.milliseconds)
    return PrintedTime(
      stamp: Stamp(milliseconds: milliseconds, resolution: fraction.resolution),
      fractionDigits: fraction.digits
    )
  }

  /// Reads RFC 3339 with its offset, which may lack the colon: `2025-08-10T21:57:43.742913446Z`.
  mutating func zonedDateTime(_ bytes: Span<UInt8>, _ cursor: inout LineCursor) -> PrintedTime? {
    var rest = cursor
    guard var time = dateTime(bytes, &rest, separator: UInt8(ascii: "T")) else { return nil }
    guard let offset = Self.offset(bytes, &rest) else { return nil }
    time.stamp.zoneOffset = offset
    cursor = rest
    return time
  }

  /// Reads `Mmm dd hh:mm:ss` with a fraction if there is one; the month may be in several languages.
  func monthDayTime(_ bytes: Span<UInt8>, _ cursor: inout LineCursor) -> PrintedTime? {
    var rest = cursor
    guard let month = MonthNames.month(bytes, rest.word(bytes)), rest.skipBlanks(bytes) > 0,
      let day = rest.number(upTo: 2, bytes), rest.skip(.blank, bytes),
      let time = Self.clock(bytes, &rest)
    else { return nil }
    // 1972 is a leap year, so that the 29th of February is a day.
    let date = CivilTime(year: 1972, month: month, day: day)
    guard date.isValid else { return nil }
    cursor = rest
    let stamp = Stamp(
      milliseconds: date.milliseconds + time.stamp.milliseconds,
      missing: .year,
      resolution: time.stamp.resolution
    )
    return PrintedTime(stamp: stamp, fractionDigits: time.fractionDigits)
  }

  /// Reads a decimal number of seconds since 1970 with at least nine digits and a fraction.
  func epoch(_ bytes: Span<UInt8>, _ cursor: inout LineCursor) -> PrintedTime? {
    var rest = cursor
    let first = rest.at
    guard let seconds = rest.number(upTo: 11, bytes), rest.at - first >= 9, rest.peek(bytes) == UInt8(ascii: ".")
    else { return nil }
    let fraction = Fraction(bytes, &rest)
    guard fraction.digits > 0 else { return nil }
    cursor = rest
    let milliseconds = Int64(seconds) * 1000 + Int64(fraction.milliseconds)
    let stamp = Stamp(milliseconds: milliseconds, zoneOffset: 0, resolution: fraction.resolution)
    return PrintedTime(stamp: stamp, fractionDigits: fraction.digits)
  }

  /// Reads svlogd's TAI64N label after its `@`: 16 hexadecimal digits of seconds, 8 of nanoseconds.
  func tai64n(_ bytes: Span<UInt8>, _ cursor: inout LineCursor) -> Stamp? {
    guard cursor.at + 24 <= cursor.end else { return nil }
    var values: (seconds: UInt64, nanoseconds: UInt64) = (0, 0)
    for offset in 0..<24 {
      guard let digit = bytes[cursor.at + offset].hexDigit else { return nil }
      if offset < 16 {
        values.seconds = values.seconds << 4 | UInt64(digit)
      } else {
        values.nanoseconds = values.nanoseconds << 4 | UInt64(digit)
      }
    }
    // svlogd counts from 2^62 + 10 and knows no leap seconds.
    let epoch: UInt64 = 1 << 62 + 10
    guard values.seconds >= epoch, values.seconds - epoch < 1 << 36, values.nanoseconds < 1_000_000_000 else {
      return nil
    }
    cursor.at += 24
    let milliseconds = Int64(values.seconds - epoch) * 1000 + Int64(values.nanoseconds / 1_000_000)
    return Stamp(milliseconds: milliseconds, zoneOffset: 0)
  }
}

/// A time with what its reader needs to tell collectors from components.
struct PrintedTime {
  var stamp: Stamp
  /// How many digits of a second were printed; Docker and the kubelet always print nine.
  var fractionDigits: Int
}

// MARK: - Parts

extension StampReader {
  /// Reads `Z`, `+02`, `+02:00` or `+0200` as seconds east of Greenwich.
  static func offset(_ bytes: Span<UInt8>, _ cursor: inout LineCursor) -> Int32? {
    if cursor.skip(UInt8(ascii: "Z"), bytes) { return 0 }
    var rest = cursor
    let isWest = rest.skip(UInt8(ascii: "-"), bytes)
    guard isWest || rest.skip(UInt8(ascii: "+"), bytes), let hours = rest.number(digits: 2, bytes) else { return nil }
    var minutes = 0
    if rest.skip(.colon, bytes) || rest.peek(bytes).isDigit {
      guard let printed = rest.number(digits: 2, bytes) else { return nil }
      minutes = printed
    }
    guard hours <= 14, minutes < 60 else { return nil }
    cursor = rest
    let seconds = Int32(hours * 3600 + minutes * 60)
    return isWest ? -seconds : seconds
  }

  /// Reads `hh:mm:ss` with a fraction if there is one, as milliseconds since midnight.
  static func clock(_ bytes: Span<UInt8>, _ cursor: inout LineCursor) -> PrintedTime? {
    var rest = cursor
    guard let hour = rest.number(digits: 2, bytes), rest.skip(.colon, bytes), hour < 24,
      let minute = rest.number(digits: 2, bytes), rest.skip(.colon, bytes), minute < 60,
      let second = rest.number(digits: 2, bytes), second <= 60
    else { return nil }
    let fraction = Fraction(bytes, &rest)
    cursor = rest
    let milliseconds = Int64((hour * 60 + minute) * 60 + second) * 1000 + Int64(fraction.milliseconds)
    let stamp = Stamp(milliseconds: milliseconds, missing: .date, resolution: fraction.resolution)
    return PrintedTime(stamp: stamp, fractionDigits: fraction.digits)
  }

  /// Milliseconds since 1970 of the `YYYY-MM-DD?hh:mm` at the cursor.
  private static func minute(_ bytes: Span<UInt8>, _ cursor: LineCursor) -> Int64? {
    let dash = UInt8(ascii: "-")
    var rest = cursor
    guard let year = rest.number(digits: 4, bytes), rest.skip(dash, bytes),
      let month = rest.number(digits: 2, bytes), rest.skip(dash, bytes),
      let day = rest.number(digits: 2, bytes)
    else { return nil }
    rest.at += 1
    guard let hour = rest.number(digits: 2, bytes), rest.skip(.colon, bytes),
      let minute = rest.number(digits: 2, bytes)
    else { return nil }
    let civil = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute)
    return civil.isValid ? civil.milliseconds : nil
  }
}

/// The digits after a second's point or comma.
private struct Fraction {
  var milliseconds = 0
  var digits = 0

  init(_ bytes: Span<UInt8>, _ cursor: inout LineCursor) {
    let mark = cursor.peek(bytes)
    guard mark == UInt8(ascii: ".") || mark == UInt8(ascii: ","), cursor.peek(bytes, 1).isDigit else { return }
    cursor.at += 1
    var weight = 100
    while let digit = cursor.peek(bytes).digit {
      milliseconds += digit * weight
      weight /= 10
      digits += 1
      cursor.at += 1
    }
  }

  /// The step of the printed digits in milliseconds.
  var resolution: UInt16 {
    switch digits {
    case 0: 1000
    case 1: 100
    case 2: 10
    default: 1
    }
  }
}
