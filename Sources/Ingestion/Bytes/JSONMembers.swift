/// Walks over the members of a JSON object without building values.
///
/// It is lenient: what is not JSON ends the walk. Nested values are stepped over in one pass, without recursion.
struct JSONMembers {
  private var cursor: LineCursor
  private var isFirst = true

  /// Begins at the `{` at the start of `range`.
  init(_ range: Range<Int>) {
    cursor = LineCursor(at: range.lowerBound, end: range.upperBound)
  }

  /// The next key without its quotes, and its value as written.
  mutating func next(_ bytes: Span<UInt8>) -> (key: Range<Int>, value: Range<Int>)? {
    skipSpace(bytes)
    guard cursor.skip(isFirst ? UInt8(ascii: "{") : UInt8(ascii: ","), bytes) else { return nil }
    isFirst = false
    skipSpace(bytes)
    guard let key = string(bytes) else { return nil }
    skipSpace(bytes)
    guard cursor.skip(.colon, bytes) else { return nil }
    skipSpace(bytes)
    let first = cursor.at
    guard skipValue(bytes) else { return nil }
    return (key, first..<cursor.at)
  }

  /// The inside of the quotes if the value is a string.
  static func stringContent(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Range<Int>? {
    guard value.count >= 2, bytes[value.lowerBound] == .quote else { return nil }
    return value.lowerBound + 1..<value.upperBound - 1
  }

  private mutating func skipSpace(_ bytes: Span<UInt8>) {
    while cursor.peek(bytes) == .blank || cursor.peek(bytes) == .tab { cursor.at += 1 }
  }

  private mutating func string(_ bytes: Span<UInt8>) -> Range<Int>? {
    guard cursor.skip(.quote, bytes) else { return nil }
    let first = cursor.at
    while cursor.at < cursor.end {
      switch bytes[cursor.at] {
      case .quote:
        cursor.at += 1
        return first..<cursor.at - 1
      case .backslash: cursor.at += 2
      default: cursor.at += 1
      }
    }
    return nil
  }

  private mutating func skipValue(_ bytes: Span<UInt8>) -> Bool {
    var depth = 0
    while cursor.at < cursor.end {
      switch bytes[cursor.at] {
      case .quote:
        guard string(bytes) != nil else { return false }
        if depth == 0 { return true }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        cursor.at += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return true }
        depth -= 1
        cursor.at += 1
        if depth == 0 { return true }
      case UInt8(ascii: ",") where depth == 0: return true
      default: cursor.at += 1
      }
    }
    return false
  }
}
