/// Abbreviated month names as `journalctl` prints them in the languages that PostgreSQL logs were seen in.
///
/// From glibc's `abmon` tables; a trailing point and letter case are ignored where ASCII.
enum MonthNames {
  /// The month (1 to 12) that the word in `range` names, in any of the languages.
  static func month(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var range = range
    if let last = range.last, bytes[last] == UInt8(ascii: ".") { range = range.lowerBound..<last }
    guard (3...12).contains(range.count) else { return nil }
    if bytes[range.lowerBound].isDigit { return numbered(bytes, range) }
    if range.count == 3, let month = english(bytes, range.lowerBound) { return month }
    return others(bytes, range)
  }

  private static func english(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    let key = UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2])
    switch key {
    case 0x4A_616E: return 1
    case 0x46_6562: return 2
    case 0x4D_6172: return 3
    case 0x41_7072: return 4
    case 0x4D_6179: return 5
    case 0x4A_756E: return 6
    case 0x4A_756C: return 7
    case 0x41_7567: return 8
    case 0x53_6570: return 9
    case 0x4F_6374: return 10
    case 0x4E_6F76: return 11
    case 0x44_6563: return 12
    default: return nil
    }
  }

  /// `9月`, as Chinese and Japanese write months, or `9월` in Korean.
  private static func numbered(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var cursor = LineCursor(at: range.lowerBound, end: range.upperBound)
    guard let number = cursor.number(upTo: 2, bytes), (1...12).contains(number) else { return nil }
    return (cursor.skip("月", bytes) || cursor.skip("월", bytes)) && cursor.isAtEnd ? number : nil
  }

  private static func others(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard bytes[range.lowerBound] >= 0x80 || bytes[range.lowerBound].isLetter else { return nil }
    for (index, names) in names.enumerated() {
      for name in names where isSame(bytes, range, name) { return index + 1 }
    }
    return nil
  }

  private static func isSame(_ bytes: Span<UInt8>, _ range: Range<Int>, _ name: StaticString) -> Bool {
    guard name.utf8CodeUnitCount == range.count else { return false }
    return name.withUTF8Buffer { wanted in
      for offset in 0..<range.count {
        let byte = bytes[range.lowerBound + offset]
        guard wanted[offset] == (byte.isLetter ? byte | 0x20 : byte) else { return false }
      }
      return true
    }
  }

  /// German, French, Spanish, Portuguese, Italian, Dutch, Polish, Russian, Ukrainian, Turkish and Czech, without what
  /// English shares.
  private static let names: [[StaticString]] = [
    ["jän", "janv", "ene", "gen", "sty", "янв", "січ", "oca", "led", "jan"],
    ["févr", "fev", "lut", "фев", "лют", "şub", "úno", "feb"],
    ["mär", "mrz", "mars", "mrt", "мар", "бер", "bře", "mar"],
    ["avril", "abr", "kwi", "апр", "кві", "nis", "dub", "apr"],
    ["mai", "mag", "maj", "mei", "май", "мая", "тра", "kvě", "may"],
    ["juin", "giu", "cze", "июн", "чер", "haz", "čen", "jun"],
    ["juil", "lug", "lip", "июл", "лип", "tem", "čec", "jul"],
    ["août", "ago", "sie", "авг", "сер", "ağu", "srp", "aug"],
    ["sept", "set", "wrz", "сен", "вер", "eyl", "zář", "sep"],
    ["okt", "out", "ott", "paź", "окт", "жов", "eki", "říj", "oct"],
    ["лис", "lis", "ноя", "kas", "nov"],
    ["déc", "dez", "dic", "gru", "дек", "гру", "ara", "pro", "dec"],
  ]
}
