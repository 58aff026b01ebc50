import Model

/// Syslog lines that still have their priority: `<134>…`, as RFC 3164 and RFC 5424 define it.
///
/// HAProxy writes `<134>Aug 10 21:57:24 haproxy[8]: …` to its own standard output, without a host: that is a component's
/// line and is not taken apart here.
enum SyslogFraming {
  static func recognise(_ bytes: Span<UInt8>, _ line: LineCursor, _ stamps: inout StampReader) -> Recognition? {
    var cursor = line
    guard cursor.skip(UInt8(ascii: "<"), bytes), let priority = cursor.number(upTo: 3, bytes), priority <= 191,
      cursor.skip(UInt8(ascii: ">"), bytes)
    else { return nil }
    if cursor.skip("1 ", bytes) { return rfc5424(bytes, cursor, &stamps) }
    guard var found = rfc3164(bytes, cursor, &stamps) else { return nil }
    found.framing = .syslogRFC3164
    return found
  }

  private static func rfc3164(
    _ bytes: Span<UInt8>,
    _ cursor: LineCursor,
    _ stamps: inout StampReader
  ) -> Recognition? {
    if let short = JournalFraming.short(bytes, cursor, stamps) { return short }
    var rest = cursor
    guard let time = stamps.zonedDateTime(bytes, &rest), rest.skip(.blank, bytes),
      let prefix = HostPrefix(bytes, rest)
    else { return nil }
    return JournalFraming.recognition(.syslogRFC3164, prefix, time.stamp)
  }

  /// Reads `<129>1 2025-08-10T21:57:41.104+00:00 lb1 haproxy 8 - - Server …` behind the priority and version.
  private static func rfc5424(
    _ bytes: Span<UInt8>,
    _ start: LineCursor,
    _ stamps: inout StampReader
  ) -> Recognition? {
    var cursor = start
    let time = stamps.zonedDateTime(bytes, &cursor)
    if time == nil {
      guard cursor.skip(UInt8(ascii: "-"), bytes) else { return nil }
    }
    guard cursor.skip(.blank, bytes) else { return nil }
    let host = cursor.word(bytes)
    guard HostPrefix.isHost(bytes, host), cursor.skip(.blank, bytes) else { return nil }
    let application = cursor.word(bytes)
    for _ in 0..<2 {
      guard cursor.skip(.blank, bytes), !cursor.word(bytes).isEmpty else { return nil }
    }
    guard cursor.skip(.blank, bytes), skipStructuredData(bytes, &cursor) else { return nil }
    _ = cursor.skip(.blank, bytes)
    // A byte order mark tells that the text is UTF-8.
    _ = cursor.skip("\u{FEFF}", bytes)
    return Recognition(
      framing: .syslogRFC5424,
      nameKind: .host,
      name: host,
      identifier: bytes.equal(application, "-") ? 0..<0 : application,
      payload: cursor.at..<cursor.end,
      outer: time?.stamp,
      encoding: bytes.has("#011", at: cursor.at, end: cursor.end) ? .octalEscapes : .verbatim
    )
  }

  /// Steps over `-` or any number of `[id name="value" …]`.
  private static func skipStructuredData(_ bytes: Span<UInt8>, _ cursor: inout LineCursor) -> Bool {
    if cursor.skip(UInt8(ascii: "-"), bytes) { return true }
    guard cursor.peek(bytes) == UInt8(ascii: "[") else { return false }
    var isQuoted = false
    while !cursor.isAtEnd {
      let byte = cursor.peek(bytes)
      cursor.at += 1
      if byte == .quote { isQuoted.toggle() }
      if isQuoted, byte == .backslash { cursor.at += 1 }
      if !isQuoted, byte == UInt8(ascii: "]"), cursor.peek(bytes) != UInt8(ascii: "[") { return true }
    }
    return false
  }
}
