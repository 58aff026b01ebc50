/// Turns what stands in JSON into the bytes that it means.
enum JSONText {
  /// Appends the meaning of a string's inside; broken escapes are kept as written.
  static func appendString(_ bytes: Span<UInt8>, _ range: Range<Int>, to target: inout [UInt8]) {
    var position = range.lowerBound
    while position < range.upperBound {
      let run = position
      while position < range.upperBound, bytes[position] != .backslash { position += 1 }
      bytes.append(run..<position, to: &target)
      guard position + 1 < range.upperBound else { break }
      if bytes[position + 1] == UInt8(ascii: "u") {
        position = appendCodePoint(bytes, position, range.upperBound, &target)
      } else {
        target.append(meaning(of: bytes[position + 1]))
        position += 2
      }
    }
  }

  /// Appends the bytes of an array of numbers, as journald writes messages that are not UTF-8.
  static func appendByteList(_ bytes: Span<UInt8>, _ range: Range<Int>, to target: inout [UInt8]) {
    var cursor = LineCursor(at: range.lowerBound, end: range.upperBound)
    while !cursor.isAtEnd {
      if let number = cursor.number(upTo: 3, bytes) {
        target.append(UInt8(truncatingIfNeeded: number))
      } else {
        cursor.at += 1
      }
    }
  }

  /// Appends the text with `#011` turned into tabs, as syslog daemons escape them.
  static func appendOctalEscaped(_ bytes: Span<UInt8>, _ range: Range<Int>, to target: inout [UInt8]) {
    var position = range.lowerBound
    while position < range.upperBound {
      if bytes[position] == UInt8(ascii: "#"), bytes.has("#011", at: position, end: range.upperBound) {
        target.append(.tab)
        position += 4
      } else {
        target.append(bytes[position])
        position += 1
      }
    }
  }

  private static func meaning(of escape: UInt8) -> UInt8 {
    switch escape {
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    default: escape
    }
  }

  /// Appends the character of the `\uXXXX` at `start`, joined with the second half of a surrogate pair.
  private static func appendCodePoint(
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ target: inout [UInt8]
  ) -> Int {
    guard let first = hexFour(bytes, start + 2, end) else {
      target.append(bytes[start])
      return start + 1
    }
    var value = first
    var next = start + 6
    if (0xD800..<0xDC00).contains(first), bytes.has("\\u", at: next, end: end),
      let second = hexFour(bytes, next + 2, end), (0xDC00..<0xE000).contains(second)
    {
      value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
      next += 6
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    target.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    return next
  }

  private static func hexFour(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt32? {
    guard start + 4 <= end else { return nil }
    var value: UInt32 = 0
    for position in start..<start + 4 {
      guard let digit = bytes[position].hexDigit else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
