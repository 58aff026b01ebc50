import Model

/// `name   | payload`, as docker compose and docker-compose print it, and `[name] | payload` of podman-compose.
///
/// The name is padded to the longest one, so the bar moves when a longer name joins.
enum ComposeFraming {
  static func recognise(
    _ bytes: Span<UInt8>,
    _ line: LineCursor,
    _ stamps: inout StampReader,
    _ familiar: inout FamiliarNames,
    isCurrent: Bool
  ) -> Recognition? {
    var cursor = line
    let indent = cursor.skipBlanks(bytes)
    guard indent <= LineShape.deepestIndent, let name = name(bytes, &cursor), cursor.skipBlanks(bytes) > 0 else {
      return nil
    }
    let column = cursor.at - line.at
    guard cursor.skip(.bar, bytes), cursor.isAtEnd || cursor.skip(.blank, bytes) else { return nil }
    let isPlausible = isPlausible(bytes, name, cursor, indent, column, familiar, isCurrent: isCurrent)
    guard isPlausible else { return nil }
    familiar.composeColumn = column
    familiar.learnContainer(bytes, name)
    var found = Recognition(
      framing: .compose,
      nameKind: .container,
      name: name,
      payload: cursor.at..<cursor.end
    )
    if let time = collectorTime(bytes, &cursor, &stamps) {
      found.framing = .composeTimestamps
      found.outer = time
      found.payload = cursor.at..<cursor.end
    }
    return found
  }

  /// Steps over the time that `--timestamps` puts before the payload.
  static func collectorTime(
    _ bytes: Span<UInt8>,
    _ cursor: inout LineCursor,
    _ stamps: inout StampReader
  ) -> Stamp? {
    guard cursor.peek(bytes, 10) == UInt8(ascii: "T") else { return nil }
    var rest = cursor
    guard let time = stamps.zonedDateTime(bytes, &rest), rest.isAtEnd || rest.skip(.blank, bytes),
      DatedFraming.isCollectorTime(time, bytes, rest)
    else { return nil }
    cursor = rest
    return time.stamp
  }

  private static func name(_ bytes: Span<UInt8>, _ cursor: inout LineCursor) -> Range<Int>? {
    var rest = cursor
    let isBracketed = rest.skip(UInt8(ascii: "["), bytes)
    let first = rest.at
    guard rest.peek(bytes).isLetter || rest.peek(bytes).isDigit else { return nil }
    while !rest.isAtEnd, isNameByte(rest.peek(bytes)) { rest.at += 1 }
    let name = first..<rest.at
    guard name.count <= 128, !isBracketed || rest.skip(UInt8(ascii: "]"), bytes) else { return nil }
    cursor = rest
    return name
  }

  /// Swarm prints `service.1.id@node`, Compose with several projects `project/service`.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isNameByte || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "/")
  }

  /// A bar alone proves little: tables have them too.
  ///
  /// A record behind it, a known name and the known column do.
  private static func isPlausible(
    _ bytes: Span<UInt8>,
    _ name: Range<Int>,
    _ payload: LineCursor,
    _ indent: Int,
    _ column: Int,
    _ familiar: FamiliarNames,
    isCurrent: Bool
  ) -> Bool {
    if LineShape.looksLikeRecord(bytes, payload.at, payload.end) { return true }
    let isKnown = familiar.knowsContainer(bytes, name)
    guard isKnown || isCurrent && indent == 0 else { return false }
    if column == familiar.composeColumn { return true }
    // A member's row in a table begins with its name too.
    return indent == 0 && !hasFurtherBar(bytes, payload)
  }

  private static func hasFurtherBar(_ bytes: Span<UInt8>, _ payload: LineCursor) -> Bool {
    var position = payload.at
    let end = min(payload.end, payload.at + 256)
    while position + 2 < end {
      if bytes[position] == .blank, bytes[position + 1] == .bar, bytes[position + 2] == .blank { return true }
      position += 1
    }
    return false
  }
}
