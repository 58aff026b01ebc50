import Model
import Patterns

/// Finds the message of a text: by its first bytes, else by literals inside, else by level alone.
///
/// The answer is the same as if every pattern were tried in turn.
struct Dispatcher: ~Copyable {
  let plan: DispatchPlan
  private let catalogue: ParserCatalogue
  private var gates: [Gate]
  private var prefixes = PrefixTable()
  private var probes: ProbeTable
  /// The slots of messages without pattern, and per group where they are.
  private var unconditional: [Int32] = []
  private var unconditionalOfGroup: [Range<Int>]
  /// Per group the first of them, or `none`; `unread` until the group's messages are read, as most logs have records of few
  /// components.
  private var firstUnconditional: [Int32]
  /// Per slot, whether its literal beginning proves the match.
  private var sufficient: [Bool]
  /// Per slot, whether its pattern takes all digits alike, once it was asked for.
  private var digitsAlike: [Bool?]
  /// Per slot, the pattern's index, or -1.
  private var patternIndices: [Int32]
  private var patterns: PatternSet
  private var candidates: [Int32] = []
  private let isExhaustive: Bool
  /// The literal that settled the last search for texts that begin so, whatever follows, or -1.
  private var settling = -1
  /// Whether the last search came upon a literal of any message.
  private(set) var hasTried = false
  /// Per group the literals that have digits, with zeros for them.
  private var literalsWithDigits: [[[UInt8]]]
  /// Per pattern, the groups that are fields, once they were looked up.
  private var captureGroups: [[(field: Field, group: Int)]?] = []

  /// The slot for "no message".
  static let none = Int32.max
  private static let unread = Int32.min

  /// `isExhaustive`: whether `first` tries every pattern in turn, interpreted.
  init(_ catalogue: ParserCatalogue, isExhaustive: Bool = false) {
    self.catalogue = catalogue
    self.isExhaustive = isExhaustive
    plan = DispatchPlan(catalogue)
    gates = Array(repeating: .open, count: plan.places.count)
    probes = ProbeTable(groups: plan.groups.count)
    unconditionalOfGroup = Array(repeating: 0..<0, count: plan.groups.count)
    firstUnconditional = Array(repeating: Self.unread, count: plan.groups.count)
    sufficient = Array(repeating: false, count: plan.places.count)
    digitsAlike = Array(repeating: nil, count: plan.places.count)
    literalsWithDigits = Array(repeating: [], count: plan.groups.count)
    patternIndices = Array(repeating: -1, count: plan.places.count)
    patterns = PatternSet(isNative: !isExhaustive)
    candidates.reserveCapacity(16)
  }

  /// Reads the messages of a group, and enters them into the tables.
  @inline(never)
  private mutating func prepare(_ group: Int) {
    var sources = DispatchSources()
    for slot in plan.groups[group] {
      let place = plan.places[slot]
      let message = catalogue.components[place.component].list.dispatched(place.message)
      gates[slot] = Gate(message, of: catalogue.components[place.component])
      if let literals = message.literals, literals.prefixSuffices, !literals.prefixes.isEmpty {
        sufficient[slot] = true
      }
      if let pattern = message.pattern {
        patternIndices[slot] = Int32(patterns.add(pattern))
        captureGroups.append(nil)
      }
      sources.add(message, slot: slot)
    }
    literalsWithDigits[group] = sources.literals.filter { $0.contains(where: \.isDigit) }.map(Self.withoutDigits)
    prefixes.add(sources.prefixes, of: group)
    probes.add(sources.probes, of: group)
    unconditionalOfGroup[group] = unconditional.count..<unconditional.count + sources.unconditional.count
    unconditional += sources.unconditional
    firstUnconditional[group] = sources.unconditional.first ?? Self.none
  }

