import Model

/// The level words of all components, found by their first byte.
struct LevelTable {
  private struct Entry {
    /// The first eight bytes of the word.
    var word: UInt64
    var mask: UInt64
    var length: Int32
    /// Index of the word in its component.
    var index: Int32
    /// Where the bytes after the eighth are in `rest`.
    var rest: Int32
  }

  private var entries: [Entry] = []
  /// Per component and low five bits of the first byte: where its entries begin; the next one is where they end.
  private var starts: [UInt16] = []
  private var rest: [UInt8] = []
  /// The meaning of each word, per component.
  private(set) var meanings: [[Level]] = []

  private static let buckets = 32

  init(_ components: [[LevelWord]]) {
    for words in components {
      meanings.append(words.map(\.level))
      var ordered = Self.ordered(words)[...]
      for bucket in 0..<Self.buckets {
        starts.append(UInt16(clamping: entries.count))
        while let word = ordered.first, word.bucket == bucket {
          add(word.bytes, index: word.index)
          ordered.removeFirst()
        }
      }
    }
    starts.append(UInt16(clamping: entries.count))
  }

  /// The words of a component by bucket, the longest ones first.
  private static func ordered(_ words: [LevelWord]) -> [(bucket: Int, bytes: [UInt8], index: Int)] {
    words.enumerated()
      .map { (bucket: bucket($1.word.utf8.first ?? 0), bytes: Array($1.word.utf8), index: $0) }
      .sorted { ($0.bucket, -$0.bytes.count, $0.index) < ($1.bucket, -$1.bytes.count, $1.index) }
  }

  private static func bucket(_ byte: UInt8) -> Int {
    Int(byte & 31)
  }

  private mutating func add(_ bytes: [UInt8], index: Int) {
    let head = bytes.prefix(8)
    let word = head.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    let mask = head.count == 8 ? UInt64.max : (1 << UInt64(head.count * 8)) - 1
    entries.append(
      Entry(word: word, mask: mask, length: Int32(bytes.count), index: Int32(index), rest: Int32(rest.count))
    )
    rest += bytes.dropFirst(8)
  }

  /// The longest level word at `position` that no letter follows: its index in the component, or -1, and its length.
  @inline(__always)
  func word(
    of component: Int,
    in line: Span<UInt8>,
    at position: Int,
    to end: Int
  ) -> (index: Int32, length: Int) {
    guard position < end else { return (-1, 0) }
    let bucket = component &* Self.buckets &+ Self.bucket(line[position])
    var entry = Int(starts[bucket])
    let last = Int(starts[bucket &+ 1])
    guard entry < last else { return (-1, 0) }
    let word = line.word(at: position)
    while entry < last {
      let candidate = entries[entry]
      let length = Int(candidate.length)
      if word & candidate.mask == candidate.word, position &+ length <= end,
        length <= 8 || line.holds(rest.span, Int(candidate.rest), length &- 8, at: position &+ 8),
        position &+ length == end || !line[position &+ length].isLetterByte
      {
        return (candidate.index, length)
      }
      entry &+= 1
    }
    return (-1, 0)
  }
}
