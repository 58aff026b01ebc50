/// The time that `docker compose logs --timestamps` puts before a line, to the nanosecond.
///
/// Docker prints `2025-08-10T21:57:23.629123456Z` (moby, `pkg/jsonmessage`, RFC 3339 in UTC).
struct ComposeTime: Hashable, Comparable, Sendable {
  private var seconds: Int
  private var nanoseconds: Int

  static func < (left: ComposeTime, right: ComposeTime) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  /// The time so many seconds earlier.
  func earlier(bySeconds seconds: Int) -> ComposeTime {
    var result = self
    result.seconds -= seconds
    return result
  }

  /// As RFC 3339 in UTC.
  var text: String {
    let days = Int((Double(seconds) / 86400).rounded(.down))
    let rest = seconds - days * 86400
    let date = Self.date(ofDay: days)
    let clock = [rest / 3600, rest / 60 % 60, rest % 60].map { Self.padded($0, 2) }.joined(separator: ":")
    return "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))T\(clock)"
      + ".\(Self.padded(nanoseconds, 9))Z"
  }

  /// The container's name and the time at the beginning of a line; nil if it has another form.
  static func parse(_ line: ArraySlice<UInt8>) -> (name: [UInt8], time: ComposeTime)? {
    guard let bar = line.firstIndex(of: UInt8(ascii: "|")), bar - line.startIndex <= 256 else { return nil }
    var start = bar + 1
    while start < line.endIndex, line[start] == UInt8(ascii: " ") { start += 1 }
    guard let time = ComposeTime(line[start...].prefix { $0 != UInt8(ascii: " ") }) else { return nil }
    var name = line[..<bar]
    while name.last == UInt8(ascii: " ") { name.removeLast() }
    return (Array(name), time)
  }

  /// Reads `YYYY-MM-DDThh:mm:ss[.fraction]Z`.
  private init?(_ text: ArraySlice<UInt8>) {
    let bytes = Array(text)
    guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
      let minute = number(14..<16), let second = number(17..<19), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    var fraction = bytes.count > 20 && bytes[19] == UInt8(ascii: ".") ? Array(bytes[20..<bytes.count - 1]) : []
    guard fraction.count <= 9, fraction.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    while fraction.count < 9 { fraction.append(0x30) }
    seconds = Self.day(year, month, day) * 86400 + hour * 3600 + minute * 60 + second
    nanoseconds = fraction.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// Days since 1970-01-01 (the era algorithm of the proleptic Gregorian calendar).
  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(ofDay days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