  /// The slot of the first message that claims `text[start..<end]`, or `none`.
  ///
  /// - `group`: the component's index, or the last group for a line without a head.
  /// - `level`: the bit of the record's level word.
  /// - `head`: the bit of the record's head.
  mutating func first(
    of group: Int,
    level: UInt64,
    head: UInt64,
    in text: Span<UInt8>,
    _ start: Int,
    _ end: Int
  ) -> Int32 {
    if isExhaustive { return firstInTurn(of: group, level: level, head: head, in: text, start, end) }
    var winner = Self.none
    var isSettled = false
    settling = -1
    hasTried = false
    if start &+ 4 <= end {
      let chain = prefixes.chain(of: group, beginning: text, start, end)
      for index in chain {
        let entry = prefixes.entries[index]
        guard prefixes.fits(entry, text, start, end) else { continue }
        hasTried = true
        guard gates[Int(entry.slot)].admits(level: level, head: head) else { continue }
        guard entry.suffices || matches(entry.slot, text, start, end) else { continue }
        winner = entry.slot
        isSettled = !entry.yields
        if isSettled, !hasRival(entry, level, head) { settling = index }
        break
      }
      if !isSettled, !probes.isEmpty(group) { winner = probe(group, winner, level, head, text, start, end) }
    }
    guard firstUnconditional[group] < winner else { return winner }
    if firstUnconditional[group] == Self.unread {
      prepare(group)
      return first(of: group, level: level, head: head, in: text, start, end)
    }
    for index in unconditionalOfGroup[group] {
      let slot = unconditional[index]
      if slot < winner, gates[Int(slot)].admits(level: level, head: head) {
        settling = -1
        return slot
      }
    }
    return winner
  }

  /// Whether an earlier literal that may stand in the same place is admitted.
  private func hasRival(_ entry: PrefixTable.Entry, _ level: UInt64, _ head: UInt64) -> Bool {
    prefixes.rivals[Int(entry.firstRival)..<Int(entry.lastRival)].contains { slot in
      slot != entry.slot && gates[Int(slot)].admits(level: level, head: head)
    }
  }

  /// Calls `body` with the literal that settled the last search for all texts of the same head and level that begin with
  /// it, and with its slot; a pattern that goes on behind the literal has to match all the same.
  ///
  /// - Returns: whether there was such a literal.
  func withSettlingLiteral(_ body: (_ literal: Span<UInt8>, _ slot: Int32) -> Void) -> Bool {
    guard settling >= 0 else { return false }
    prefixes.withLiteral(of: settling) { body($0, prefixes.entries[settling].slot) }
    return true
  }

  /// Whether the literal beginning of a slot's message proves its match.
  @inline(__always)
  func suffices(_ slot: Int32) -> Bool { sufficient[Int(slot)] }

  /// Matches a slot's pattern; the captures are then those of the match.
  mutating func matches(_ slot: Int32, _ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let pattern = Int(patternIndices[Int(slot)])
    guard pattern >= 0 else { return true }
    return patterns.match(pattern, in: text.extracting(start..<end)) == .matched
  }

  /// Whether a text that a slot's pattern matches goes on matching when some of its digits become others.
  @inline(__always)
  mutating func takesDigitsAlike(_ slot: Int32) -> Bool {
    digitsAlike[Int(slot)] ?? readDigitsAlike(slot)
  }

  @inline(never)
  private mutating func readDigitsAlike(_ slot: Int32) -> Bool {
    let place = plan.places[Int(slot)]
    let pattern = catalogue.components[place.component].list.dispatched(place.message).pattern
    let outline = pattern.flatMap { try? PatternOutline($0) }
    let isAlike = outline?.takesDigitsAlike ?? false
    digitsAlike[Int(slot)] = isAlike
    return isAlike
  }

  /// Whether a text in which the last search came upon no literal has none either when some of its digits become others.
  func hasNoLiteral(_ text: Span<UInt8>, of group: Int) -> Bool {
    guard !literalsWithDigits[group].isEmpty else { return true }
    let blind = Self.withoutDigits(text.withUnsafeBufferPointer { Array($0) })
    return !literalsWithDigits[group].contains { literal in
      guard literal.count <= blind.count else { return false }
      return (0...blind.count - literal.count).contains { blind[$0..<$0 + literal.count].elementsEqual(literal) }
    }
  }

