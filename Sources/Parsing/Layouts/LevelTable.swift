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
      for bucket in 0..<Self.buckets {
        starts.append(UInt16(clamping: entries.count))
        let entries = words.enumerated().filter { Self.bucket($1.word.utf8.first ?? 0) == bucket }
        for (index, word) in entries.sorted(by: { $0.1.word.utf8.count > $1.1.word.utf8.count }) {
          add(Array(word.word.utf8), index: index)
        }
      }
    }
    starts.append(UInt16(clamping: entries.count))
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
