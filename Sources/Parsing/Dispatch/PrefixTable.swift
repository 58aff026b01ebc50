/// Finds messages by the bytes with which their lines begin.
///
/// The first four bytes select a chain of literals in the order in which their messages are tried.
struct PrefixTable {
  /// One literal beginning.
  struct Entry {
    /// The bytes from the fifth to the twelfth, and which of them count.
    var word: UInt64
    var mask: UInt64
    /// Where the literal is in `literals`.
    var start: Int32
    var length: Int32
    var slot: Int32
    /// Whether the literal alone proves the match.
    var suffices: Bool
    /// Whether an earlier message without prefix may have the better right.
    var yields: Bool
  }

  private struct Chain {
    var key: UInt32
    var group: Int32
    var start: Int32
    var end: Int32
  }

  private(set) var entries: [Entry] = []
  private(set) var literals: [UInt8] = []
  private var chains: [Chain] = []
  /// Open addressing: index into `chains` plus one, or 0.
  private var table: [UInt16] = []
  private var shift: UInt32 = 32

  /// A literal of a message, for the construction of the table.
  struct Source {
    var group: Int
    var slot: Int
    var literal: [UInt8]
    var suffices: Bool
    var yields: Bool
  }

  init(_ sources: [Source]) {
    var ordered: [(key: UInt32, source: Source)] = []
    for source in sources { ordered.append((Self.key(source.literal), source)) }
    ordered.sort {
      ($0.source.group, $0.key, $0.source.slot) < ($1.source.group, $1.key, $1.source.slot)
    }
    for (key, source) in ordered {
      let isNew = chains.last.map { $0.key != key || $0.group != Int32(source.group) } ?? true
      if isNew {
        chains.append(
          Chain(key: key, group: Int32(source.group), start: Int32(entries.count), end: Int32(entries.count))
        )
      }
      add(source)
      chains[chains.count - 1].end = Int32(entries.count)
    }
    buildTable()
  }

  /// The literals that may stand at the beginning of `text`, as a range of `entries`.
  @inline(__always)
  func chain(of group: Int, beginning key: UInt32) -> Range<Int> {
    var index = Int(Self.hash(key, group) >> shift)
    while true {
      let number = Int(table[index])
      if number == 0 { return 0..<0 }
      let chain = chains[number &- 1]
      if chain.key == key, Int(chain.group) == group { return Int(chain.start)..<Int(chain.end) }
      index = (index &+ 1) & (table.count &- 1)
    }
  }

  /// Whether the literal of an entry, known to share its first four bytes, stands at `start`.
  @inline(__always)
  func fits(_ entry: Entry, _ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let length = Int(entry.length)
    guard start &+ length <= end, text.word(at: start &+ 4) & entry.mask == entry.word else { return false }
    return length <= 12 || text.holds(literals.span, Int(entry.start) &+ 12, length &- 12, at: start &+ 12)
  }

  // MARK: Construction

  private mutating func add(_ source: Source) {
    let tail = source.literal.dropFirst(4).prefix(8)
    let word = tail.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    let mask = tail.count == 8 ? UInt64.max : (1 << UInt64(tail.count * 8)) - 1
    entries.append(
      Entry(
        word: word,
        mask: mask,
        start: Int32(literals.count),
        length: Int32(source.literal.count),
        slot: Int32(source.slot),
        suffices: source.suffices,
        yields: source.yields
      )
    )
    literals += source.literal
  }

  private mutating func buildTable() {
    var bits: UInt32 = 6
    while 1 << bits < chains.count * 4, bits < 16 { bits += 1 }
    shift = 32 - bits
    table = [UInt16](repeating: 0, count: 1 << bits)
    for (number, chain) in chains.enumerated().prefix(table.count / 2) {
      var index = Int(Self.hash(chain.key, Int(chain.group)) >> shift)
      while table[index] != 0 { index = (index + 1) & (table.count - 1) }
      table[index] = UInt16(number + 1)
    }
  }

  private static func key(_ literal: [UInt8]) -> UInt32 {
    literal.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  @inline(__always)
  private static func hash(_ key: UInt32, _ group: Int) -> UInt32 {
    (key &+ UInt32(truncatingIfNeeded: group) &* 0x85EB_CA6B) &* 0x9E37_79B1
  }
}
