import Contract

/// Text and elements of a page.
enum HTMLText {
  /// Text in which nothing is markup; controls and bidirectional marks are visible, at most `limit` scalars are kept.
  static func escaped(_ raw: String, limit: Int = 4_000) -> String {
    var result = ""
    for character in VisibleText(raw, limit: limit).text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.append(character)
      }
    }
    return result
  }

  /// A value as JSON inside a script element, which no text in it can end.
  static func data(_ value: JSONValue) -> String {
    value.line.replacing("<", with: "\\u003c").replacing(">", with: "\\u003e").replacing("&", with: "\\u0026")
  }

  /// An element with attributes and content that is markup already.
  static func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: String) -> String {
    let written = attributes.map { " \($0.key)=\"\(escaped($0.value, limit: 20_000))\"" }.joined()
    return "<\(name)\(written)>\(content)</\(name)>"
  }

  /// Text in a fixed font.
  static func code(_ raw: String, limit: Int = 300) -> String { "<code>\(escaped(raw, limit: limit))</code>" }

  /// A word in a pill whose class is the word itself.
  static func badge(_ word: String) -> String {
    element("span", ["class": "badge \(word)"], escaped(words(of: word)))
  }

  /// A table with a title for those who cannot see it; empty if it has no rows.
  static func table(_ caption: String, _ titles: [String], _ rows: [[String]], numbers: Set<Int> = []) -> String {
    guard !rows.isEmpty else { return "" }
    let head = titles.enumerated().map { column, title in
      element("th", ["scope": "col", "class": numbers.contains(column) ? "number" : "text"], escaped(title))
    }
    let body = rows.map { row in
      let cells = row.enumerated().map { column, cell in
        element("td", ["class": numbers.contains(column) ? "number" : "text"], cell)
      }
      return "<tr>\(cells.joined())</tr>"
    }
    return element(
      "table",
      ["aria-label": caption],
      "<thead><tr>\(head.joined())</tr></thead>\n<tbody>\n\(body.joined(separator: "\n"))\n</tbody>"
    )
  }

  /// Commands to copy.
  static func commands(_ lines: [String]) -> String {
    guard !lines.isEmpty else { return "" }
    let text = lines.prefix(20).map { escaped($0, limit: 4_000) }.joined(separator: "\n")
    return "<div class=\"command\"><pre tabindex=\"0\">\(text)</pre></div>"
  }

  /// Log lines with the place where they stand.
  static func evidence(_ lines: [Evidence], limit: Int) -> String {
    guard !lines.isEmpty else { return "" }
    let rows = lines.prefix(limit).map { "\(escaped($0.place, limit: 100))  \(escaped($0.text, limit: 1_000))" }
    let rest = lines.count > limit ? "\n… \(lines.count - limit) more in the JSON report" : ""
    return "<pre tabindex=\"0\">\(rows.joined(separator: "\n"))\(rest)</pre>"
  }
}