  private static func withoutDigits(_ text: [UInt8]) -> [UInt8] {
    text.map { $0.isDigit ? UInt8(ascii: "0") : $0 }
  }

  private mutating func firstInTurn(
    of group: Int,
    level: UInt64,
    head: UInt64,
    in text: Span<UInt8>,
    _ start: Int,
    _ end: Int
  ) -> Int32 {
    if firstUnconditional[group] == Self.unread { prepare(group) }
    for slot in plan.groups[group] where gates[slot].admits(level: level, head: head) {
      if matches(Int32(slot), text, start, end) { return Int32(slot) }
    }
    return Self.none
  }

  // MARK: Literals inside the text

  /// The first slot below `winner` whose literal is in the text and whose pattern matches; else `winner`.
  @inline(never)
  private mutating func probe(
    _ group: Int,
    _ winner: Int32,
    _ level: UInt64,
    _ head: UInt64,
    _ text: Span<UInt8>,
    _ start: Int,
    _ end: Int
  ) -> Int32 {
    candidates.removeAll(keepingCapacity: true)
    var found: [Int32] = []
    swap(&found, &candidates)
    probes.search(group, text, start, end) { slot in
      if slot < winner, !found.contains(slot) { found.append(slot) }
    }
    if !found.isEmpty { hasTried = true }
    if found.count > 1 { found.sort() }
    var result = winner
    for slot in found where gates[Int(slot)].admits(level: level, head: head) {
      if matches(slot, text, start, end) {
        result = slot
        break
      }
    }
    swap(&found, &candidates)
    return result
  }
}

// MARK: - Captures

extension Dispatcher {
  /// Runs a slot's pattern for its captures and calls `body` with each field and its position in `text`.
  mutating func captures(
    of slot: Int32,
    _ text: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ body: (_ field: Field, _ start: Int, _ end: Int) -> Void
  ) {
    let pattern = Int(patternIndices[Int(slot)])
    guard pattern >= 0 else { return }
    let groups = captureGroups(of: pattern)
    guard !groups.isEmpty else { return }
    guard patterns.match(pattern, in: text.extracting(start..<end)) == .matched else { return }
    for (field, group) in groups {
      if let range = patterns.capture(group) { body(field, start + range.lowerBound, start + range.upperBound) }
    }
  }

  /// How many fields the captures of a slot's pattern may give.
  mutating func captureCount(of slot: Int32) -> Int {
    let pattern = Int(patternIndices[Int(slot)])
    return pattern < 0 ? 0 : captureGroups(of: pattern).count
  }

  /// The groups of a pattern that are fields, looked up once.
  private mutating func captureGroups(of pattern: Int) -> [(field: Field, group: Int)] {
    if let known = captureGroups[pattern] { return known }
    let groups = patterns.captures(of: pattern).compactMap { name, group in
      Field(rawValue: name).map { (field: $0, group: group) }
    }
    captureGroups[pattern] = groups
    return groups
  }
}

/// Collects what the tables of a group are made of.
private struct DispatchSources {
  var prefixes: [PrefixTable.Source] = []
  var probes: [ProbeTable.Source] = []
  var unconditional: [Int32] = []

  var literals: [[UInt8]] { prefixes.map(\.literal) + probes.map(\.literal) }

  mutating func add(_ message: DispatchedMessage, slot: Int) {
    guard let literals = message.literals else {
      unconditional.append(Int32(slot))
      return
    }
    for literal in literals.prefixes {
      prefixes.append(
        PrefixTable.Source(
          slot: slot,
          literal: literal,
          suffices: literals.prefixSuffices,
          yields: message.yieldsToEarlier
        )
      )
    }
    for literal in literals.required { probes.append(ProbeTable.Source(slot: slot, literal: literal)) }
  }
}
