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
    /// Where the literals of a long chain begin to differ, or 0: the four bytes there narrow it down.
    var split: Int32 = 0
    /// Where the parts of a long chain are in `narrowed`.
    var firstPart: Int32 = 0
    var lastPart: Int32 = 0
  }

  /// The entries of a long chain that a text with these four bytes at the split can fit, in their order.
  private struct Part {
    var key: UInt32
    var start: Int32
    var end: Int32
  }

  private(set) var entries: [Entry] = []
  private(set) var literals: [UInt8] = []
  private var chains: [Chain] = []
  /// The parts of long chains, each chain's in the order of their keys; the entries that end before the split come last.
  private var parts: [Part] = []
  /// Chains longer than this are narrowed down.
  private static let longestChain = 4
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
    for index in chains.indices where chains[index].end - chains[index].start > Self.longestChain { narrow(index) }
    buildTable()
  }

  /// The literals that may stand at the beginning of `text[start..<end]`, as a range of `entries`.
  @inline(__always)
  func chain(of group: Int, beginning text: Span<UInt8>, _ start: Int, _ end: Int) -> Range<Int> {
    let key = text.halfWord(at: start)
    var index = Int(Self.hash(key, group) >> shift)
    while true {
      let number = Int(table[index])
      if number == 0 { return 0..<0 }
      let chain = chains[number &- 1]
      if chain.key == key, Int(chain.group) == group {
        return chain.split == 0 ? Int(chain.start)..<Int(chain.end) : narrowed(chain, text, start, end)
      }
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

  /// The part of a long chain that the text can fit.
  @inline(__always)
  private func narrowed(_ chain: Chain, _ text: Span<UInt8>, _ start: Int, _ end: Int) -> Range<Int> {
    let place = start &+ Int(chain.split)
    let last = Int(chain.lastPart)
    var found = last
    if place &+ 4 <= end {
      let key = text.halfWord(at: place)
      var low = Int(chain.firstPart)
      var high = last
      while low < high {
        let middle = (low &+ high) >> 1
        if parts[middle].key < key { low = middle &+ 1 } else { high = middle }
      }
      if low < last, parts[low].key == key { found = low }
    }
    return Int(parts[found].start)..<Int(parts[found].end)
  }

  // MARK: Construction

  /// Copies the entries of a long chain by the four bytes behind what they have in common.
  ///
  /// A literal that ends before those can stand before any bytes, so that every part has it.
  private mutating func narrow(_ index: Int) {
    let all = Array(entries[Int(chains[index].start)..<Int(chains[index].end)])
    let texts = all.map { Array(literals[Int($0.start)..<Int($0.start + $0.length)]) }
    let split = Self.split(of: texts)
    guard split >= 4 else { return }
    func key(_ text: [UInt8]) -> UInt32? { text.count >= split + 4 ? Self.key(Array(text[split...])) : nil }
    chains[index].split = Int32(split)
    chains[index].firstPart = Int32(parts.count)
    for wanted in Set(texts.compactMap(key)).sorted() {
      addPart(wanted, zip(all, texts).filter { key($1) == nil || key($1) == wanted }.map(\.0))
    }
    chains[index].lastPart = Int32(parts.count)
    addPart(0, zip(all, texts).filter { key($1) == nil }.map(\.0))
  }

  private mutating func addPart(_ key: UInt32, _ chosen: [Entry]) {
    parts.append(Part(key: key, start: Int32(entries.count), end: Int32(entries.count + chosen.count)))
    entries += chosen
  }

  /// How many bytes those texts have in common that go on behind them, the shortest ones left out of account.
  private static func split(of texts: [[UInt8]]) -> Int {
    let long = texts.filter { $0.count >= 8 }
    guard let first = long.first, long.count > longestChain else { return 0 }
    var common = first.count
    for text in long {
      var length = 0
      while length < min(common, text.count), text[length] == first[length] { length += 1 }
      common = length
    }
    // Where the shortest of them is all that is common, the bytes before its end are the last that can tell.
    return common
  }

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
