import Model

/// A time zone as the user names it: a fixed offset, or rules with daylight-saving time.
enum ClockZone {
  /// Seconds east of Greenwich.
  case fixed(seconds: Int64)
  case rules(ZoneRules)

  /// Reads `UTC`, `+02:00`, `-0330`, `+2` or an IANA name of this machine's database.
  ///
  /// Returns nil for anything else.
  init?(named name: String) {
    if let seconds = Self.fixedOffset(name) {
      self = .fixed(seconds: seconds)
    } else if let rules = ZoneRules(named: name) {
      self = .rules(rules)
    } else {
      return nil
    }
  }

  /// Milliseconds to subtract from a wall-clock time that is read as UTC; `previous` settles the repeated hour.
  func offset(atWall wall: Int64, previous: Int64?) -> Int64 {
    switch self {
    case .fixed(let seconds): seconds * 1000
    case .rules(let rules): rules.offset(atWall: wall, previous: previous)
    }
  }

  /// Milliseconds east of Greenwich at an instant.
  func offset(at instant: Int64) -> Int64 {
    switch self {
    case .fixed(let seconds): seconds * 1000
    case .rules(let rules): rules.offset(at: instant)
    }
  }

  /// `UTC`, `+02:00`, `-03:30`.
  static func text(offset milliseconds: Int64) -> String {
    if milliseconds == 0 { return "UTC" }
    let minutes = Int(milliseconds.magnitude / 60_000)
    let sign = milliseconds < 0 ? "-" : "+"
    return sign + CivilTime.padded(minutes / 60, 2) + ":" + CivilTime.padded(minutes % 60, 2)
  }

  private static func fixedOffset(_ name: String) -> Int64? {
    if ["UTC", "Z", "GMT", "utc", "z", "gmt", "Etc/UTC"].contains(name) { return 0 }
    guard let first = name.utf8.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") else { return nil }
    let rest = name.dropFirst().utf8
    let digits = rest.filter { $0 != UInt8(ascii: ":") }.map { Int64($0) - 48 }
    guard [1, 2, 4].contains(digits.count), digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
    let hours = digits.count == 1 ? digits[0] : digits[0] * 10 + digits[1]
    let minutes = digits.count == 4 ? digits[2] * 10 + digits[3] : 0
    guard hours <= 18, minutes < 60 else { return nil }
    return (first == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}
