/// Text for Jira's wiki markup.
enum JiraText {
  /// Marks that wiki markup acts on somewhere: emphasis, links, macros, tables, images, lists, headings.
  private static let marks: Set<Character> = [
    "*", "_", "-", "+", "^", "~", "?", "{", "}", "[", "]", "|", "!", "#", "\\", "&",
  ]

  /// Marks that are plain between two letters or digits, as in `pg-1` or `read_only`.
  private static let plainInWords: Set<Character> = ["_", "-", "+"]

  /// Prose in which nothing is markup: every such mark gets a backslash, links fall apart.
  ///
  /// At most about `limit` characters long.
  static func prose(_ raw: String, limit: Int = 1_500) -> String {
    var result = ""
    var length = 0
    let characters = Array(VisibleText(raw, limit: limit).text.replacing("://", with: ": //"))
    for (index, character) in characters.enumerated() {
      let piece = isMarkup(characters, index) || isEmoticon(characters, index) ? "\\\(character)" : String(character)
      length += piece.count
      guard length < limit else { return result + "…" }
      result += piece
    }
    return escapedStart(of: result)
  }

  private static func isMarkup(_ characters: [Character], _ index: Int) -> Bool {
    guard marks.contains(characters[index]) else { return false }
    guard plainInWords.contains(characters[index]), index > 0, index + 1 < characters.count else { return true }
    let neighbours = [characters[index - 1], characters[index + 1]]
    return !neighbours.allSatisfy { $0.isLetter || $0.isNumber }
  }

  /// Whether a picture would stand for what begins here: `(x)`, `(on)`, `:)`, `;)`.
  private static func isEmoticon(_ characters: [Character], _ index: Int) -> Bool {
    let rest = characters[index...]
    if rest.first == "(" {
      let name = rest.dropFirst().prefix(8).prefix { $0 != ")" }
      return rest.dropFirst(1 + name.count).first == ")" && emoticons.contains(String(name).lowercased())
    }
    return (rest.first == ":" || rest.first == ";") && rest.dropFirst().first.map { ")(PD".contains($0) } == true
  }

  private static let emoticons: Set<String> = [
    "y", "n", "i", "/", "x", "!", "+", "-", "?", "on", "off", "*", "*r", "*g", "*b", "*y", "flag", "flagoff",
  ]

  /// A short piece of text in a fixed font.
  static func code(_ raw: String, limit: Int = 200) -> String {
    let text = prose(raw, limit: limit)
    return text.isEmpty ? "" : "{{\(text)}}"
  }

  /// Lines as they are, in a block that nothing in them can end.
  static func block(_ lines: [String], language: String? = nil, limit: Int = 500) -> String {
    let macro = language.map { "code:\($0)" } ?? "noformat"
    let name = language == nil ? "noformat" : "code"
    let body = lines.map { line in
      VisibleText(line, limit: limit).text.replacing("{\(name)", with: "{ \(name)")
    }
    return "{\(macro)}\n\(body.joined(separator: "\n"))\n{\(name)}"
  }

  /// A table; empty if it has no rows.
  static func table(_ titles: [String], _ rows: [[String]]) -> String {
    guard !rows.isEmpty else { return "" }
    let head = "||\(titles.joined(separator: "||"))||"
    return ([head] + rows.map { "|\($0.map { $0.isEmpty ? " " : $0 }.joined(separator: "|"))|" }).joined(
      separator: "\n"
    )
  }

  /// `h1.` and `bq.` mean something at the start of a line only.
  private static func escapedStart(of text: String) -> String {
    let start = text.prefix(3)
    let isHeading =
      start.count == 3 && start.first == "h" && start.last == "." && start.dropFirst().first?.isNumber == true
    return isHeading || start == "bq." ? "\u{00A0}" + text : text
  }
}
