import Model

/// Framings that begin with a full date: `docker logs -t`, CRI, journald's iso forms, svlogd and Docker Desktop.
///
/// A component's own date looks much the same. What tells them apart: Docker and the kubelet print nine digits of a
/// second, CRI names the stream, journald a host and a program, and Docker Desktop is followed by a second date.
enum DatedFraming {
  static func recognise(
    _ bytes: Span<UInt8>,
    _ line: LineCursor,
    _ stamps: inout StampReader,
    _ familiar: inout FamiliarNames
  ) -> Recognition? {
    switch line.peek(bytes, 10) {
    case UInt8(ascii: "T"): return zoned(bytes, line, &stamps, &familiar)
    case UInt8(ascii: "_"): return svlogd(bytes, line, &stamps, &familiar)
    case .blank: return desktop(bytes, line, &stamps, &familiar)
    default: return nil
    }
  }

  private static func zoned(
    _ bytes: Span<UInt8>,
    _ line: LineCursor,
    _ stamps: inout StampReader,
    _ familiar: inout FamiliarNames
  ) -> Recognition? {
    var cursor = line
    guard let time = stamps.zonedDateTime(bytes, &cursor), cursor.isAtEnd || cursor.skip(.blank, bytes) else {
      return nil
    }
    if let found = cri(bytes, cursor, time.stamp) { return found }
    if time.fractionDigits <= 6, let prefix = HostPrefix(bytes, cursor),
      familiar.accepts(prefix, bytes)
    {
      return JournalFraming.recognition(.journaldISO, prefix, time.stamp)
    }
    guard isCollectorTime(time, bytes, cursor) else { return nil }
    return Recognition(framing: .dockerTimestamps, payload: cursor.at..<cursor.end, outer: time.stamp)
  }

  /// Whether the time before the cursor is a collector's and not the component's own.
  static func isCollectorTime(_ time: PrintedTime, _ bytes: Span<UInt8>, _ cursor: LineCursor) -> Bool {
    guard !isDockerEvent(bytes, cursor) else { return false }
    return time.fractionDigits >= 7 || LineShape.beginsWithDate(bytes, cursor.at, cursor.end)
  }

  /// `docker events` prints nine digits too, but they are its own.
  private static func isDockerEvent(_ bytes: Span<UInt8>, _ cursor: LineCursor) -> Bool {
    bytes.has("container ", at: cursor.at, end: cursor.end) || bytes.has("network ", at: cursor.at, end: cursor.end)
      || bytes.has("volume ", at: cursor.at, end: cursor.end) || bytes.has("image ", at: cursor.at, end: cursor.end)
  }

  /// `stdout F …`, the kubelet's log files on a node; `P` is a part that goes on in the next line of its stream.
  private static func cri(_ bytes: Span<UInt8>, _ start: LineCursor, _ outer: Stamp) -> Recognition? {
    var cursor = start
    let stream: UInt8
    if cursor.skip("stdout ", bytes) {
      stream = 1
    } else if cursor.skip("stderr ", bytes) {
      stream = 2
    } else {
      return nil
    }
    let flag = cursor.peek(bytes)
    let isPart = flag == UInt8(ascii: "P")
    guard isPart || flag == UInt8(ascii: "F") else { return nil }
    cursor.at += 1
    if cursor.peek(bytes) == .colon { _ = cursor.word(bytes) }
    guard cursor.isAtEnd || cursor.skip(.blank, bytes) else { return nil }
    return Recognition(
      framing: .cri,
      payload: cursor.at..<cursor.end,
      outer: outer,
      completeness: isPart ? .begun(stream: stream) : .ended(stream: stream)
    )
  }

  /// `2018-01-29_10:13:01.21047 …`, in UTC; GitLab's packages put `host program: ` after it.
  private static func svlogd(
    _ bytes: Span<UInt8>,
    _ line: LineCursor,
    _ stamps: inout StampReader,
    _ familiar: inout FamiliarNames
  ) -> Recognition? {
    var cursor = line
    guard var time = stamps.dateTime(bytes, &cursor, separator: UInt8(ascii: "_")),
      cursor.isAtEnd || cursor.skip(.blank, bytes)
    else { return nil }
    time.stamp.zoneOffset = 0
    return svlogd(bytes, cursor, time.stamp, &familiar)
  }

  /// `@400000005f842f7f18f7c6bc …`, svlogd's other label.
  static func tai64n(
    _ bytes: Span<UInt8>,
    _ line: LineCursor,
    _ stamps: StampReader,
    _ familiar: inout FamiliarNames
  ) -> Recognition? {
    var cursor = line
    guard cursor.skip(UInt8(ascii: "@"), bytes), let stamp = stamps.tai64n(bytes, &cursor),
      cursor.isAtEnd || cursor.skip(.blank, bytes)
    else { return nil }
    return svlogd(bytes, cursor, stamp, &familiar)
  }

  private static func svlogd(
    _ bytes: Span<UInt8>,
    _ cursor: LineCursor,
    _ outer: Stamp,
    _ familiar: inout FamiliarNames
  ) -> Recognition {
    if let prefix = HostPrefix(bytes, cursor), familiar.accepts(prefix, bytes) {
      return JournalFraming.recognition(.svlogd, prefix, outer)
    }
    return Recognition(framing: .svlogd, payload: cursor.at..<cursor.end, outer: outer)
  }

  /// `2024-10-19 09:51:17 2024-10-19 07:51:17,742 INFO …`: local time without a zone, then the component's own.
  private static func desktop(
    _ bytes: Span<UInt8>,
    _ line: LineCursor,
    _ stamps: inout StampReader,
    _ familiar: inout FamiliarNames
  ) -> Recognition? {
    guard line.peek(bytes, 19) == .blank else { return nil }
    var cursor = line
    let isSecondDate = LineShape.beginsWithDate(bytes, line.at + 20, line.end)
    guard isSecondDate || familiar.hasDesktopTimes else { return nil }
    guard let time = stamps.dateTime(bytes, &cursor, separator: .blank), cursor.skip(.blank, bytes) else { return nil }
    familiar.hasDesktopTimes = true
    return Recognition(framing: .dockerTimestamps, payload: cursor.at..<cursor.end, outer: time.stamp)
  }
}
