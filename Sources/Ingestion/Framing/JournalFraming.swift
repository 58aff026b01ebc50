import Model

/// What `journalctl` prints in its `short` family, which rsyslog's files share.
///
/// From journalctl(1), `--output`: short, short-precise, short-iso, short-full, short-unix, short-monotonic, with-unit.
enum JournalFraming {
  /// Reads `Aug 10 21:57:43 pg2 patroni[812]: …`.
  static func short(_ bytes: Span<UInt8>, _ line: LineCursor, _ stamps: StampReader) -> Recognition? {
    var cursor = line
    guard let time = stamps.monthDayTime(bytes, &cursor), cursor.skip(.blank, bytes) else { return nil }
    guard let prefix = HostPrefix(bytes, cursor) else { return nil }
    return recognition(.journaldShort, prefix, time.stamp)
  }

  /// Reads `Sun 2025-08-10 21:57:43 UTC pg2 patroni[812]: …`.
  static func full(_ bytes: Span<UInt8>, _ line: LineCursor, _ stamps: inout StampReader) -> Recognition? {
    var cursor = line
    guard (2...12).contains(cursor.word(bytes).count), cursor.skip(.blank, bytes),
      var time = stamps.dateTime(bytes, &cursor, separator: .blank), cursor.skip(.blank, bytes)
    else { return nil }
    time.stamp.zoneOffset = zone(bytes, &cursor)
    guard cursor.skip(.blank, bytes), let prefix = HostPrefix(bytes, cursor) else { return nil }
    return recognition(.journaldShort, prefix, time.stamp)
  }

  /// Reads `1754863063.741204 pg2 patroni[812]: …`.
  static func unix(_ bytes: Span<UInt8>, _ line: LineCursor, _ stamps: StampReader) -> Recognition? {
    var cursor = line
    guard let time = stamps.epoch(bytes, &cursor), cursor.skip(.blank, bytes),
      let prefix = HostPrefix(bytes, cursor)
    else { return nil }
    return recognition(.journaldShort, prefix, time.stamp)
  }

  /// `[ 1234.567890] pg2 patroni[812]: …`, seconds since the host's boot, which say nothing of the date.
  static func monotonic(_ bytes: Span<UInt8>, _ line: LineCursor) -> Recognition? {
    var cursor = line
    guard cursor.skip(UInt8(ascii: "["), bytes) else { return nil }
    cursor.skipBlanks(bytes)
    guard cursor.number(upTo: 10, bytes) != nil, cursor.skip(UInt8(ascii: "."), bytes),
      cursor.number(upTo: 9, bytes) != nil, cursor.skip("] ", bytes),
      let prefix = HostPrefix(bytes, cursor), prefix.hasProcessID
    else { return nil }
    return recognition(.journaldShort, prefix, nil)
  }

  static func recognition(_ framing: Framing, _ prefix: HostPrefix, _ outer: Stamp?) -> Recognition {
    Recognition(
      framing: framing,
      nameKind: .host,
      name: prefix.host,
      identifier: prefix.identifier,
      payload: prefix.payload,
      outer: outer,
      encoding: prefix.encoding
    )
  }

  /// An offset where the zone says one; names such as `CEST` are ambiguous and give none.
  private static func zone(_ bytes: Span<UInt8>, _ cursor: inout LineCursor) -> Int32? {
    var numeric = cursor
    if let offset = StampReader.offset(bytes, &numeric), numeric.peek(bytes) == .blank {
      cursor = numeric
      return offset
    }
    let name = cursor.word(bytes)
    return bytes.equal(name, "UTC") || bytes.equal(name, "GMT") ? 0 : nil
  }
}
