/// Finds statements in log lines, and in them what they compare with, insert or set.
///
/// PostgreSQL prints statements behind `STATEMENT:` and its translations, `statement:`, `execute …:`, `QUERY:`, in
/// columns of csvlog and members of jsonlog (`src/backend/utils/error/elog.c`, `src/backend/tcop/postgres.c`), and values
/// in some details (`Key (…)=(…)`, `Failing row contains (…)`, `parameters: $1 = …`).
struct StatementMask {
  /// Whether whole statements go, or only their literals.
  let hidesStatements: Bool

  /// The pieces to replace, in order.
  func cuts(in text: ByteText) -> [Cut] {
    var cuts: [Cut] = []
    var index = 0
    while index < text.count {
      if let end = values(in: text, at: index, &cuts) {
        index = end
      } else if let statement = statement(in: text, at: index) {
        cuts += hidesStatements ? whole(statement, in: text) : literals(of: statement, in: text)
        index = max(index + 1, statement.upperBound)
      } else {
        index += 1
      }
    }
    return cuts
  }

  // MARK: - Statements

  private func statement(in text: ByteText, at index: Int) -> Range<Int>? {
    guard Self.mayBegin(text[index]), index == 0 || !ByteText.isWord(text[index - 1]),
      Self.beginsStatement(text, at: index)
    else { return nil }
    return index..<Self.end(of: text, from: index)
  }

  /// Whether a verb begins with a letter.
  private static func mayBegin(_ letter: UInt8) -> Bool {
    switch ByteText.lowercased(letter) {
    case UInt8(ascii: "i"), UInt8(ascii: "d"), UInt8(ascii: "m"), UInt8(ascii: "c"), UInt8(ascii: "a"),
      UInt8(ascii: "w"), UInt8(ascii: "s"), UInt8(ascii: "u"), UInt8(ascii: "e"), UInt8(ascii: "v"):
      true
    default: false
    }
  }

  /// Whether a verb with what follows it in SQL, and hardly ever in prose, stands at `index`.
  private static func beginsStatement(_ text: ByteText, at index: Int) -> Bool {
    if text.has("insert into ", at: index) || text.has("delete from ", at: index) || text.has("merge into ", at: index)
    {
      return true
    }
    for verb: StaticString in ["create user ", "create role ", "alter user ", "alter role ", "with recursive "]
    where text.has(verb, at: index) { return true }
    if text.has("select ", at: index) { return isSelect(text, at: index + 7) }
    if text.has("update ", at: index) { return hasWord(" set ", in: text, from: index + 7, within: 200) }
    if text.has("copy ", at: index) { return hasWord(" from ", in: text, from: index + 5, within: 200) }
    if text.has("call ", at: index) || text.has("execute ", at: index) || text.has("values (", at: index) {
      return isUpper(text[index]) && hasWord("(", in: text, from: index + 4, within: 100)
    }
    return false
  }

  /// `SELECT FOR UPDATE in a read-only transaction` is prose: what is selected has a FROM, a call or a literal.
  private static func isSelect(_ text: ByteText, at index: Int) -> Bool {
    if text.has("for ", at: index) { return false }
    if hasWord(" from ", in: text, from: index, within: 4_000) { return true }
    let next = text.at(index)
    if ByteText.isDigit(next) || next == UInt8(ascii: "'") || next == UInt8(ascii: "*") { return true }
    var end = index
    while ByteText.isWord(text.at(end)) || text.at(end) == UInt8(ascii: ".") { end += 1 }
    return end > index && text.at(end) == UInt8(ascii: "(")
  }

  private static func hasWord(_ word: StaticString, in text: ByteText, from start: Int, within reach: Int) -> Bool {
    (start..<min(text.count, start + reach)).contains { text.has(word, at: $0) }
  }

  private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

  /// A statement in quotes ends with them; doubled and escaped ones are part of it.
  private static func end(of text: ByteText, from start: Int) -> Int {
    guard start > 0, text[start - 1] == quote else { return text.count }
    var index = start
    while index < text.count {
      if text[index] == backslash {
        index += 2
      } else if text[index] == quote {
        guard text.at(index + 1) == quote else { return index }
        index += 2
      } else {
        index += 1
      }
    }
    return text.count
  }

  private func whole(_ statement: Range<Int>, in text: ByteText) -> [Cut] {
    let rest = text.upTo([space], from: statement.lowerBound)..<statement.upperBound
    guard !rest.isEmpty, text.text(rest) != Self.wholeReplacement else { return [] }
    return [Cut(range: rest, replacement: Self.wholeReplacement)]
  }

  // MARK: - Literals

