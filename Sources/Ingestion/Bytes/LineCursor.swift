/// A reading position within one line of a larger buffer.
///
/// It holds offsets only; every call is given the bytes, so that no pointer outlives them.
struct LineCursor {
  var at: Int
  let end: Int

  init(at: Int, end: Int) {
    self.at = at
    self.end = end
  }

  var isAtEnd: Bool { at >= end }

  /// The byte `offset` positions ahead, or 0 past the end of the line.
  func peek(_ bytes: Span<UInt8>, _ offset: Int = 0) -> UInt8 {
    let position = at + offset
    return position < end ? bytes[position] : 0
  }

  /// Steps over `byte` if it is next.
  mutating func skip(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard at < end, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  /// Steps over `text` if it is next.
  mutating func skip(_ text: StaticString, _ bytes: Span<UInt8>) -> Bool {
    guard bytes.has(text, at: at, end: end) else { return false }
    at += text.utf8CodeUnitCount
    return true
  }

  /// Steps over any number of blanks and tells how many.
  @discardableResult
  mutating func skipBlanks(_ bytes: Span<UInt8>) -> Int {
    let first = at
    while at < end, bytes[at] == .blank { at += 1 }
    return at - first
  }

  /// Reads exactly `digits` decimal digits.
  mutating func number(digits: Int, _ bytes: Span<UInt8>) -> Int? {
    guard at + digits <= end else { return nil }
    var value = 0
    for position in at..<at + digits {
      guard let digit = bytes[position].digit else { return nil }
      value = value * 10 + digit
    }
    at += digits
    return value
  }

  /// Reads one to `limit` decimal digits.
  mutating func number(upTo limit: Int, _ bytes: Span<UInt8>) -> Int? {
    let first = at
    var value = 0
    while at < end, at - first < limit, let digit = bytes[at].digit {
      value = value * 10 + digit
      at += 1
    }
    return at > first ? value : nil
  }

  /// Reads up to the next blank or the end of the line.
  mutating func word(_ bytes: Span<UInt8>) -> Range<Int> {
    let first = at
    while at < end, bytes[at] != .blank { at += 1 }
    return first..<at
  }
}

// MARK: - Bytes

extension Span where Element == UInt8 {
  /// Whether `text` stands at `position` and ends before `end`.
  func has(_ text: StaticString, at position: Int, end: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard position >= 0, position + length <= end, end <= count else { return false }
    return text.withUTF8Buffer { wanted in
      for offset in 0..<length where self[position + offset] != wanted[offset] { return false }
      return true
    }
  }

  /// Whether the bytes in `range` are exactly `text`.
  func equal(_ range: Range<Int>, _ text: StaticString) -> Bool {
    range.count == text.utf8CodeUnitCount && has(text, at: range.lowerBound, end: range.upperBound)
  }

  /// The bytes in `range` as text; invalid UTF-8 is replaced.
  func text(_ range: Range<Int>) -> String {
    let part = extracting(range)
    return String(unsafeUninitializedCapacity: part.count) { buffer in
      for offset in 0..<part.count { buffer[offset] = part[offset] }
      return part.count
    }
  }

  /// Appends the bytes in `range` to `target`.
  func append(_ range: Range<Int>, to target: inout [UInt8]) {
    extracting(range).withUnsafeBufferPointer { target.append(contentsOf: $0) }
  }

  /// Eight bytes from `position` as a number; the caller has checked that they exist.
  func word(at position: Int) -> UInt64 {
    bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
  }
}

extension UInt8 {
  static let blank = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let bar = UInt8(ascii: "|")
  static let colon = UInt8(ascii: ":")
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")

  /// The value of a decimal digit.
  var digit: Int? {
    let value = self &- 0x30
    return value < 10 ? Int(value) : nil
  }

  var isDigit: Bool { self &- 0x30 < 10 }

  /// The value of a hexadecimal digit.
  var hexDigit: Int? {
    if let digit { return digit }
    let lower = self | 0x20
    return lower >= 0x61 && lower <= 0x66 ? Int(lower) - 0x57 : nil
  }

  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }

  /// Whether the byte may stand in a container's, host's or program's name.
  var isNameByte: Bool {
    isLetter || isDigit || self == 0x2D || self == 0x2E || self == 0x5F
  }
}
