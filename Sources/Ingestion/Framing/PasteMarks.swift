/// What stands before each line of a log that somebody has pasted into a text: quotation marks and a common indentation.
struct PasteMarks: Sendable {
  /// Markdown makes a code block of what is indented by four; deeper than this is a layout of the log's own.
  private static let deepestMargin = 11
  private static let deepestQuote = 4

  /// How many blanks or tabs begin every line that is not empty.
  private(set) var margin = 0

  /// Looks at the first lines for an indentation that they share; two lines may share one by chance.
  mutating func look(_ bytes: Span<UInt8>, at lines: some Sequence<Range<Int>>) {
    var least = Self.deepestMargin + 1
    var count = 0
    for line in lines {
      let content = Self.unquoted(bytes, line)
      let indentation = Self.indentation(bytes, content)
      guard indentation < content.count else { continue }
      least = min(least, indentation)
      count += 1
    }
    margin = count >= 3 && least <= Self.deepestMargin ? least : 0
  }

  /// The line without its marks.
  func content(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Range<Int> {
    let content = Self.unquoted(bytes, line)
    guard margin > 0 else { return content }
    return content.lowerBound + min(margin, Self.indentation(bytes, content))..<content.upperBound
  }

  /// Steps over `> `, as mail and Markdown quote, several times for a quote in a quote.
  private static func unquoted(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Range<Int> {
    guard !line.isEmpty, bytes[line.lowerBound] == UInt8(ascii: ">") else { return line }
    var cursor = LineCursor(at: line.lowerBound, end: line.upperBound)
    for _ in 0..<deepestQuote where cursor.skip(UInt8(ascii: ">"), bytes) { _ = cursor.skip(.blank, bytes) }
    return cursor.at..<line.upperBound
  }

  private static func indentation(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Int {
    var position = line.lowerBound
    while position < line.upperBound, bytes[position] == .blank || bytes[position] == .tab { position += 1 }
    return position - line.lowerBound
  }
}
