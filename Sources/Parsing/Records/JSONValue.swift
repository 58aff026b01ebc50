/// Where a value of a JSON object is in the line.
struct JSONValue {
  enum Kind: UInt8 {
    case absent
    /// `start..<end` is the text between the quotes.
    case string
    /// `start..<end` is a number, a constant, an object or an array as printed.
    case other
  }

  var kind = Kind.absent
  var hasEscapes = false
  var start = 0
  var end = 0
}

/// Walks over the members of one JSON object, without building a tree (RFC 8259).
///
/// It is lenient where log lines are: an object that is cut off in the middle has the members that are complete.
struct JSONWalker {
  private let end: Int
  private var position: Int
  /// The current key, between its quotes.
  private(set) var keyStart = 0
  private(set) var keyEnd = 0
  private(set) var value = JSONValue()

  /// Starts before the object in `line[start..<end]`; nil if there is none.
  init?(_ line: Span<UInt8>, _ start: Int, _ end: Int) {
    position = Self.skippingSpace(line, start, end)
    self.end = end
    guard position < end, line[position] == UInt8(ascii: "{") else { return nil }
    position += 1
  }

  /// Steps to the next member; false at the end of the object or where it is no JSON.
  mutating func next(_ line: Span<UInt8>) -> Bool {
    position = Self.skippingSpace(line, position, end)
    if position < end, line[position] == UInt8(ascii: ",") {
      position = Self.skippingSpace(line, position + 1, end)
    }
    guard position < end, line[position] == UInt8(ascii: "\""), let key = string(line) else { return false }
    (keyStart, keyEnd) = (key.start, key.end)
    position = Self.skippingSpace(line, position, end)
    guard position < end, line[position] == UInt8(ascii: ":") else { return false }
    position = Self.skippingSpace(line, position + 1, end)
    guard position < end else { return false }
    if line[position] == UInt8(ascii: "\"") {
      guard let text = string(line) else { return false }
      value = text
      return true
    }
    return other(line)
  }

  /// Reads the string that begins here; nil if it never ends.
  private mutating func string(_ line: Span<UInt8>) -> JSONValue? {
    let start = position + 1
    var hasEscapes = false
    var index = start
    while true {
      index = line.firstIndex(of: UInt8(ascii: "\""), or: UInt8(ascii: "\\"), from: index, to: end)
      guard index < end else { return nil }
      if line[index] == UInt8(ascii: "\"") { break }
      hasEscapes = true
      index += 2
      guard index <= end else { return nil }
    }
    position = index + 1
    return JSONValue(kind: .string, hasEscapes: hasEscapes, start: start, end: index)
  }

  /// Reads a number, a constant, an object or an array.
  private mutating func other(_ line: Span<UInt8>) -> Bool {
    let start = position
    var depth = 0
    while position < end {
      switch line[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return finish(start) }
        depth -= 1
        if depth == 0 {
          position += 1
          return finish(start)
        }
      case UInt8(ascii: ","):
        if depth == 0 { return finish(start) }
      case UInt8(ascii: "\""):
        guard depth > 0, string(line) != nil else { return false }
        continue
      default: break
      }
      position += 1
    }
    return false
  }

  private mutating func finish(_ start: Int) -> Bool {
    value = JSONValue(kind: .other, start: start, end: position)
    return position > start
  }

  private static func skippingSpace(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var position = start
    while position < end, line[position] == 0x20 || line[position] == 0x09 || line[position] == 0x0A {
      position += 1
    }
    return position
  }
}

// MARK: - Text

extension JSONValue {
  /// Appends the value's text to `scratch`, with escapes resolved.
  func append(to scratch: inout [UInt8], from line: Span<UInt8>) {
    guard hasEscapes else {
      for index in start..<end { scratch.append(line[index]) }
      return
    }
    var position = start
    while position < end {
      let byte = line[position]
      position += 1
      guard byte == UInt8(ascii: "\\"), position < end else {
        scratch.append(byte)
        continue
      }
      let escape = line[position]
      position += 1
      switch escape {
      case UInt8(ascii: "n"): scratch.append(0x0A)
      case UInt8(ascii: "t"): scratch.append(0x09)
      case UInt8(ascii: "r"): scratch.append(0x0D)
      case UInt8(ascii: "b"): scratch.append(0x08)
      case UInt8(ascii: "f"): scratch.append(0x0C)
      case UInt8(ascii: "u"): appendUnicode(line, &position, to: &scratch)
      default: scratch.append(escape)
      }
    }
  }

  /// Appends the character of `\uXXXX`, joining surrogate pairs; a lone surrogate becomes U+FFFD.
  private func appendUnicode(_ line: Span<UInt8>, _ position: inout Int, to scratch: inout [UInt8]) {
    guard let first = Self.hexadecimal(line, position, end) else {
      scratch += Array("\u{FFFD}".utf8)
      return
    }
    position += 4
    var value = first
    if first >= 0xD800, first < 0xDC00, position + 6 <= end, line[position] == UInt8(ascii: "\\"),
      line[position + 1] == UInt8(ascii: "u"), let second = Self.hexadecimal(line, position + 2, end),
      second >= 0xDC00, second < 0xE000
    {
      value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
      position += 6
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    scratch += Array(String(Character(scalar)).utf8)
  }

  private static func hexadecimal(_ line: Span<UInt8>, _ position: Int, _ end: Int) -> UInt32? {
    guard position + 4 <= end else { return nil }
    var value: UInt32 = 0
    for index in position..<position + 4 {
      guard let digit = Character(Unicode.Scalar(line[index])).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
