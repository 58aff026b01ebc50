/// Finds messages by a literal anywhere in the text, through a hash of four of its bytes at every position.
struct ProbeTable {
  private struct Entry {
    /// Where the literal is in `literals`.
    var start: Int32
    var length: Int32
    /// Where in the literal the four hashed bytes are.
    var offset: Int32
    var slot: Int32
  }

  /// A literal of a message, for the construction of the table.
  struct Source {
    var slot: Int
    var literal: [UInt8]
  }

  private static let bits: UInt32 = 13
  private static let size = 1 << Int(bits)

  private var entries: [Entry] = []
  private var literals: [UInt8] = []
  /// Where each chain begins in `entries`; the next one is where it ends.
  private var chains: [Int32] = [0]
  /// Per group and hash: a chain's number plus one, or 0.
  ///
  /// A group without literals has no part of it.
  private var table: [UInt16] = []
  private var bases: [Int]

  init(groups: Int) {
    bases = [Int](repeating: -1, count: groups)
  }

  /// Adds the literals of a group, which has none yet.
  mutating func add(_ sources: [Source], of group: Int) {
    guard !sources.isEmpty else { return }
    var keyed: [(hash: Int, offset: Int, source: Source)] = []
    for source in sources {
      let offset = Self.rarestGram(of: source.literal)
      keyed.append((Self.hash(Self.gram(source.literal, offset)), offset, source))
    }
    keyed.sort { ($0.hash, $0.source.slot) < ($1.hash, $1.source.slot) }
    let base = table.count
    bases[group] = base
    table += [UInt16](repeating: 0, count: Self.size)
    for item in keyed {
      if table[base + item.hash] == 0 {
        guard chains.count < Int(UInt16.max) else { continue }
        chains.append(Int32(entries.count))
        table[base + item.hash] = UInt16(chains.count - 1)
      }
      add(item.source, offset: item.offset)
      chains[chains.count - 1] = Int32(entries.count)
    }
  }

  private mutating func add(_ source: Source, offset: Int) {
    entries.append(
      Entry(
        start: Int32(literals.count),
        length: Int32(source.literal.count),
        offset: Int32(offset),
        slot: Int32(source.slot)
      )
    )
    literals += source.literal
  }

  @inline(__always)
  func isEmpty(_ group: Int) -> Bool { bases[group] < 0 }

  /// Calls `found` with the slot of every literal in `text[start..<end]`, in the order of the text.
  @inline(__always)
  func search(_ group: Int, _ text: Span<UInt8>, _ start: Int, _ end: Int, found: (Int32) -> Void) {
    let base = bases[group]
    guard base >= 0 else { return }
    var position = start
    while position &+ 4 <= end {
      let number = Int(table[base &+ Self.hash(text.halfWord(at: position))])
      if number != 0 { check(number, text, start, position, end, found) }
      position &+= 1
    }
  }

  @inline(never)
  private func check(
    _ number: Int,
    _ text: Span<UInt8>,
    _ start: Int,
    _ position: Int,
    _ end: Int,
    _ found: (Int32) -> Void
  ) {
    for index in Int(chains[number - 1])..<Int(chains[number]) {
      let entry = entries[index]
      let first = position - Int(entry.offset)
      let length = Int(entry.length)
      guard first >= start, first + length <= end else { continue }
      if text.holds(literals.span, Int(entry.start), length, at: first) { found(entry.slot) }
    }
  }

  // MARK: Grams

  @inline(__always)
  private static func hash(_ gram: UInt32) -> Int {
    Int((gram &* 0x9E37_79B1) >> (32 - bits))
  }

  private static func gram(_ literal: [UInt8], _ offset: Int) -> UInt32 {
    literal[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The offset of the four bytes that are least likely to occur in other texts.
  private static func rarestGram(of literal: [UInt8]) -> Int {
    let offsets = 0...max(0, literal.count - 4)
    return offsets.min { left, right in commonness(literal, left) < commonness(literal, right) } ?? 0
  }

  private static func commonness(_ literal: [UInt8], _ offset: Int) -> Int {
    literal[offset..<min(offset + 4, literal.count)].reduce(0) { $0 + ranks[Int($1)] }
  }

  /// A rough rank of a byte's frequency in log lines.
  private static let ranks: [Int] = {
    var ranks = (0..<256).map { $0 >= 0x30 && $0 <= 0x39 ? 24 : 8 }
    for (rank, byte) in "qzjxkvwbygfmpuhdlcnsrioate ".utf8.enumerated() { ranks[Int(byte)] = rank }
    return ranks
  }()
}
