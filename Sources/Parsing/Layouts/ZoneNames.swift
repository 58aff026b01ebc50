/// Abbreviations of time zones that mean one offset the world over.
///
/// Names that several zones share (CST, IST, BST, PST, AST, MST …) are not here: the clock's zone is then found from
/// other evidence. The offsets are those of the IANA time zone database.
enum ZoneNames {
  /// The offset of an abbreviation in seconds east of Greenwich, or nil if it is unknown or ambiguous.
  static func offset(of name: Span<UInt8>, _ start: Int, _ end: Int) -> Int32? {
    guard end - start <= 5, end > start else { return nil }
    var key: UInt64 = 0
    for index in start..<end { key = key << 8 | UInt64(name[index]) }
    return offsets[key]
  }

  private static let offsets: [UInt64: Int32] = {
    let quarters: [(String, Int32)] = [
      ("UTC", 0), ("GMT", 0), ("UCT", 0), ("Z", 0), ("WET", 0), ("WEST", 4), ("CET", 4), ("CEST", 8), ("MET", 4),
      ("MEST", 8), ("EET", 8), ("EEST", 12), ("MSK", 12), ("SAST", 8), ("EAT", 12), ("WAT", 4), ("CAT", 8),
      ("PKT", 20), ("NPT", 23), ("WIB", 28), ("WITA", 32), ("WIT", 36), ("HKT", 32), ("JST", 36), ("KST", 36),
      ("AEST", 40), ("AEDT", 44), ("ACST", 38), ("ACDT", 42), ("AWST", 32), ("NZST", 48), ("NZDT", 52), ("EST", -20),
      ("EDT", -16), ("MDT", -24), ("PDT", -28), ("AKST", -36), ("AKDT", -32), ("HST", -40), ("NST", -14),
      ("NDT", -10), ("BRT", -12), ("ART", -12), ("CLT", -16), ("IDT", 12),
    ]
    var offsets: [UInt64: Int32] = [:]
    for (name, quarter) in quarters {
      offsets[name.utf8.reduce(0) { $0 << 8 | UInt64($1) }] = quarter * 900
    }
    return offsets
  }()
}
