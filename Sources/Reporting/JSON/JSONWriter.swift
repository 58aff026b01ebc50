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
    writer.write(self, indentation: 0)
    return writer.text + "\n"
  }

  /// The value as text on one line, without a line break at the end; escapes are those of `text`.
  package var line: String {
    var writer = JSONWriter(isCompact: true)
    writer.write(self, indentation: 0)
    return writer.text
  }
}

/// Writes UTF-8: a line of a live run and a report of a thousand incidents are made of very many small pieces, to which an
/// array of bytes is quicker to lengthen than a string.
private struct JSONWriter {
  private var output: [UInt8] = []
  private let isCompact: Bool

  init(isCompact: Bool = false) {
    self.isCompact = isCompact
  }

  /// What was written.
  var text: String { String(decoding: output, as: UTF8.self) }

  mutating func write(_ value: JSONValue, indentation: Int) {
    switch value {
    case .null: append("null")
    case .boolean(let value): append(value ? "true" : "false")
    case .integer(let value): append(String(value))
    case .number(let value): append(Self.text(of: value))
    case .string(let value): write(value)
    case .array(let elements):
      writeItems(elements, open: "[", close: "]", indentation: indentation) { writer, element in
        writer.write(element, indentation: indentation + 1)
      }
    case .object(let members):
      writeItems(members, open: "{", close: "}", indentation: indentation) { writer, member in
        writer.write(key: member.key)
        writer.write(member.value, indentation: indentation + 1)
      }
    }
  }

  /// Writes a report as an object without indentation; `take` gets what is written up to the last incident.
  mutating func write(_ report: Report, _ take: (String) throws -> Void) throws {
    var frame = report
    frame.incidents = []
    guard case .object(let members) = try JSONValue(encoding: frame) else { return }
    try writeItems(members, open: "{", close: "}", indentation: 0) { writer, member in
      writer.write(key: member.key)
      guard member.key == Report.incidentsKey else { return writer.write(member.value, indentation: 1) }
      try writer.writeItems(report.incidents, open: "[", close: "]", indentation: 1) { writer, incident in
        writer.write(try JSONValue(encoding: incident), indentation: 2)
        try take(writer.text)
        writer.output.removeAll(keepingCapacity: true)
      }
    }
  }

  private mutating func write(key: String) {
    write(key)
    append(isCompact ? ":" : ": ")
  }

  private mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { output.append(contentsOf: $0) }
  }

  private mutating func writeItems<Item>(
    _ items: [Item],
    open: String,
    close: String,
    indentation: Int,
    writeItem: (inout JSONWriter, Item) throws -> Void
  ) rethrows {
    append(open)
    for (index, item) in items.enumerated() {
      if index > 0 { append(",") }
      breakLine(indentation: indentation + 1)
      try writeItem(&self, item)
    }
    if !items.isEmpty { breakLine(indentation: indentation) }
    append(close)
  }

  private mutating func breakLine(indentation: Int) {
    guard !isCompact else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indentation))
  }

  private mutating func write(_ text: String) {
    var text = text
    append("\"")
    text.withUTF8 { write($0) }
    append("\"")
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
