import CByteScan

/// Bytes as they were read, and the lines found in them so far.
///
/// A line that is not finished is carried over. Of a line longer than `longestLine` the beginning is kept and the rest
/// dropped while it is read, so that memory stays bounded whatever the input.
struct LineBuffer: Sendable {
  /// How much is asked of a file at once, at most and at first: most logs of an incident are small.
  static let blockSize = 256 * 1024
  private static let firstBlockSize = 16 * 1024
  /// How many bytes of one line are kept.
  static let longestLine = 1 << 20

  private(set) var bytes: [UInt8] = []
  /// How many of `bytes` are in use.
  private(set) var filled = 0
  /// The finished lines that nobody has taken yet.
  private(set) var cuts: [LineCut] = []
  private var isDropping = false
  private var index = LineFeedIndex()
  /// Where the line that is not finished yet begins.
  private var lineStart: Int { index.lineStart }
  private var blockSize = firstBlockSize

  /// The bytes at hand, of which nothing has been taken yet if a file has just begun.
  var unfinishedHead: ArraySlice<UInt8> { bytes[..<filled] }

  /// Lets `read` write a block; returns how many bytes it wrote.
  mutating func fill(_ read: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
    makeRoom(for: blockSize)
    let (from, size) = (filled, blockSize)
    let count = bytes.withUnsafeMutableBytes { all in
      read(UnsafeMutableRawBufferPointer(rebasing: all[from..<from + size]))
    }
    if count == size { blockSize = min(size * 4, Self.blockSize) }
    absorb(min(max(count, 0), size))
    return count
  }

  /// Appends bytes that somebody else has read.
  mutating func append(_ new: [UInt8]) {
    makeRoom(for: new.count)
    let from = filled
    bytes.withUnsafeMutableBytes { all in
      new.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: all[from...]).copyMemory(from: $0) }
    }
    absorb(new.count)
  }

  /// Makes a line of what follows the last line feed.
  mutating func finish() {
    if filled > lineStart {
      cuts.append(LineCut(lineStart..<filled, isDirty: true))
      index.hasFoundDirt = true
    }
    isDropping = false
    index.reset(at: filled)
  }

  /// Removes escape sequences, carriage returns and whatever exceeds the longest line from the lines found.
  mutating func clean() {
    guard index.hasFoundDirt else { return }
    index.hasFoundDirt = false
    for position in cuts.indices where cuts[position].is_dirty {
      let line = cuts[position].range
      var end = min(line.upperBound, line.lowerBound + Self.longestLine)
      end = EscapeSequences.strip(&bytes, line.lowerBound, end)
      while end > line.lowerBound, bytes[end - 1] == 0x0D { end -= 1 }
      cuts[position] = LineCut(line.lowerBound..<end, isDirty: false)
    }
  }

  /// Undoes in the lines found what was done to their characters; a line that was repaired before stays as it is.
  mutating func repair(with repair: TextRepair) {
    for position in cuts.indices where !cuts[position].is_repaired {
      let line = cuts[position].range
      let end = repair.apply(to: &bytes, line.lowerBound, line.upperBound)
      cuts[position] = LineCut(line.lowerBound..<end, isDirty: cuts[position].is_dirty)
      cuts[position].is_repaired = true
    }
  }

  /// Goes on in another buffer, so that whoever holds this one may keep it; all lines found must have been taken.
  mutating func move(to spare: consuming [UInt8]) {
    let length = filled - lineStart
    let needed = length + blockSize
    if spare.count < needed { spare.append(contentsOf: repeatElement(0, count: needed - spare.count)) }
    spare.withUnsafeMutableBytes { target in
      bytes.withUnsafeBytes { source in
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[lineStart..<filled]))
      }
    }
    bytes = spare
    index.dropFirst(lineStart)
    filled = length
  }

  /// Forgets the lines found, once they have been dealt with.
  mutating func discardCuts() {
    cuts.removeAll(keepingCapacity: true)
  }

  private mutating func absorb(_ count: Int) {
    let from = filled
    filled += count
    if isDropping { dropRest(of: from) }
    index.find(in: bytes, filled: filled, into: &cuts)
    guard filled - lineStart > Self.longestLine else { return }
    filled = lineStart + Self.longestLine
    index.truncate(to: filled)
    isDropping = true
  }

  /// Drops what belongs to a line of which enough is kept.
  private mutating func dropRest(of from: Int) {
    let length = filled - from
    let feed = index.firstFeed(in: bytes, from: from, to: filled)
    guard let feed else {
      filled = from
      return
    }
    isDropping = false
    bytes.withUnsafeMutableBytes { all in
      let rest = UnsafeRawBufferPointer(rebasing: all[feed..<from + length])
      UnsafeMutableRawBufferPointer(rebasing: all[from...]).copyMemory(from: rest)
    }
    filled = from + (from + length - feed)
  }

  /// Moves the unfinished line to the front, if no finished line is in the way, and lengthens the buffer if need be.
  private mutating func makeRoom(for count: Int) {
    if cuts.isEmpty, lineStart > 0 {
      let start = lineStart
      let length = filled - start
      bytes.withUnsafeMutableBytes { all in
        let rest = UnsafeRawBufferPointer(rebasing: all[start..<start + length])
        all.copyMemory(from: rest)
      }
      index.dropFirst(start)
      filled = length
    }
    if bytes.count < filled + count {
      bytes.append(contentsOf: repeatElement(0, count: filled + count - bytes.count))
    }
  }
}
