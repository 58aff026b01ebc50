// Cutting and wrapping by columns. The functions take text that is already escaped.

extension VisibleText {
  /// The text in lines of at most `width` columns.
  ///
  /// After `most` lines the rest is dropped, and `ellipsis` says so.
  func wrapped(to width: Int, most: Int = .max, ellipsis: String = "…") -> [String] {
    var lines = Wrapper.wrap(text, to: max(1, width))
    guard lines.count > most, most > 0 else { return lines }
    lines.removeLast(lines.count - most)
    let last = lines.removeLast()
    lines.append((last + " " + ellipsis).cut(to: width, ellipsis: ellipsis))
    return lines
  }
}

extension String {
  /// The string cut to `width` columns, ending in `ellipsis` if anything was dropped.
  func cut(to width: Int, ellipsis: String = "…") -> String {
    let room = width - DisplayWidth.of(ellipsis)
    guard room >= 0 else { return String(prefix(max(0, width))) }
    if let columns = DisplayWidth.ofPlain(self), columns <= width { return self }
    var columns = 0
    var end = startIndex
    for index in indices {
      columns += DisplayWidth.of(self[index])
      if columns > width { return self[..<end] + ellipsis }
      if columns <= room { end = self.index(after: index) }
    }
    return self
  }

  /// The string followed by blanks up to `width` columns.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - DisplayWidth.of(self)))
  }

  /// The string preceded by blanks up to `width` columns.
  func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - DisplayWidth.of(self))) + self
  }
}

/// Greedy wrapping at blanks; words wider than the line are split.
private struct Wrapper {
  private let width: Int
  private var lines: [String] = []
  private var line = ""
  private var columns = 0

  static func wrap(_ text: String, to width: Int) -> [String] {
    var wrapper = Wrapper(width: width)
    for word in words(of: text) {
      wrapper.append(word)
    }
    wrapper.breakLine()
    return wrapper.lines
  }

  /// The words between blanks; a number keeps its unit.
  private static func words(of text: String) -> [Substring] {
    var words: [Substring] = []
    for word in text.split(separator: " ") {
      if let last = words.last, last.last?.isNumber == true, last.count < 12, isUnit(word) {
        words[words.count - 1] = text[last.startIndex..<word.endIndex]
      } else {
        words.append(word)
      }
    }
    return words
  }

  private static func isUnit(_ word: Substring) -> Bool {
    ["s", "ms", "min", "h", "d", "%", "kB", "MB", "GB"].contains(word.prefix { $0.isLetter || $0 == "%" })
  }

  private init(width: Int) {
    self.width = width
  }

  private mutating func append(_ word: Substring) {
    let wordColumns = DisplayWidth.of(word)
    if columns > 0, columns + 1 + wordColumns <= width {
      line += " "
      line.append(contentsOf: word)
      columns += 1 + wordColumns
      return
    }
    breakLine()
    guard wordColumns > width else {
      line = String(word)
      columns = wordColumns
      return
    }
    split(word)
  }

  private mutating func split(_ word: Substring) {
    for character in word {
      let characterColumns = DisplayWidth.of(character)
      if columns + characterColumns > width { breakLine() }
      line.append(character)
      columns += characterColumns
    }
  }

  private mutating func breakLine() {
    guard !line.isEmpty else { return }
    lines.append(line)
    line = ""
    columns = 0
  }
}
