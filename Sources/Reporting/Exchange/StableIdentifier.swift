/// Identifiers that the same text always gives, for formats that ask for random ones.
enum StableIdentifier {
  /// 64 bits as 16 hexadecimal digits; never all zeros, which traces take for "none".
  static func hexadecimal64(_ text: String) -> String {
    let digits = String(max(1, hash(text)), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// 128 bits as 32 hexadecimal digits.
  static func hexadecimal128(_ text: String) -> String {
    hexadecimal64("1|" + text) + hexadecimal64("2|" + text)
  }

  /// FNV-1a, 64 bits.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
