/// Tells which texts a pattern cannot match, from how they begin.
///
/// This proves for most pairs of patterns that a line with the one's beginning needs no look at the other.
package struct OverlapTest: Sendable {
  private let machine: StateMachine?

  package init(_ outline: PatternOutline) {
    machine = StateMachine(outline.root)
  }

  /// Whether a text that begins with `beginning` could match the pattern.
  ///
  /// True in cases of doubt.
  package func mayMatch(textBeginningWith beginning: [UInt8]) -> Bool {
    machine?.survives(beginning) ?? true
  }
}

/// The pattern as a non-deterministic automaton over bytes (Thompson's construction).
private struct StateMachine: Sendable {
  private enum Step: Sendable {
    case byte(ByteSet, next: Int)
    case fork(Int, Int)
    /// Only the end of the text, or a final line feed, may follow.
    case end(next: Int)
    case accept
  }

  private var steps: [Step] = [.accept]
  /// Per state, the states that are reached from it without a byte.
  private var closures: [[Int]] = []
  private var start = 0

  private static let maximumSteps = 3000
  private static let maximumCopies = 4

  /// Returns nil if the pattern needs too many states.
  init?(_ root: PatternNode) {
    guard let start = add(root, next: 0) else { return nil }
    self.start = start
    closures = steps.indices.map(closure)
  }

  /// Whether the automaton, fed with `text`, is still under way or has accepted a part of it.
  func survives(_ text: [UInt8]) -> Bool {
    var states = closures[start]
    for byte in text {
      var following: [Int] = []
      for state in states {
        switch steps[state] {
        case .accept: return true
        case .byte(let set, let next):
          if set.contains(byte) { following.append(next) }
        case .end:
          if byte == 0x0A { return true }
        case .fork: break
        }
      }
      guard let first = following.first else { return false }
      states = following.count == 1 ? closures[first] : Array(Set(following.flatMap { closures[$0] }))
    }
    return true
  }

  /// The states reached without a byte, but for forks.
  ///
  /// An `end` is not passed: that takes the end of the text.
  private func closure(of state: Int) -> [Int] {
    var seen: Set<Int> = []
    var reached: [Int] = []
    var waiting = [state]
    while let state = waiting.popLast() {
      guard seen.insert(state).inserted else { continue }
      if case .fork(let left, let right) = steps[state] { waiting += [left, right] } else { reached.append(state) }
    }
    return reached
  }

  // MARK: Construction, from the end backwards

  private mutating func append(_ step: Step) -> Int? {
    guard steps.count < Self.maximumSteps else { return nil }
    steps.append(step)
    return steps.count - 1
  }

  /// Adds states that match `node` and go on at `next`; returns the first of them.
  private mutating func add(_ node: PatternNode, next: Int) -> Int? {
    switch node {
    case .byte(let set): return append(.byte(set, next: next))
    case .assertion: return next
    case .end: return append(.end(next: next))
    case .sequence(let items):
      var following: Int? = next
      for item in items.reversed() {
        guard let current = following else { return nil }
        following = add(item, next: current)
      }
      return following
    case .choice(let branches):
      var entry: Int?
      for branch in branches {
        guard let start = add(branch, next: next) else { return nil }
        guard let earlier = entry else {
          entry = start
          continue
        }
        guard let fork = append(.fork(earlier, start)) else { return nil }
        entry = fork
      }
      return entry ?? next
    case .repetition(let inner, let minimum, let maximum):
      return add(repeated: inner, minimum: minimum, maximum: maximum, next: next)
    }
  }

  /// Spells out a few copies and takes larger counts for "any number", which only ever adds matches.
  private mutating func add(repeated node: PatternNode, minimum: Int, maximum: Int?, next: Int) -> Int? {
    var entry: Int? = next
    if let maximum, maximum <= Self.maximumCopies {
      for _ in 0..<max(0, maximum - minimum) {
        guard let current = entry, let start = add(node, next: current) else { return nil }
        entry = append(.fork(start, next))
      }
    } else {
      guard let loop = append(.accept), let start = add(node, next: loop) else { return nil }
      steps[loop] = .fork(start, next)
      entry = loop
    }
    for _ in 0..<min(minimum, Self.maximumCopies) {
      guard let current = entry else { return nil }
      entry = add(node, next: current)
    }
    return entry
  }
}
