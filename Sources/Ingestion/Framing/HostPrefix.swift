/// `host identifier[pid]: ` as journald and syslog put it after their time.
struct HostPrefix {
  var host: Range<Int>
  var identifier: Range<Int>
  /// Without a process id the shape alone proves little: `could not: …` has it too.
  var hasProcessID: Bool
  var payload: Range<Int>
  var encoding: Recognition.Encoding = .verbatim

  /// Reads the prefix at the cursor; nil if the bytes have another shape.
  init?(_ bytes: Span<UInt8>, _ cursor: LineCursor) {
    var rest = cursor
    host = rest.word(bytes)
    guard Self.isHost(bytes, host), rest.skip(.blank, bytes) else { return nil }
    guard let hasProcessID = Self.skipIdentifier(bytes, &rest) else { return nil }
    self.hasProcessID = hasProcessID.hasProcessID
    identifier = hasProcessID.name
    _ = rest.skip(.blank, bytes)
    Self.skipChunkNumber(bytes, &rest)
    payload = rest.at..<rest.end
    if bytes.has("#011", at: rest.at, end: rest.end) { encoding = .octalEscapes }
  }

  /// Whether the word may be a host's name; levels stand in the same place in other programs' lines.
  static func isHost(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Bool {
    guard (1...255).contains(word.count) else { return false }
    let first = bytes[word.lowerBound]
    guard first.isLetter || first.isDigit || first == UInt8(ascii: "-") && word.count == 1 else { return false }
    guard bytes[word.upperBound - 1] != .colon else { return false }
    for position in word where !bytes[position].isNameByte && bytes[position] != .colon { return false }
    return !isLevel(bytes, word)
  }

  private static func isLevel(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Bool {
    guard word.count <= 9 else { return false }
    for level in levels where word.count == level.utf8CodeUnitCount {
      let isSame = level.withUTF8Buffer { wanted in
        for offset in 0..<word.count where bytes[word.lowerBound + offset] & 0xDF != wanted[offset] { return false }
        return true
      }
      if isSame { return true }
    }
    return false
  }

  private static let levels: [StaticString] = [
    "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "FATAL", "PANIC", "CRITICAL", "TRACE", "LOG",
  ]

  /// Steps over `identifier[pid]:` or `identifier:`.
  private static func skipIdentifier(
    _ bytes: Span<UInt8>,
    _ cursor: inout LineCursor
  ) -> (name: Range<Int>, hasProcessID: Bool)? {
    let first = cursor.at
    while !cursor.isAtEnd, cursor.at - first <= 128 {
      switch cursor.peek(bytes) {
      case .blank, .quote: return nil
      case UInt8(ascii: "["):
        let name = first..<cursor.at
        cursor.at += 1
        guard !name.isEmpty, cursor.number(upTo: 10, bytes) != nil, cursor.skip("]:", bytes) else { return nil }
        return (name, true)
      case .colon where cursor.at + 1 == cursor.end || cursor.peek(bytes, 1) == .blank:
        let name = first..<cursor.at
        cursor.at += 1
        return name.isEmpty ? nil : (name, false)
      default: cursor.at += 1
      }
    }
    return nil
  }

  /// Steps over the `[12-1] ` with which PostgreSQL numbers what it sends to syslog.
  private static func skipChunkNumber(_ bytes: Span<UInt8>, _ cursor: inout LineCursor) {
    var rest = cursor
    guard rest.skip(UInt8(ascii: "["), bytes), rest.number(upTo: 12, bytes) != nil,
      rest.skip(UInt8(ascii: "-"), bytes), rest.number(upTo: 12, bytes) != nil,
      rest.skip("]", bytes), rest.isAtEnd || rest.skip(.blank, bytes)
    else { return }
    cursor = rest
  }
}
