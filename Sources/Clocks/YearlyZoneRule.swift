import Model

/// A zone's rule for every year: the POSIX `TZ` text at the end of a zone file, such as `CET-1CEST,M3.5.0,M10.5.0/3`.
struct YearlyZoneRule {
  /// A day of the year with a time of day, both on the wall clock that is about to change.
  private enum Change {
    case weekday(month: Int, week: Int, day: Int, second: Int64)
    case dayOfYear(Int, countsLeapDay: Bool, second: Int64)
  }

  private var standard: Int64
  private var summer: Int64?
  private var begin: Change?
  private var end: Change?

  /// Returns nil for text that is no such rule.
  init?(_ text: String) {
    var rest = Substring(text)
    guard Self.skipName(&rest), let west = Self.time(&rest) else { return nil }
    standard = -west
    guard Self.skipName(&rest) else { return }
    summer = Self.time(&rest).map { -$0 } ?? standard + 3600
    let parts = rest.split(separator: ",", omittingEmptySubsequences: true)
    guard parts.count == 2 else { return nil }
    begin = Self.change(parts[0])
    end = Self.change(parts[1])
    if begin == nil || end == nil { return nil }
  }

  /// Seconds east of Greenwich at a second since the epoch.
  func offset(atSecond second: Int64) -> Int64 {
    guard let summer, let begin, let end else { return standard }
    let year = CivilTime(milliseconds: (second + standard) * 1000).year
    let from = Self.second(of: begin, year: year) - standard
    let to = Self.second(of: end, year: year) - summer
    let isSummer = from < to ? second >= from && second < to : second >= from || second < to
    return isSummer ? summer : standard
  }

  // MARK: Days

  private static func second(of change: Change, year: Int) -> Int64 {
    switch change {
    case .weekday(let month, let week, let day, let second):
      let first = CivilTime.dayNumber(year: year, month: month, day: 1)
      let next = month == 12 ? first + 31 : CivilTime.dayNumber(year: year, month: month + 1, day: 1)
      // 1970-01-01 was a Thursday, day 4 of a week that begins on Sunday.
      let weekdayOfFirst = ((first + 4) % 7 + 7) % 7
      var date = first + (day - weekdayOfFirst + 7) % 7 + (week - 1) * 7
      while date >= next { date -= 7 }
      return Int64(date) * 86_400 + second
    case .dayOfYear(let day, let countsLeapDay, let second):
      let first = CivilTime.dayNumber(year: year, month: 1, day: 1)
      let isLeap = CivilTime.dayNumber(year: year, month: 3, day: 1) - first == 60
      let date = countsLeapDay ? first + day : first + day - 1 + (isLeap && day >= 60 ? 1 : 0)
      return Int64(date) * 86_400 + second
    }
  }

  // MARK: Text

  private static func skipName(_ rest: inout Substring) -> Bool {
    let before = rest.count
    if rest.first == "<" {
      guard let close = rest.firstIndex(of: ">") else { return false }
      rest = rest[rest.index(after: close)...]
    } else {
      rest = rest.drop { $0.isLetter }
    }
    return rest.count < before
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  private static func time(_ rest: inout Substring) -> Int64? {
    let sign: Int64 = rest.first == "-" ? -1 : 1
    if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
    let text = rest.prefix { $0.isASCII && $0.isNumber || $0 == ":" }
    let parts = text.split(separator: ":").map { Int64($0) ?? -1 }
    guard (1...3).contains(parts.count), parts.allSatisfy({ (0...167).contains($0) }) else { return nil }
    rest = rest.dropFirst(text.count)
    return sign * zip(parts, [3600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func change(_ text: Substring) -> Change? {
    let halves = text.split(separator: "/", maxSplits: 1)
    var clock = halves.count == 2 ? halves[1] : "2"
    guard let date = halves.first, let second = time(&clock) else { return nil }
    if date.first == "M" {
      let numbers = date.dropFirst().split(separator: ".").map { Int($0) ?? -1 }
      guard numbers.count == 3, (1...12).contains(numbers[0]), (1...5).contains(numbers[1]),
        (0...6).contains(numbers[2])
      else { return nil }
      return .weekday(month: numbers[0], week: numbers[1], day: numbers[2], second: second)
    }
    guard let day = Int(date.first == "J" ? date.dropFirst() : date), (0...365).contains(day) else { return nil }
    return .dayOfYear(day, countsLeapDay: date.first != "J", second: second)
  }
}
