import CByteScan

/// One line in the buffer, without its line feed.
typealias LineCut = line_cut

extension LineCut {
  /// The line's bytes.
  var range: Range<Int> { Int(start)..<Int(end) }

  init(_ range: Range<Int>, isDirty: Bool) {
    self.init(
      start: UInt32(truncatingIfNeeded: range.lowerBound),
      end: UInt32(truncatingIfNeeded: range.upperBound),
      is_dirty: isDirty,
      is_repaired: false
    )
  }
}

/// Finds line feeds in a growing buffer, never looking at a byte twice.
struct LineFeedIndex: Sendable {
  private static let batch = 4096

  private var scan = line_scan()

  init() {
    scan.longest = LineBuffer.longestLine
  }

  /// Where the line that is not finished yet begins.
  var lineStart: Int { scan.line_start }

  /// Whether a line found since this was last set to false has to be cleaned.
  var hasFoundDirt: Bool {
    get { scan.has_cut_dirt }
    set { scan.has_cut_dirt = newValue }
  }

  /// Appends the lines that end in `buffer[..<filled]`.
  mutating func find(in buffer: [UInt8], filled: Int, into cuts: inout [LineCut]) {
    guard filled <= buffer.count, filled < Int(UInt32.max) else { return }
    if cuts.isEmpty { cuts = search(buffer, filled) }
    while scan.scanned < filled { cuts += search(buffer, filled) }
  }

  /// Notes that the first `count` bytes of the buffer are gone.
  mutating func dropFirst(_ count: Int) {
    scan.scanned = max(0, scan.scanned - count)
    scan.line_start = max(0, scan.line_start - count)
  }

  /// Notes that the buffer was cut to `filled` bytes.
  mutating func truncate(to filled: Int) {
    scan.scanned = min(scan.scanned, filled)
  }

  /// Begins anew with the line that starts at `position`.
  mutating func reset(at position: Int) {
    scan.scanned = position
    scan.line_start = position
    scan.is_dirty = false
  }

  /// Where the first line feed in `buffer[from..<to]` is.
  func firstFeed(in buffer: [UInt8], from: Int, to: Int) -> Int? {
    guard from < to, to <= buffer.count else { return nil }
    let offset = buffer.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { byte_scan_find($0 + from, to - from, 0x0A) } ?? to - from
    }
    return offset < to - from ? from + offset : nil
  }

  private mutating func search(_ buffer: [UInt8], _ filled: Int) -> [LineCut] {
    [LineCut](unsafeUninitializedCapacity: Self.batch) { found, count in
      count = buffer.withUnsafeBufferPointer { bytes in
        byte_scan_lines(bytes.baseAddress, filled, &scan, found.baseAddress, found.count)
      }
    }
  }
}
