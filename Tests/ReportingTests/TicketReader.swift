@testable import Reporting

/// Reads a ticket as the sites do, as far as this report's Markdown goes, and notes what a log could have put there.
struct TicketReader {
  /// The HTML that the report itself writes.
  private static let tags: Set<String> = [
    "<code>", "</code>", "<br>", "<span>", "</span>", "<details>", "</details>", "<summary>", "</summary>",
    "<!-- Who noticed, and what did it cost? -->", "<!-- Who does what until when? -->",
  ]

  private let lines: [Substring]
  private(set) var problems: [String] = []

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  mutating func read() {
    var fence: Substring?
    var depth = 0
    var columns = 0
    for line in lines {
      if line.unicodeScalars.contains(where: { $0 != "\u{2060}" && VisibleText.isUnsafe($0) }) {
        problems.append("control character: \(line.prefix(100))")
      }
      if let open = fence {
        if line == open { fence = nil }
        continue
      }
      if line.hasPrefix("```") {
        fence = line.prefix { $0 == "`" }
        continue
      }
      if line == "<details>" { depth += 1 }
      if line == "</details>" { depth -= 1 }
      columns = line.hasPrefix("|") ? checkRow(line, columns) : 0
      checkProse(line)
    }
    if fence != nil { problems.append("an open fence") }
    if depth != 0 { problems.append("\(depth) open details") }
  }

  /// All rows of a table have as many cells as its first.
  private mutating func checkRow(_ line: Substring, _ columns: Int) -> Int {
    let count = line.filter { $0 == "|" }.count
    if columns != 0, count != columns { problems.append("\(count) bars instead of \(columns): \(line.prefix(200))") }
    return count
  }

  private mutating func checkProse(_ line: Substring) {
    var rest = line
    while let open = rest.firstIndex(of: "<") {
      let tail = rest[open...]
      guard let tag = Self.tags.first(where: tail.hasPrefix) else {
        return problems.append("HTML: \(tail.prefix(60))")
      }
      rest = tail.dropFirst(tag.count)
    }
    // A wide net: none of these signs may stand unescaped anywhere but where the report puts it.
    let own = line.replacing("- [ ]", with: "").replacing("<span>$</span>", with: "")
    for sign in ["`", "[", "]", "$", "@", "{{", "://", "www.", "~~", "&lt;script"] where own.contains(sign) {
      if sign == "&lt;script" { continue }
      problems.append("\(sign): \(own.prefix(160))")
    }
    if own.contains(#/[#!~%^][A-Za-z0-9]/#), !own.contains(#/&#[0-9]+;/#) {
      problems.append("reference: \(own.prefix(160))")
    }
  }
}
