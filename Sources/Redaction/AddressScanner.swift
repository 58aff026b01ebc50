/// Finds IP addresses in text.
enum AddressScanner {
  /// The address that begins at `index`, if one does and it tells who somebody is: those of every machine do not.
  static func address(in text: ByteText, at index: Int) -> Range<Int>? {
    guard text.at(index - 1) != dot, index == 0 || !ByteText.isWord(text[index - 1]) else { return nil }
    guard let end = endOfIPv4(text, from: index) ?? endOfIPv6(text, from: index) else { return nil }
    return isEverywhere(text.text(index..<end)) ? nil : index..<end
  }

  /// Whether a text is an address as a whole.
  static func isAddress(_ text: String) -> Bool {
    let bytes = ByteText(text)
    return (endOfIPv4(bytes, from: 0) ?? endOfIPv6(bytes, from: 0)) == bytes.count
  }

  private static func endOfIPv4(_ text: ByteText, from start: Int) -> Int? {
    var index = start
    for part in 0..<4 {
      var value = 0
      let first = index
      while index < first + 3, ByteText.isDigit(text.at(index)) {
        value = value * 10 + Int(text[index] - 0x30)
        index += 1
      }
      guard index > first, value < 256 else { return nil }
      if part < 3 {
        guard text.at(index) == dot else { return nil }
        index += 1
      }
    }
    let isLonger = ByteText.isWord(text.at(index)) || text.at(index) == dot && ByteText.isDigit(text.at(index + 1))
    return isLonger ? nil : index
  }

  /// Eight groups, or fewer around one `::` (RFC 4291, 2.2); times have too few.
  private static func endOfIPv6(_ text: ByteText, from start: Int) -> Int? {
    guard isHexadecimal(text.at(start)) || text.at(start) == colon && text.at(start + 1) == colon else { return nil }
    var index = start
    var groups = 0
    var hasGap = false
    while index < text.count, groups <= 8 {
      if text[index] == colon, text.at(index + 1) == colon {
        guard !hasGap else { return nil }
        hasGap = true
        index += 2
      } else if text[index] == colon, groups > 0, isHexadecimal(text.at(index + 1)) {
        index += 1
      } else if isHexadecimal(text[index]), index == start || text[index - 1] == colon {
        let first = index
        while index < first + 4, isHexadecimal(text.at(index)) { index += 1 }
        groups += 1
      } else {
        break
      }
    }
    guard !ByteText.isWord(text.at(index)), hasGap ? groups < 8 : groups == 8 else { return nil }
    return hasGap && groups == 0 && index == start + 2 ? index : index > start + 2 ? index : nil
  }

  private static func isEverywhere(_ address: String) -> Bool {
    address.hasPrefix("127.") || ["0.0.0.0", "255.255.255.255", "::", "::1"].contains(address)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    ByteText.isDigit(byte) || (0x61...0x66).contains(ByteText.lowercased(byte))
  }

  private static let dot = UInt8(ascii: ".")
  private static let colon = UInt8(ascii: ":")
}
