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
    /// Where in `rivals` the slots are whose literals come earlier and can stand where this one does.
    var firstRival: Int32
    var lastRival: Int32
  }

  private struct Chain {
    var key: UInt32
    var group: Int32
    /// Where the chain's literals are in `sources`.
    var first: Int32
    var last: Int32
    /// Where the chain's root is in `nodes`, or -1 until a text has asked for it.
    var root: Int32 = -1
  }

  /// A question about one byte of the text, or the literals that are left once no question tells more.
  private struct Node {
    /// Where the byte is, counted from the text's beginning, or -1.
    var place: Int32
    /// What is left in `entries`, or the answers in `answers`.
    var start: Int32
    var end: Int32
    /// The node for texts with another byte there, or none.
    var otherwise: Int32 = 0
  }

  /// The node for texts with a certain byte.
  private struct Answer {
    var byte: UInt8
    var node: Int32
  }

  private(set) var entries: [Entry] = []
  private(set) var literals: [UInt8] = []
  private(set) var rivals: [Int32] = []
  private var chains: [Chain] = []
  /// The literals of each group by first bytes and slot.
  private var sources: [Source] = []
  private var nodes: [Node] = []
  private var answers: [Answer] = []
  /// Open addressing: index into `chains` plus one, or 0.
  private var table = [UInt16](repeating: 0, count: 1 << Self.smallest)
  private var shift: UInt32 = 32 - Self.smallest

  /// Binary logarithms of the table's least and greatest size.
  private static let smallest: UInt32 = 6
  private static let greatest: UInt32 = 16

  /// A literal of a message, for the construction of the table.
  struct Source {
    var slot: Int
    var literal: [UInt8]
    var suffices: Bool
    var yields: Bool
    var rivals: [Int] = []
  }

  /// Adds the literals of a group, which has none yet.
  mutating func add(_ literals: [Source], of group: Int) {
    let keyed = literals.enumerated().map { (key: Self.key($1.literal), slot: $1.slot, index: $0) }
      .sorted { ($0.key, $0.slot, $0.index) < ($1.key, $1.slot, $1.index) }
    let known = chains.count
    for (key, _, index) in keyed {
      if chains.count == known || chains[chains.count - 1].key != key {
        chains.append(Chain(key: key, group: Int32(group), first: Int32(sources.count), last: Int32(sources.count)))
      }
      sources.append(literals[index])
      chains[chains.count - 1].last += 1
    }
    extendTable(from: known)
  }

  /// The literals that may stand at the beginning of `text[start..<end]`, as a range of `entries`.
  @inline(__always)
  mutating func chain(of group: Int, beginning text: Span<UInt8>, _ start: Int, _ end: Int) -> Range<Int> {
    let key = text.halfWord(at: start)
    var index = Int(Self.hash(key, group) >> shift)
    while true {
      let number = Int(table[index])
      if number == 0 { return 0..<0 }
      let chain = chains[number &- 1]
      if chain.key == key, Int(chain.group) == group {
        let root = chain.root >= 0 ? Int(chain.root) : build(number &- 1)
        return left(root, text, start, end)
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

  /// The literals below a node that the text can begin with.
  @inline(__always)
  private func left(_ root: Int, _ text: Span<UInt8>, _ start: Int, _ end: Int) -> Range<Int> {
    var node = nodes[root]
    while node.place >= 0 {
      let position = start &+ Int(node.place)
      var next = Int(node.otherwise)
      if position < end {
        let byte = text[position]
        var answer = Int(node.start)
        while answer < Int(node.end) {
          if answers[answer].byte == byte {
            next = Int(answers[answer].node)
            break
          }
          answer &+= 1
        }
      }
      node = nodes[next]
    }
    return Int(node.start)..<Int(node.end)
  }

  /// Calls `body` with the literal of an entry.
  func withLiteral(of entry: Int, _ body: (Span<UInt8>) -> Void) {
    let entry = entries[entry]
    body(literals.span.extracting(Int(entry.start)..<Int(entry.start + entry.length)))
  }

  // MARK: Construction

  /// Makes the nodes of a chain, and returns the first one: most runs need few of them.
  @inline(never)
  private mutating func build(_ chain: Int) -> Int {
    let members = Self.marked(Array(sources[Int(chains[chain].first)..<Int(chains[chain].last)]))
    let root = add(Array(members.indices), of: members, from: 4)
    chains[chain].root = Int32(root)
    return root
  }

  /// The literals of a chain with the earlier ones that texts with them can begin with, too.
  private static func marked(_ sources: [Source]) -> [Source] {
    var marked = sources
    for later in marked.indices {
      for earlier in marked[..<later] where agree(earlier.literal, marked[later].literal) {
        marked[later].rivals.append(earlier.slot)
      }
    }
    return marked
  }

  /// Whether one of two literals begins with the other.
  private static func agree(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    for index in 0..<min(left.count, right.count) where left[index] != right[index] { return false }
    return true
  }

  /// Adds the nodes for literals that agree up to a place, and returns the first one.
  ///
  /// A literal that ends before a place can stand before any byte there, so that it is below every answer.
  private mutating func add(_ members: [Int], of sources: [Source], from place: Int) -> Int {
    let index = nodes.count
    guard members.count > 1, let split = Self.split(members, of: sources, from: place) else {
      nodes.append(Node(place: -1, start: Int32(entries.count), end: Int32(entries.count + members.count)))
      for member in members { add(sources[member]) }
      return index
    }
    var groups: [(byte: UInt8, members: [Int])] = []
    var short: [Int] = []
    for member in members {
      guard split < sources[member].literal.count else {
        short.append(member)
        for number in groups.indices { groups[number].members.append(member) }
        continue
      }
      let byte = sources[member].literal[split]
      if let number = groups.firstIndex(where: { $0.byte == byte }) {
        groups[number].members.append(member)
      } else {
        groups.append((byte, short + [member]))
      }
    }
    let start = answers.count
    for group in groups { answers.append(Answer(byte: group.byte, node: 0)) }
    nodes.append(Node(place: Int32(split), start: Int32(start), end: Int32(answers.count)))
    for (number, group) in groups.enumerated() {
      answers[start + number].node = Int32(add(group.members, of: sources, from: split + 1))
    }
    nodes[index].otherwise = Int32(add(short, of: sources, from: split + 1))
    return index
  }

  /// The first place from `place` on where literals differ that go on so far.
  private static func split(_ members: [Int], of sources: [Source], from place: Int) -> Int? {
    let longest = members.reduce(0) { max($0, sources[$1].literal.count) }
    var place = place
    while place < longest {
      var byte: UInt8?
      for member in members where place < sources[member].literal.count {
        let found = sources[member].literal[place]
        if let byte, byte != found { return place }
        byte = found
      }
      place += 1
    }
    return nil
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
        yields: source.yields,
        firstRival: Int32(rivals.count),
        lastRival: Int32(rivals.count + source.rivals.count)
      )
    )
    rivals += source.rivals.map { Int32($0) }
    literals += source.literal
    // Words are read eight bytes at a time.
    literals += [0, 0, 0, 0, 0, 0, 0, 0]
  }

  /// Enters the chains from a number on, in a larger table if need be; of too many, the last ones are left out.
  private mutating func extendTable(from known: Int) {
    var known = known
    var bits = 32 - shift
    while 1 << bits < chains.count * 4, bits < Self.greatest { bits += 1 }
    if bits > 32 - shift {
      shift = 32 - bits
      table = [UInt16](repeating: 0, count: 1 << bits)
      known = 0
    }
    for number in chains.indices.prefix(table.count / 2).dropFirst(known) {
      var index = Int(Self.hash(chains[number].key, Int(chains[number].group)) >> shift)
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
