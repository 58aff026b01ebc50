import CByteScan

/// One line in the buffer, without its line feed.
struct LineCut {
  var start: Int
  var end: Int
  /// Whether it has to be cleaned: it holds a NUL or an escape sequence, ends with a carriage return, or is too long.
  var isDirty: Bool
  /// Whether `TextRepair` has been applied; twice would turn `&amp;lt;` into `<`.
  var isRepaired = false
}

/// Finds line feeds in a growing buffer, never looking at a byte twice.
struct LineFeedIndex: Sendable {
  private static let batch = 4096

  /// Up to where the buffer has been looked at.
  private var scanned = 0
  /// Whether the line that is not finished yet holds a NUL or an escape sequence.
  private var dirt: UInt32 = 0
  private var ends = [UInt32](repeating: 0, count: batch)

  /// Whether the unfinished line has to be cleaned.
  var hasDirt: Bool { dirt != 0 }
  /// Whether a line found since this was last set to false has to be cleaned.
  var hasFoundDirt = false

  /// Appends the lines that end in `buffer[..<filled]`, the first of which begins at `start`; returns the next start.
  mutating func find(in buffer: [UInt8], filled: Int, from start: Int, into cuts: inout [LineCut]) -> Int {
    var lineStart = start
    while true {
      let count = search(buffer, filled)
      for index in 0..<count {
        let end = Int(ends[index] & ~Self.dirtyBit)
        let isDirty = ends[index] & Self.dirtyBit != 0 || end - lineStart > LineBuffer.longestLine
        if isDirty { hasFoundDirt = true }
        cuts.append(LineCut(start: lineStart, end: end, isDirty: isDirty))
        lineStart = end + 1
      }
      guard count == Self.batch else { break }
      scanned = lineStart
      dirt = 0
    }
    scanned = filled
    return lineStart
  }

  /// Notes that the first `count` bytes of the buffer are gone.
  mutating func dropFirst(_ count: Int) {
    scanned = max(0, scanned - count)
  }

  /// Notes that the buffer was cut to `filled` bytes.
  mutating func truncate(to filled: Int) {
    scanned = min(scanned, filled)
  }

  /// Begins anew with the line that starts at `position`.
  mutating func reset(at position: Int) {
    scanned = position
    dirt = 0
  }

  /// Where the first line feed in `buffer[from..<to]` is.
  func firstFeed(in buffer: [UInt8], from: Int, to: Int) -> Int? {
    guard from < to, to <= buffer.count else { return nil }
    let offset = buffer.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { byte_scan_find($0 + from, to - from, 0x0A) } ?? to - from
    }
    return offset < to - from ? from + offset : nil
  }

  private static let dirtyBit = UInt32(0x8000_0000)

  private mutating func search(_ buffer: [UInt8], _ filled: Int) -> Int {
    let from = scanned
    guard from < filled, filled <= buffer.count, filled < Int(Int32.max) else { return 0 }
    return buffer.withUnsafeBufferPointer { bytes in
      ends.withUnsafeMutableBufferPointer { ends in
        byte_scan_lines(bytes.baseAddress, from, filled, ends.baseAddress, ends.count, &dirt)
      }
    }
  }
}
