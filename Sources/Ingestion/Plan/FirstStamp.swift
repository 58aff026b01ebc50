import Model

/// The first time that a file's lines print, to put files in order; its zone is not looked at.
struct FirstStamp: Hashable {
  var milliseconds: Int64
  var hasYear: Bool

  /// How far into a line a time may stand, behind a prefix.
  private static let farthest = 96

  /// Finds the first date and time near the beginning of a line in `head`.
  init?(_ head: ArraySlice<UInt8>) {
    let bytes = Array(head)
    let span = bytes.span
    var stamps = StampReader()
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      if let found = Self.find(span, start, end, &stamps) {
        self = found
        return
      }
      start = end + 1
    }
    return nil
  }

  private init(milliseconds: Int64, hasYear: Bool) {
    self.milliseconds = milliseconds
    self.hasYear = hasYear
  }

  private static func find(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ stamps: inout StampReader) -> FirstStamp? {
    for position in start..<max(start, min(end, start + farthest)) {
      let cursor = LineCursor(at: position, end: end)
      let isStart = position == start || !bytes[position - 1].isLetter && !bytes[position - 1].isDigit
      guard isStart, let found = read(bytes, cursor, &stamps) else { continue }
      return found
    }
    return nil
  }

  private static func read(_ bytes: Span<UInt8>, _ cursor: LineCursor, _ stamps: inout StampReader) -> FirstStamp? {
    for separator in [UInt8.blank, UInt8(ascii: "T"), UInt8(ascii: "_")] {
      var rest = cursor
      if let time = stamps.dateTime(bytes, &rest, separator: separator) {
        return FirstStamp(milliseconds: time.stamp.milliseconds, hasYear: true)
      }
    }
    var rest = cursor
    guard cursor.peek(bytes).isLetter || cursor.peek(bytes) >= 0x80 else { return nil }
    guard let time = stamps.monthDayTime(bytes, &rest) else { return nil }
    return FirstStamp(milliseconds: time.stamp.milliseconds, hasYear: false)
  }
}
