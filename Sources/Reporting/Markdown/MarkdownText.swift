/// Text of a log made harmless for a ticket: GitHub and GitLab show it as it is and act on none of it.
///
/// HTML, Markdown and math signs become entities. What both sites look for after rendering (mentions, references to
/// issues, bare addresses, emoji names) is broken by an invisible word joiner, since no escape reaches that stage.
enum MarkdownText {
  /// Breaks a word for the site, not for the eye.
  static let joiner = "\u{2060}"

  /// `raw` for a paragraph or a table cell.
  ///
  /// The result has at most `limit` bytes, give or take one sign; `…` says that it was cut.
  static func prose(_ raw: String, limit: Int = 700) -> String {
    var escaper = Escaper(VisibleText(raw, limit: limit).text)
    return escaper.escape(limit: limit)
  }

  /// `raw` as inline code.
  ///
  /// An HTML element, because the backticks of Markdown fail in tables.
  static func code(_ raw: String, limit: Int = 400) -> String {
    "<code>\(prose(raw, limit: limit))</code>"
  }

  /// Lines between fences that no line can close.
  static func fenced(_ lines: [String], language: String = "text") -> String {
    let visible = lines.map { VisibleText($0).text }
    let fence = String(repeating: "`", count: max(3, (visible.map(longestBacktickRun).max() ?? 0) + 1))
    return "\(fence)\(language)\n\(visible.joined(separator: "\n"))\n\(fence)"
  }

  private static func longestBacktickRun(in text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  /// A table, or nothing without rows; the cells are Markdown already.
  static func table(_ titles: [String], _ rows: [[String]], right: Set<Int> = []) -> String {
    guard !rows.isEmpty else { return "" }
    let rule = titles.indices.map { right.contains($0) ? "---:" : "---" }
    return ([titles, rule] + rows).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
  }
}

/// Walks over visible text with a sign of context on either side.
private struct Escaper {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var output = ""

  init(_ text: String) {
    scalars = Array(text.unicodeScalars.drop { $0 == " " })
  }

  mutating func escape(limit: Int) -> String {
    var bytes = 0
    while index < scalars.count {
      let piece = self.piece
      bytes += piece.utf8.count
      guard bytes <= limit else { return output + "…" }
      output += piece
      index += 1
    }
    return output
  }

  private var next: Unicode.Scalar? { index + 1 < scalars.count ? scalars[index + 1] : nil }
  private var previous: Unicode.Scalar? { index > 0 ? scalars[index - 1] : nil }

  private var piece: String {
    let scalar = scalars[index]
    switch scalar {
    case "&": return "&amp;" + joinerBeforeWord
    case "<": return "&lt;"
    case ">": return "&gt;"
    case "$": return "<span>$</span>"
    case "|", "`", "*", "\\", "[", "]", "{", "}": return entity(scalar)
    case "_": return isInsideWord ? "_" : entity(scalar)
    case "@", "#", "~": return entity(scalar) + joinerBeforeWord
    case "!", "%", "^": return String(scalar) + joinerBeforeWord
    case ":": return next == "/" || isLetter(next) ? ":" + MarkdownText.joiner : ":"
    case "-", "+", "=", ".", ")": return punctuation(scalar)
    default: return String(scalar)
    }
  }

  /// Signs that mean something only at the start of a paragraph, and the dot and dash of addresses and references.
  private func punctuation(_ scalar: Unicode.Scalar) -> String {
    if opensList(scalar) { return entity(scalar) }
    if scalar == ".", endsWith("www") { return MarkdownText.joiner + "." }
    if scalar == "-", endsWith("gh") { return "-" + MarkdownText.joiner }
    return String(scalar)
  }

  /// Whether `- `, `1. ` or a rule would begin here.
  private func opensList(_ scalar: Unicode.Scalar) -> Bool {
    if index == 0 { return scalar != "." && scalar != ")" }
    guard scalar == "." || scalar == ")", index < 12, next == nil || next == " " else { return false }
    return scalars[..<index].allSatisfy { $0.properties.numericType != nil }
  }

  private func endsWith(_ word: String) -> Bool {
    let count = word.unicodeScalars.count
    guard index >= count else { return false }
    return String(String.UnicodeScalarView(scalars[(index - count)..<index])).lowercased() == word
  }

  private var joinerBeforeWord: String {
    isLetter(next) || next?.properties.numericType != nil || next == "_" ? MarkdownText.joiner : ""
  }

  private var isInsideWord: Bool { isWord(previous) && isWord(next) }

  private func isWord(_ scalar: Unicode.Scalar?) -> Bool {
    isLetter(scalar) || scalar?.properties.numericType != nil
  }

  private func isLetter(_ scalar: Unicode.Scalar?) -> Bool { scalar?.properties.isAlphabetic == true }

  private func entity(_ scalar: Unicode.Scalar) -> String { "&#\(scalar.value);" }
}