  private func literals(of statement: Range<Int>, in text: ByteText) -> [Cut] {
    var cuts: [Cut] = []
    var index = statement.lowerBound
    while index < statement.upperBound {
      if text[index] == apostrophe {
        let end = Self.endOfString(text, from: index, limit: statement.upperBound)
        Self.add(index..<end, "'?'", text, &cuts)
        index = end
      } else if text[index] == dollar, let end = Self.endOfDollarQuote(text, from: index, limit: statement.upperBound) {
        Self.add(index..<end, "'?'", text, &cuts)
        index = end
      } else if let end = Self.endOfNumber(text, from: index, limit: statement.upperBound) {
        Self.add(index..<end, "?", text, &cuts)
        index = end
      } else {
        index += 1
      }
    }
    return cuts
  }

  private static func add(_ range: Range<Int>, _ replacement: String, _ text: ByteText, _ cuts: inout [Cut]) {
    if text.text(range) != replacement { cuts.append(Cut(range: range, replacement: replacement)) }
  }

  /// Behind the closing apostrophe; doubled ones and, after `E`, escaped ones are part of the string.
  private static func endOfString(_ text: ByteText, from start: Int, limit: Int) -> Int {
    let hasEscapes = ByteText.lowercased(text.at(start - 1)) == UInt8(ascii: "e")
    var index = start + 1
    while index < limit {
      if hasEscapes, text[index] == backslash {
        index += 2
      } else if text[index] == apostrophe {
        guard text.at(index + 1) == apostrophe else { return index + 1 }
        index += 2
      } else {
        index += 1
      }
    }
    return limit
  }

  /// Behind `$tag$…$tag$`; nil for a parameter such as `$1`.
  private static func endOfDollarQuote(_ text: ByteText, from start: Int, limit: Int) -> Int? {
    var tagEnd = start + 1
    while tagEnd < limit, ByteText.isWord(text[tagEnd]) { tagEnd += 1 }
    guard tagEnd < limit, text[tagEnd] == dollar, !ByteText.isDigit(text[start + 1]) else { return nil }
    let tag = Array(text.bytes[start...tagEnd])
    var index = tagEnd + 1
    while index + tag.count <= limit {
      if text.bytes[index..<index + tag.count].elementsEqual(tag) { return index + tag.count }
      index += 1
    }
    return limit
  }

  private static func endOfNumber(_ text: ByteText, from start: Int, limit: Int) -> Int? {
    guard ByteText.isDigit(text[start]), start == 0 || !ByteText.isWord(text[start - 1]), text.at(start - 1) != dollar
    else { return nil }
    var index = start
    while index < limit, ByteText.isWord(text[index]) || text[index] == UInt8(ascii: ".") { index += 1 }
    return index
  }

  // MARK: - Values outside statements

  /// Hides the value whose lead stands at `index`; where to go on, or nil if none does.
  private func values(in text: ByteText, at index: Int, _ cuts: inout [Cut]) -> Int? {
    switch text[index] {
    case UInt8(ascii: "K") where text.has("key (", at: index):
      let close = text.upTo([UInt8(ascii: ")")], from: index, within: 1_024)
      guard text.at(close + 1) == UInt8(ascii: "="), text.at(close + 2) == UInt8(ascii: "(") else { return nil }
      return hide(from: close + 3, to: Self.closing(text, from: close + 3), in: text, &cuts)
    case UInt8(ascii: "F") where text.has("failing row contains (", at: index):
      return hide(from: index + 22, to: Self.closing(text, from: index + 22), in: text, &cuts)
    case UInt8(ascii: "p"), UInt8(ascii: "P"):
      guard text.has("parameters: $", at: index) else { return nil }
      cuts += literals(of: index + 12..<text.count, in: text)
      return text.count
    case UInt8(ascii: "i") where text.has("invalid input ", at: index):
      let open = text.upTo([quote], from: index, within: 256)
      return text.at(open) == quote
        ? hide(from: open + 1, to: text.upTo([quote], from: open + 1), in: text, &cuts) : nil
    default: return nil
    }
  }

  private func hide(from: Int, to: Int, in text: ByteText, _ cuts: inout [Cut]) -> Int {
    if to > from { Self.add(from..<to, "?", text, &cuts) }
    return max(from, to)
  }

  /// The last closing parenthesis: values may hold some, too.
  private static func closing(_ text: ByteText, from start: Int) -> Int {
    (start..<max(start, text.count)).last { text[$0] == UInt8(ascii: ")") } ?? text.count
  }

  private static let wholeReplacement = " [hidden]"
}

private let space = UInt8(ascii: " ")
private let quote = UInt8(ascii: "\"")
private let apostrophe = UInt8(ascii: "'")
private let backslash = UInt8(ascii: "\\")
private let dollar = UInt8(ascii: "$")
