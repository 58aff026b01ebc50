import Model

/// File names between or before the lines of several files.
enum PathHeading {
  /// `==> /var/log/postgresql/postgresql-17-main.log <==`, which `tail` and `head` print before each file's lines.
  static func tail(_ bytes: Span<UInt8>, _ line: LineCursor) -> Recognition? {
    var cursor = line
    guard cursor.skip("==> ", bytes) else { return nil }
    let end = line.end - 4
    guard end > cursor.at, end - cursor.at <= 1024, bytes.has(" <==", at: end, end: line.end) else { return nil }
    return Recognition(
      framing: .plain,
      nameKind: .path,
      name: cursor.at..<end,
      payload: line.at..<line.end,
      completeness: .announcement
    )
  }

  /// `pg2.log:118:…` or `pg2.log:…`, as `grep` prints the lines of several files.
  static func grep(_ bytes: Span<UInt8>, _ line: LineCursor) -> Recognition? {
    var cursor = line
    while isPathByte(cursor.peek(bytes)), cursor.at - line.at <= 256 { cursor.at += 1 }
    let path = line.at..<cursor.at
    guard path.count > 4, isLogFile(bytes, path), cursor.skip(.colon, bytes) else { return nil }
    var numbered = cursor
    if numbered.number(upTo: 9, bytes) != nil, numbered.skip(.colon, bytes) { cursor = numbered }
    return Recognition(framing: .plain, nameKind: .path, name: path, payload: cursor.at..<cursor.end)
  }

  private static func isPathByte(_ byte: UInt8) -> Bool {
    byte.isNameByte || byte == UInt8(ascii: "/")
  }

  private static func isLogFile(_ bytes: Span<UInt8>, _ path: Range<Int>) -> Bool {
    bytes.has(".log", at: path.upperBound - 4, end: path.upperBound)
      || bytes.has(".csv", at: path.upperBound - 4, end: path.upperBound)
      || bytes.has(".txt", at: path.upperBound - 4, end: path.upperBound)
  }
}
