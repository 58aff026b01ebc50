/// A date and time of day as a calendar shows it, and its conversion to and from epoch milliseconds.
///
/// The conversion is the proleptic Gregorian calendar in closed form (days counted from 0000-03-01), so that no
/// time zone database and no Foundation formatter is needed on the way of a log line.
package struct CivilTime: Hashable, Sendable {
  package var year: Int
  package var month: Int
  package var day: Int
  package var hour: Int
  package var minute: Int
  package var second: Int
  package var millisecond: Int

  package init(
    year: Int,
    month: Int,
    day: Int,
    hour: Int = 0,
    minute: Int = 0,
    second: Int = 0,
    millisecond: Int = 0
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.millisecond = millisecond
  }

  /// The calendar view of `milliseconds` since the epoch, read as UTC.
  package init(milliseconds: Int64) {
    let days = Int(milliseconds.floorDivided(by: Self.millisecondsPerDay))
    let rest = Int(milliseconds - Int64(days) * Self.millisecondsPerDay)
    let date = Self.date(ofDay: days)
    self.init(
      year: date.year,
      month: date.month,
      day: date.day,
      hour: rest / 3_600_000,
      minute: rest / 60_000 % 60,
      second: rest / 1000 % 60,
      millisecond: rest % 1000
    )
  }

  /// Milliseconds since the epoch if the fields are read as UTC.
  package var milliseconds: Int64 {
    let seconds = (Int64(hour) * 60 + Int64(minute)) * 60 + Int64(second)
    return Int64(Self.dayNumber(year: year, month: month, day: day)) * Self.millisecondsPerDay
      + seconds * 1000 + Int64(millisecond)
  }

  /// Whether every field lies in its calendar range (a leap second 60 is accepted).
  package var isValid: Bool {
    (1...12).contains(month) && (1...Self.daysIn(month: month, year: year)).contains(day)
      && (0...23).contains(hour) && (0...59).contains(minute) && (0...60).contains(second)
      && (0...999).contains(millisecond)
  }

  package static let millisecondsPerDay: Int64 = 86_400_000

  /// Days from 1970-01-01 to the given date.
  package static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear.floorDivided(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The year in which `milliseconds` since the epoch lie, read as UTC.
  package static func year(at milliseconds: Int64) -> Int {
    date(ofDay: Int(milliseconds.floorDivided(by: millisecondsPerDay))).year
  }

  /// The beginning of a year in milliseconds since the epoch.
  package static func newYear(_ year: Int) -> Int64 {
    Int64(dayNumber(year: year, month: 1, day: 1)) * millisecondsPerDay
  }

  /// Whether a year has a 29 February.
  package static func isLeap(year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  @inline(__always)
  private static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = shifted.floorDivided(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year: year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

// MARK: - Text

extension CivilTime {
  /// The date as `2025-08-10`.
  package var dateText: String {
    "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
  }

  /// The time of day as `21:57:23`.
  package var clockText: String {
    "\(Self.padded(hour, 2)):\(Self.padded(minute, 2)):\(Self.padded(second, 2))"
  }

  /// `value` in decimal with leading zeros up to `width` digits.
  package static func padded(_ value: Int, _ width: Int) -> String {
    guard value < 0 || width > 4 || value > 9999 else { return paddedDigits(value, width) }
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// The same for the numbers of dates and clocks, which are printed for each event.
  private static func paddedDigits(_ value: Int, _ width: Int) -> String {
    let needed = value > 999 ? 4 : value > 99 ? 3 : value > 9 ? 2 : 1
    let length = max(width, needed)
    return String(unsafeUninitializedCapacity: length) { digits in
      var rest = value
      for place in (0..<length).reversed() {
        digits[place] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      }
      return length
    }
  }

  /// Reads `YYYY-MM-DD`, optionally followed by `T` or a blank, a time, a fraction and an offset, shifted to UTC.
  package init?(rfc3339 text: String) {
    var reader = DigitReader(text.utf8[...])
    guard let year = reader.number(digits: 4), reader.skip("-"), let month = reader.number(digits: 2),
      reader.skip("-"), let day = reader.number(digits: 2)
    else { return nil }
    var civil = CivilTime(year: year, month: month, day: day)
    if reader.skip("T") || reader.skip(" ") || reader.skip("t") {
      guard let hour = reader.number(digits: 2), reader.skip(":"), let minute = reader.number(digits: 2) else {
        return nil
      }
      civil.hour = hour
      civil.minute = minute
      if reader.skip(":") {
        guard let second = reader.number(digits: 2) else { return nil }
        civil.second = second
        if reader.skip(".") || reader.skip(",") { civil.millisecond = reader.milliseconds() }
      }
    }
    guard let offset = reader.offsetSeconds(), reader.isAtEnd, civil.isValid else { return nil }
    self = CivilTime(milliseconds: civil.milliseconds - Int64(offset) * 1000)
  }
}

/// Reads digits and single characters from the front of ASCII text.
private struct DigitReader {
  private var rest: Substring.UTF8View

  init(_ rest: Substring.UTF8View) {
    self.rest = rest
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func digit() -> Int? {
    guard let byte = rest.first, byte >= 0x30, byte <= 0x39 else { return nil }
    rest.removeFirst()
    return Int(byte - 0x30)
  }

  mutating func number(digits: Int) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// A fraction of a second of any length, cut to milliseconds.
  mutating func milliseconds() -> Int {
    var value = 0
    var weight = 100
    while let digit = digit() {
      value += digit * weight
      weight /= 10
    }
    return value
  }

  /// `Z`, `+hh:mm`, `-hhmm`, `+hh`, or nothing (UTC), in seconds east of Greenwich.
  mutating func offsetSeconds() -> Int? {
    if isAtEnd || skip("Z") || skip("z") { return 0 }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hours = number(digits: 2) else { return nil }
    if isAtEnd { return sign * hours * 3600 }
    _ = skip(":")
    guard let minutes = number(digits: 2) else { return nil }
    return sign * (hours * 60 + minutes) * 60
  }
}

extension BinaryInteger {
  /// The quotient rounded towards negative infinity.
  fileprivate func floorDivided(by divisor: Self) -> Self {
    let quotient = self / divisor
    return self % divisor != 0 && (self < 0) != (divisor < 0) ? quotient - 1 : quotient
  }
}
