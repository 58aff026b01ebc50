extension PatternReader {
  /// Reads what follows a backslash outside brackets.
  mutating func escape() throws(PatternError) -> PatternNode? {
    guard let byte = next() else {
      throw PatternError(reason: "the pattern ends in a backslash", offset: position - 1)
    }
    if let set = Self.classes[byte] { return .byte(set) }
    switch byte {
    case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "A"), UInt8(ascii: "G"):
      return .assertion
    case UInt8(ascii: "z"), UInt8(ascii: "Z"):
      return .end
    default:
      if let value = characterEscape(byte) { return literal(value) }
    }
    guard !byte.isASCIILetter, !byte.isASCIIDigit else {
      throw PatternError(
        reason: "the escape \\\(Character(Unicode.Scalar(byte))) is not supported",
        help: "Back references, Unicode properties and quoting with \\Q are not; \\d, \\s, \\w, \\b and \\xHH are.",
        offset: position - 2
      )
    }
    return literal(byte)
  }

  /// The byte that `\t`, `\x41`, `\x{41}`, `\012` and the like stand for; nil for any other escape.
  mutating func characterEscape(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "a"): 0x07
    case UInt8(ascii: "e"): 0x1B
    case UInt8(ascii: "0"): number(radix: 8, digits: 2)
    case UInt8(ascii: "x"): hexadecimal()
    default: nil
    }
  }

  /// The classes that a single letter names.
  static let classes: [UInt8: ByteSet] = [
    UInt8(ascii: "d"): .digits, UInt8(ascii: "D"): ByteSet.digits.inverted,
    UInt8(ascii: "w"): .wordBytes, UInt8(ascii: "W"): ByteSet.wordBytes.inverted,
    UInt8(ascii: "s"): .whitespace, UInt8(ascii: "S"): ByteSet.whitespace.inverted,
    UInt8(ascii: "h"): ByteSet([0x09, 0x20, 0xA0]), UInt8(ascii: "H"): ByteSet([0x09, 0x20, 0xA0]).inverted,
    UInt8(ascii: "v"): ByteSet([0x0A, 0x0B, 0x0C, 0x0D, 0x85]),
    UInt8(ascii: "V"): ByteSet([0x0A, 0x0B, 0x0C, 0x0D, 0x85]).inverted,
    UInt8(ascii: "N"): ByteSet([0x0A]).inverted,
  ]

  private mutating func hexadecimal() -> UInt8? {
    guard take("{") else { return number(radix: 16, digits: 2) }
    let value = number(radix: 16, digits: 2)
    return take("}") ? value : nil
  }

  private mutating func number(radix: Int, digits: Int) -> UInt8? {
    var value = 0
    var count = 0
    while count < digits, let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < radix {
      value = value * radix + digit
      position += 1
      count += 1
    }
    return UInt8(exactly: value)
  }
}
