/// Finds what must never leave in connection strings, settings and headers: passwords, tokens, hashes of passwords.
enum SecretMask {
  /// The secrets of a text, in order.
  static func cuts(in text: ByteText) -> [Cut] {
    var cuts: [Cut] = []
    var index = 0
    while index < text.count {
      guard let range = secret(in: text, at: index), !range.isEmpty else {
        index += 1
        continue
      }
      if !text.has("[hidden]", at: range.lowerBound) { cuts.append(Cut(range: range, replacement: "[hidden]")) }
      index = range.upperBound
    }
    return cuts
  }

  private static func secret(in text: ByteText, at index: Int) -> Range<Int>? {
    switch ByteText.lowercased(text[index]) {
    case UInt8(ascii: ":"): password(ofAddressIn: text, at: index)
    case UInt8(ascii: "s"): hash(in: text, at: index) ?? value(in: text, at: index)
    case UInt8(ascii: "p"), UInt8(ascii: "t"), UInt8(ascii: "a"): value(in: text, at: index)
    case UInt8(ascii: "m"): hash(in: text, at: index)
    default: nil
    }
  }

  // MARK: - Settings: password=…, "token": "…", Authorization: …

  private static func value(in text: ByteText, at index: Int) -> Range<Int>? {
    guard let length = keyLength(in: text, at: index) else { return nil }
    let isHeader = text.has("authorization", at: index)
    var place = index + length
    let longest = place + longestKey
    while place < longest, ByteText.isWord(text.at(place)) { place += 1 }
    let isQuotedKey = quotes.contains(text.at(place))
    if text.at(place) == backslash { place += 1 }
    if quotes.contains(text.at(place)) { place += 1 }
    place = text.skipping([space], from: place)
    let mark = text.at(place)
    guard mark == UInt8(ascii: "=") || mark == UInt8(ascii: ":") else { return nil }
    place = text.skipping([space], from: place + 1)
    guard mark == UInt8(ascii: "=") || isQuotedKey || isHeader || text.at(place - 1) == space else { return nil }
    return extent(in: text, from: place, isHeader: isHeader)
  }

  private static func keyLength(in text: ByteText, at index: Int) -> Int? {
    switch ByteText.lowercased(text[index]) {
    case UInt8(ascii: "p"): length(of: ["password", "passphrase", "passwd", "pwd"], in: text, at: index)
    case UInt8(ascii: "s"): length(of: ["secret"], in: text, at: index)
    case UInt8(ascii: "t"): length(of: ["token"], in: text, at: index)
    case UInt8(ascii: "a"):
      length(of: ["api_key", "api-key", "apikey", "access_key", "authorization"], in: text, at: index)
    default: nil
    }
  }

  /// The length of the key that stands at `index`, or nil if none does.
  private static func length(of keys: [StaticString], in text: ByteText, at index: Int) -> Int? {
    keys.first { text.has($0, at: index) }?.utf8CodeUnitCount
  }

  /// From an optional quote to what ends a value.
  private static func extent(in text: ByteText, from start: Int, isHeader: Bool) -> Range<Int> {
    var place = start
    if text.has("[hidden]", at: place) { return place..<place }
    if text.at(place) == backslash, quotes.contains(text.at(place + 1)) { place += 1 }
    let quote = text.at(place)
    if quotes.contains(quote) {
      var end = place + 1
      while end < text.count, text[end] != quote {
        if text[end] == backslash, text.at(end + 1) == quote, place == start { end += 1 }
        end += 1
      }
      let isEscaped = place > start && end > place + 1 && text.at(end - 1) == backslash
      return place + 1..<max(place + 1, min(text.count, isEscaped ? end - 1 : end))
    }
    let ends = isHeader ? [UInt8(ascii: "'"), UInt8(ascii: "\"")] : valueEnds
    return start..<text.upTo(ends, from: start)
  }

  // MARK: - postgres://user:password@host

  private static func password(ofAddressIn text: ByteText, at index: Int) -> Range<Int>? {
    guard text.at(index + 1) == slash, text.at(index + 2) == slash else { return nil }
    let end = text.upTo(
      [space, UInt8(ascii: "\""), UInt8(ascii: "'"), slash, UInt8(ascii: ">")],
      from: index + 3,
      within: longestAuthority
    )
    let authority = index + 3..<end
    guard let at = authority.last(where: { text[$0] == UInt8(ascii: "@") }),
      let colon = authority.first(where: { text[$0] == UInt8(ascii: ":") }), colon < at
    else { return nil }
    return colon + 1..<at
  }

  // MARK: - Hashes of passwords as pg_authid holds them

  private static func hash(in text: ByteText, at index: Int) -> Range<Int>? {
    guard text.isBoundary(index) else { return nil }
    if text.has("scram-sha-256$", at: index) {
      return index..<text.upTo(valueEnds, from: index)
    }
    guard text.has("md5", at: index) else { return nil }
    let digits = index + 3..<min(text.count, index + 35)
    let isHash = digits.count == 32 && digits.allSatisfy { isHexadecimal(text[$0]) } && text.isBoundary(index + 35)
    return isHash ? index..<index + 35 : nil
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    ByteText.isDigit(byte) || (0x61...0x66).contains(ByteText.lowercased(byte))
  }

  /// Bounds on what is looked at from each place, so that no text takes longer than its length.
  private static let longestKey = 64
  private static let longestAuthority = 1_024

  private static let space = UInt8(ascii: " ")
  private static let slash = UInt8(ascii: "/")
  private static let backslash = UInt8(ascii: "\\")
  private static let quotes: [UInt8] = [UInt8(ascii: "'"), UInt8(ascii: "\"")]
  private static let valueEnds: [UInt8] = Array(" \t,;&\"')}]".utf8)
}
