import Parsing

/// The Swift file that carries the bundled parsers into the binary.
struct GeneratedSource {
  let text: String

  init(catalogue: ParserCatalogue, files: [ParserFile]) {
    var text = """
      // Generated from the parser files. Do not edit.

      extension BundledParsers {
        /// The compact form that `ParserCatalogue(compact:)` reads.
        package static let compact: String =
      \(Self.literal(catalogue.compactForm))

        /// The parser files as they were written, for documentation and examples.
        package static var sources: [(name: String, text: String)] {
          [

      """
    for (index, file) in files.enumerated() {
      text += "      (name: \(Self.literal(Self.lastComponent(of: file.name), isShort: true)), text: source\(index)),\n"
    }
    text += "    ]\n  }\n"
    for (index, file) in files.enumerated() {
      text += "\n  private static let source\(index): String =\n\(Self.literal(file.text))\n"
    }
    self.text = text + "}\n"
  }

  private static func lastComponent(of path: String) -> Substring {
    path.split(separator: "/").last ?? path[...]
  }

  /// A raw string literal that holds `text` whatever is in it.
  private static func literal(_ text: some StringProtocol, isShort: Bool = false) -> String {
    var marks = "#"
    while text.contains("\"" + marks) || text.contains("\\" + marks) { marks += "#" }
    if isShort { return "\(marks)\"\(text)\"\(marks)" }
    return "\(marks)\"\"\"\n\(escapingControls(text, marks))\n\"\"\"\(marks)"
  }

  /// Characters that a source file must not contain are written as escapes of the raw literal.
  private static func escapingControls(_ text: some StringProtocol, _ marks: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x20...0x7E, 0xA0...: result.unicodeScalars.append(scalar)
      default: result += "\\\(marks)u{\(String(scalar.value, radix: 16))}"
      }
    }
    return result
  }
}
