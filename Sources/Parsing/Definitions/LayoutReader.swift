import Model

/// Reads the text of a layout into its parts.
struct LayoutReader {
  private let text: [UInt8]
  private var position = 0
  private var result: [LayoutPart] = []

  private static let maximumSkips = 3

  init(_ text: String) {
    self.text = Array(text.utf8)
  }

  mutating func parts() throws(LayoutError) -> [LayoutPart] {
    while position < text.count {
      switch text[position] {
      case UInt8(ascii: "{"): try readBraces()
      case UInt8(ascii: " "), UInt8(ascii: "\t"): readBlanks()
      default: readLiteral()
      }
    }
    try checkOrder()
    return result
  }

  private mutating func readBlanks() {
    while position < text.count, text[position] == 0x20 || text[position] == 0x09 { position += 1 }
    result.append(.blanks)
  }

  private mutating func readLiteral() {
    let start = position
    while position < text.count, ![UInt8(ascii: "{"), 0x20, 0x09].contains(text[position]) { position += 1 }
    result.append(.literal(Array(text[start..<position])))
  }

  private mutating func readBraces() throws(LayoutError) {
    guard let end = text[position...].firstIndex(of: UInt8(ascii: "}")) else {
      throw LayoutError(reason: "an opening brace is never closed", offset: position)
    }
    result.append(try part(named: text[position + 1..<end]))
    position = end + 1
  }

  private func part(named name: ArraySlice<UInt8>) throws(LayoutError) -> LayoutPart {
    func spells(_ word: StaticString) -> Bool {
      word.withUTF8Buffer { name.elementsEqual($0) }
    }
    switch name.first {
    case UInt8(ascii: "e") where spells("epoch"): return .epoch
    case UInt8(ascii: "z") where spells("zone"): return .zone
    case UInt8(ascii: "l") where spells("level"): return .level
    case UInt8(ascii: "p") where spells("pid"): return .pid
    case UInt8(ascii: "s") where spells("skip"): return .skip
    case UInt8(ascii: "m") where spells("message"): return .message
    case UInt8(ascii: "t") where name.starts(with: "time ".utf8):
      return .time(try TimeLayoutReader.parts(Array(name.dropFirst(5)), at: position + 6))
    default: break
    }
    let content = String(decoding: name, as: UTF8.self)
    guard let field = Field(rawValue: content) else {
      throw LayoutError(reason: "{\(content)} is neither a part of a layout nor a field", offset: position)
    }
    return .field(field)
  }

  /// Refuses sequences that have no clear reading.
  private func checkOrder() throws(LayoutError) {
    var previous: LayoutPart?
    for part in result {
      switch (previous, part) {
      case (.message?, _):
        throw LayoutError(reason: "{message} must come last", offset: text.count)
      case (.skip?, .skip), (.skip?, .message), (.field?, .skip), (.field?, .field), (.field?, .message),
        (.skip?, .field):
        throw LayoutError(reason: "literal text must stand between {skip}, a field and what follows", offset: 0)
      default:
        previous = part
      }
    }
    guard result.count(where: { $0 == .skip }) <= Self.maximumSkips else {
      throw LayoutError(reason: "a layout has at most \(Self.maximumSkips) {skip}", offset: text.count)
    }
  }
}

/// Reads what follows `time` in braces.
enum TimeLayoutReader {
  static func parts(_ text: [UInt8], at offset: Int) throws(LayoutError) -> [TimePart] {
    var parts: [TimePart] = []
    var position = 0
    while position < text.count {
      let (part, length) = part(of: text, at: position)
      parts.append(part)
      position += length
    }
    guard parts.contains(.hour), parts.contains(.minute), parts.contains(.second) else {
      throw LayoutError(reason: "a time has at least hh, mm and ss", offset: offset)
    }
    let hasDate = parts.contains(.year) || parts.contains(.month) || parts.contains(.monthName)
    guard !hasDate || parts.contains(.day) || parts.contains(.looseDay) else {
      throw LayoutError(reason: "a time with a month needs a day", offset: offset)
    }
    guard !parts.contains(.year) || parts.contains(.month) || parts.contains(.monthName) else {
      throw LayoutError(reason: "a time with a year needs a month", offset: offset)
    }
    return parts
  }

  /// The part that begins at a position, and how many bytes name it.
  private static func part(of text: [UInt8], at position: Int) -> (part: TimePart, length: Int) {
    func stands(_ word: StaticString) -> Bool {
      word.withUTF8Buffer { $0.count <= text.count - position && text[position...].starts(with: $0) }
    }
    switch text[position] {
    case UInt8(ascii: "Y") where stands("YYYY"): return (.year, 4)
    case UInt8(ascii: "M") where stands("Mon"): return (.monthName, 3)
    case UInt8(ascii: "M") where stands("MM"): return (.month, 2)
    case UInt8(ascii: "D") where stands("DD"): return (.day, 2)
    case UInt8(ascii: "D"): return (.looseDay, 1)
    case UInt8(ascii: "h") where stands("hh"): return (.hour, 2)
    case UInt8(ascii: "m") where stands("mm"): return (.minute, 2)
    case UInt8(ascii: "s") where stands("ss"): return (.second, 2)
    case UInt8(ascii: "S"): return (.fraction, 1)
    case UInt8(ascii: "[") where stands("[.S]"): return (.optionalFraction(UInt8(ascii: ".")), 4)
    case UInt8(ascii: "[") where stands("[,S]"): return (.optionalFraction(UInt8(ascii: ",")), 4)
    case let byte: return (.literal(byte), 1)
    }
  }
}
