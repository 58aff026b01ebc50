import Model

/// Moves the times that a line prints, in the forms that the samples have.
///
/// It knows ISO 8601 and its relatives (PostgreSQL, Patroni, PgBouncer, etcd), the BSD syslog's year-less time, the common log
/// format of HAProxy, and the monitor's clock without a date. Digits after the second are kept as they are where the
/// shift has whole seconds.
struct StampRewriter {
  /// By how much times are moved, in milliseconds.
  var shift: Int64
  /// The year in which the year-less times lie.
  var year = 2026

  func callAsFunction(_ line: String) -> String {
    let bytes = Array(line.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 8)
    var position = 0
    while position < bytes.count {
      if let (text, end) = stamp(bytes, at: position) {
        result += Array(text.utf8)
        position = end
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private func stamp(_ bytes: [UInt8], at start: Int) -> (String, Int)? {
    let previous = start > 0 ? bytes[start - 1] : 0x20
    guard !Self.isDigit(previous), !Self.isLetter(previous) else { return nil }
    var scanner = ByteScanner(bytes: bytes, position: start)
    switch bytes[start] {
    case 0x30...0x39: return dated(&scanner) ?? common(bytes, start)
    case UInt8(ascii: "["): return clock(&scanner)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): return yearless(&scanner)
    default: return nil
    }
  }

  // MARK: The forms

  private func dated(_ scanner: inout ByteScanner) -> (String, Int)? {
    guard let year = scanner.digits(4), let dash = scanner.one(of: "-/"), let month = scanner.digits(2),
      scanner.one(of: dash) != nil, let day = scanner.digits(2), let gap = scanner.one(of: " T_"),
      let time = scanner.time()
    else { return nil }
    let (mark, fraction) = scanner.fraction()
    let moved = moved(year, month, day, time, fraction)
    let date = "\(Self.padded(moved.year, 4))\(dash)\(Self.padded(moved.month))\(dash)\(Self.padded(moved.day))"
    return ("\(date)\(gap)\(Self.clock(moved))\(mark)\(renewed(fraction, moved))", scanner.position)
  }

  /// `23/Nov/2026:01:53:42.046`.
  private func common(_ bytes: [UInt8], _ start: Int) -> (String, Int)? {
    var scanner = ByteScanner(bytes: bytes, position: start)
    guard let day = scanner.digits(2), scanner.one(of: "/") != nil, let month = scanner.month(),
      scanner.one(of: "/") != nil, let year = scanner.digits(4), scanner.one(of: ":") != nil, let time = scanner.time()
    else { return nil }
    let (mark, fraction) = scanner.fraction()
    let moved = moved(year, month, day, time, fraction)
    let date = "\(Self.padded(moved.day))/\(ByteScanner.months[moved.month - 1])/\(moved.year)"
    return ("\(date):\(Self.clock(moved))\(mark)\(renewed(fraction, moved))", scanner.position)
  }

  /// `Nov 23 01:53:57`.
  private func yearless(_ scanner: inout ByteScanner) -> (String, Int)? {
    guard let month = scanner.month(), scanner.one(of: " ") != nil else { return nil }
    let isPadded = scanner.one(of: " ") != nil
    guard let day = scanner.digits(isPadded ? 1 : 2), scanner.one(of: " ") != nil, let time = scanner.time() else {
      return nil
    }
    let moved = moved(year, month, day, time, "")
    let padding = moved.day < 10 ? " " : ""
    return ("\(ByteScanner.months[moved.month - 1]) \(padding)\(moved.day) \(Self.clock(moved))", scanner.position)
  }

  /// `[01:53:57]`.
  private func clock(_ scanner: inout ByteScanner) -> (String, Int)? {
    guard scanner.one(of: "[") != nil, let time = scanner.time(), scanner.one(of: "]") != nil else { return nil }
    return ("[\(Self.clock(moved(year, 6, 15, time, "")))]", scanner.position)
  }

  // MARK: Arithmetic

  private func moved(_ year: Int, _ month: Int, _ day: Int, _ time: ByteScanner.Time, _ fraction: String) -> CivilTime {
    var civil = CivilTime(year: year, month: month, day: day, hour: time.hour)
    (civil.minute, civil.second) = (time.minute, time.second)
    civil.millisecond = Int(String((fraction + "000").prefix(3))) ?? 0
    return CivilTime(milliseconds: civil.milliseconds + shift)
  }

  /// As many digits as were printed; those beyond milliseconds are kept.
  private func renewed(_ fraction: String, _ moved: CivilTime) -> String {
    guard fraction.count >= 3 else { return fraction }
    return Self.padded(moved.millisecond, 3) + fraction.dropFirst(3)
  }

  private static func clock(_ civil: CivilTime) -> String {
    "\(padded(civil.hour)):\(padded(civil.minute)):\(padded(civil.second))"
  }

  private static func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  fileprivate static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}

/// Reads the parts of a time.
struct ByteScanner {
  struct Time {
    var hour: Int
    var minute: Int
    var second: Int
  }

  static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  let bytes: [UInt8]
  var position: Int

  mutating func digits(_ count: Int) -> Int? {
    guard position + count <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[position..<position + count] {
      guard StampRewriter.isDigit(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    position += count
    return value
  }

  /// The next character if it is one of these.
  mutating func one(of characters: String) -> String? {
    guard position < bytes.count else { return nil }
    let character = String(decoding: [bytes[position]], as: UTF8.self)
    guard characters.contains(character) else { return nil }
    position += 1
    return character
  }

  mutating func month() -> Int? {
    guard position + 3 <= bytes.count else { return nil }
    let name = String(decoding: bytes[position..<position + 3], as: UTF8.self)
    guard let index = Self.months.firstIndex(of: name) else { return nil }
    position += 3
    return index + 1
  }

  mutating func time() -> Time? {
    guard let hour = digits(2), hour < 24, one(of: ":") != nil, let minute = digits(2), minute < 60,
      one(of: ":") != nil, let second = digits(2), second < 60
    else { return nil }
    return Time(hour: hour, minute: minute, second: second)
  }

  /// The mark before the fraction of a second, and its digits; empty if there is none.
  mutating func fraction() -> (mark: String, digits: String) {
    let start = position
    guard let mark = one(of: ".,") else { return ("", "") }
    var end = position
    while end < bytes.count, StampRewriter.isDigit(bytes[end]) { end += 1 }
    guard end > position else {
      position = start
      return ("", "")
    }
    defer { position = end }
    return (mark, String(decoding: bytes[position..<end], as: UTF8.self))
  }
}
