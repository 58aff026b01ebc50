import Contract

extension Report {
  /// Calls `take` with the parts of the report as JSON text, as `JSONValue.text` writes it.
  ///
  /// One incident after the other is laid out, so that a report on thousands takes little memory. Throws `EncodingError` for a
  /// number that JSON cannot hold, and what `take` throws.
  func writeJSON(_ take: (String) throws -> Void) throws {
    var writer = JSONWriter()
    try writer.write(self, take)
    try take(writer.text + "\n")
  }
}

extension JSONValue {
  /// The value as text: two blanks of indentation, ASCII controls and everything else that a terminal would act on as
  /// `\u` escapes, slashes as they are, a line break at the end.
  package var text: String {
    var writer = JSONWriter()
    writer.write(tokens)
    return writer.text + "\n"
  }

  /// The value as text on one line, without a line break at the end; escapes are those of `text`.
  package var line: String { tokens.line }
}

extension [JSONToken] {
  /// The value as text on one line, without a line break at the end.
  var line: String {
    var writer = JSONWriter(isCompact: true)
    writer.write(self)
    return writer.text
  }

  /// Whether the array of a report's incidents begins with the token at `index`.
  func beginsIncidents(at index: Int) -> Bool {
    index > 0 && self[index] == .beginArray && self[index - 1] == .key(Report.incidentsKey)
  }
}

/// Writes UTF-8: a line of a live run and a report of a thousand incidents are made of very many small pieces, to which an
/// array of bytes is quicker to lengthen than a string.
private struct JSONWriter {
  private var output: [UInt8] = []
  private let isCompact: Bool
  /// For each array and object that is not ended, whether anything is in it.
  private var hasItems: [Bool] = []
  private var isBehindKey = false

  init(isCompact: Bool = false) {
    self.isCompact = isCompact
  }

  /// What was written.
  var text: String { String(decoding: output, as: UTF8.self) }

  mutating func write(_ tokens: [JSONToken]) {
    for token in tokens { write(token) }
  }

  /// Writes a report; `take` gets what is written up to the last incident.
  mutating func write(_ report: Report, _ take: (String) throws -> Void) throws {
    var frame = report
    frame.incidents = []
    let tokens = try [JSONToken](encoding: frame)
    for index in tokens.indices {
      write(tokens[index])
      guard hasItems.count == 2, tokens.beginsIncidents(at: index) else { continue }
      for incident in report.incidents {
        write(try [JSONToken](encoding: incident))
        try take(text)
        output.removeAll(keepingCapacity: true)
      }
    }
  }

  private mutating func write(_ token: JSONToken) {
    switch token {
    case .endArray: return end(with: UInt8(ascii: "]"))
    case .endObject: return end(with: UInt8(ascii: "}"))
    default: beginItem()
    }
    switch token {
    case .null: append("null")
    case .boolean(let value): append(value ? "true" : "false")
    case .integer(let value): append(String(value))
    case .number(let value): append(Self.text(of: value))
    case .string(let value): write(value)
    case .key(let key):
      write(key)
      output.append(UInt8(ascii: ":"))
      if !isCompact { output.append(UInt8(ascii: " ")) }
      isBehindKey = true
    case .beginArray: begin(with: UInt8(ascii: "["))
    case .beginObject: begin(with: UInt8(ascii: "{"))
    case .endArray, .endObject: break
    }
  }

  // MARK: What stands around values

  /// Separates a key, or a value that has none, from what comes before it.
  private mutating func beginItem() {
    if isBehindKey {
      isBehindKey = false
    } else if let hasItem = hasItems.last {
      if hasItem { output.append(UInt8(ascii: ",")) }
      hasItems[hasItems.count - 1] = true
      breakLine()
    }
  }

  private mutating func begin(with bracket: UInt8) {
    output.append(bracket)
    hasItems.append(false)
  }

  private mutating func end(with bracket: UInt8) {
    if hasItems.popLast() ?? false { breakLine() }
    output.append(bracket)
  }

  private mutating func breakLine() {
    guard !isCompact else { return }
    output.append(UInt8(ascii: "\n"))
    for _ in hasItems {
      output.append(UInt8(ascii: " "))
      output.append(UInt8(ascii: " "))
    }
  }

  // MARK: Texts and numbers

  private mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { output.append(contentsOf: $0) }
  }

  private mutating func write(_ text: String) {
    var text = text
    output.append(UInt8(ascii: "\""))
    text.withUTF8 { write($0) }
    output.append(UInt8(ascii: "\""))
  }

  /// Writes valid UTF-8; nearly all of it stands as it is, and is appended as a whole.
  private mutating func write(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    var place = 0
    while place < text.count {
      guard !Self.isPlain(text[place]) else {
        place += 1
        continue
      }
      output.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<place]))
      let length = max(1, (~text[place]).leadingZeroBitCount)
      let end = min(text.count, place + length)
      let character = String(decoding: UnsafeBufferPointer(rebasing: text[place..<end]), as: UTF8.self)
      for scalar in character.unicodeScalars { write(scalar) }
      place = end
      start = end
    }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
  }

  /// Whether a byte is a character of ASCII that stands as it is.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": append("\\\"")
    case "\\": append("\\\\")
    case "\n": append("\\n")
    case "\r": append("\\r")
    case "\t": append("\\t")
    case _ where VisibleText.isUnsafe(scalar): writeEscape(of: scalar)
    default: append(String(scalar))
    }
  }

  private mutating func writeEscape(of scalar: Unicode.Scalar) {
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      append("\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
    }
  }

  /// The shortest digits that read back as the same number; whole numbers without `.0`.
  private static func text(of value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
