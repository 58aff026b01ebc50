import Model

/// What a framing says about one line: offsets into the buffer, nothing copied.
struct Recognition {
  /// What the name in a prefix stands for; equal names of different kinds are different sources.
  enum NameKind: UInt8 {
    case none
    /// A compose container or service, taken as printed.
    case container
    /// `pod/container` or `pod container`.
    case pod
    /// A host in a journal or syslog.
    case host
    /// A file's path in a heading of `tail` or in front of `grep`'s lines.
    case path
  }

  /// How the payload is written in the line.
  enum Encoding {
    case verbatim
    /// The inside of a JSON string.
    case jsonString
    /// The inside of a JSON array of byte numbers.
    case jsonBytes
    /// Syslog's `#011` for a tab.
    case octalEscapes
  }

  /// Whether the record goes on in the next line of the same stream.
  enum Completeness {
    case whole
    /// To be joined with what follows; `ended` parts complete what came before.
    case begun(stream: UInt8)
    case ended(stream: UInt8)
    /// A docker json-file part: complete if its text ends with a line feed.
    case byLineFeed(stream: UInt8)
    /// The line only announces something: it is for `Framer`, and is delivered as it is.
    case announcement
  }

  var framing: Framing
  var nameKind: NameKind = .none
  var name: Range<Int> = 0..<0
  /// The syslog identifier.
  var identifier: Range<Int> = 0..<0
  var payload: Range<Int>
  var outer: Stamp?
  var encoding: Encoding = .verbatim
  var completeness: Completeness = .whole
}

// MARK: - Shapes

/// Cheap looks at bytes, to tell a component's line from prose.
enum LineShape {
  /// By how many blanks a pasted line may be indented; journald indents further lines by more.
  static let deepestIndent = 11

  /// Whether a component's record may begin here: a date or time, `[`, `{"` or a syslog priority.
  ///
  /// A table row or a sentence after a bar does not begin so; that is what tells a prefix from a chance likeness.
  static func looksLikeRecord(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let cursor = LineCursor(at: start, end: end)
    switch cursor.peek(bytes) {
    case UInt8(ascii: "["): return start + 1 < end && cursor.peek(bytes, 1) != .blank
    case UInt8(ascii: "{"): return cursor.peek(bytes, 1) == .quote
    case UInt8(ascii: "<"): return cursor.peek(bytes, 1).isDigit
    default: return beginsWithDate(bytes, start, end) || beginsWithClock(bytes, start, end)
    }
  }

  /// Whether `YYYY-MM-DD` or `YYYY/MM/DD` begins here.
  static func beginsWithDate(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard start + 10 <= end else { return false }
    let mark = bytes[start + 4]
    guard mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/"), bytes[start + 7] == mark else { return false }
    for offset in [0, 1, 2, 3, 5, 6, 8, 9] where !bytes[start + offset].isDigit { return false }
    return true
  }

  /// Where the payload of a line without framing begins: behind the indentation of a pasted record.
  ///
  /// Tracebacks and listings are indented too, and stay as they are.
  static func unindented(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Range<Int> {
    guard let first = line.first, bytes[first] == .blank else { return line }
    var cursor = LineCursor(at: first, end: line.upperBound)
    guard cursor.skipBlanks(bytes) <= deepestIndent, isUnmistakable(bytes, cursor) else { return line }
    return cursor.at..<line.upperBound
  }

  /// A full date with a time, or `[hh:mm:ss`, begins a record wherever it stands.
  private static func isUnmistakable(_ bytes: Span<UInt8>, _ cursor: LineCursor) -> Bool {
    if cursor.peek(bytes) == UInt8(ascii: "[") { return beginsWithClock(bytes, cursor.at + 1, cursor.end) }
    return beginsWithDate(bytes, cursor.at, cursor.end)
      && (cursor.peek(bytes, 10) == .blank || cursor.peek(bytes, 10) == UInt8(ascii: "T"))
      && beginsWithClock(bytes, cursor.at + 11, cursor.end)
  }

  private static func beginsWithClock(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard start + 8 <= end else { return false }
    var cursor = LineCursor(at: start, end: end)
    return StampReader.clock(bytes, &cursor) != nil
  }
}
