extension JSONValue {
  /// The value as text: two blanks of indentation, ASCII controls and everything else that a terminal would act on as
  /// `\u` escapes, slashes as they are, a line break at the end.
  package var text: String {
    var writer = JSONWriter()
    writer.write(self, indentation: 0)
    return writer.output + "\n"
  }

  /// The value as text on one line, without a line break at the end; escapes are those of `text`.
  package var line: String {
    var writer = JSONWriter(isCompact: true)
    writer.write(self, indentation: 0)
    return writer.output
  }
}

private struct JSONWriter {
  private(set) var output = ""
  private let isCompact: Bool

  init(isCompact: Bool = false) {
    self.isCompact = isCompact
  }

  mutating func write(_ value: JSONValue, indentation: Int) {
    switch value {
    case .null: output += "null"
    case .boolean(let value): output += value ? "true" : "false"
    case .integer(let value): output += String(value)
    case .number(let value): output += Self.text(of: value)
    case .string(let value): write(value)
    case .array(let elements):
      writeItems(elements, open: "[", close: "]", indentation: indentation) { writer, element in
        writer.write(element, indentation: indentation + 1)
      }
    case .object(let members):
      writeItems(members, open: "{", close: "}", indentation: indentation) { writer, member in
        writer.write(member.key)
        writer.output += writer.isCompact ? ":" : ": "
        writer.write(member.value, indentation: indentation + 1)
      }
    }
  }

  private mutating func writeItems<Item>(
    _ items: [Item],
    open: String,
    close: String,
    indentation: Int,
    writeItem: (inout JSONWriter, Item) -> Void
  ) {
    output += open
    for (index, item) in items.enumerated() {
      if index > 0 { output += "," }
      breakLine(indentation: indentation + 1)
      writeItem(&self, item)
    }
    if !items.isEmpty { breakLine(indentation: indentation) }
    output += close
  }

  private mutating func breakLine(indentation: Int) {
    guard !isCompact else { return }
    output += "\n" + String(repeating: "  ", count: indentation)
  }

  private mutating func write(_ text: String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case _ where VisibleText.isUnsafe(scalar): writeEscape(of: scalar)
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }

  private mutating func writeEscape(of scalar: Unicode.Scalar) {
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      output += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
  }

  /// The shortest digits that read back as the same number; whole numbers without `.0`.
  private static func text(of value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
