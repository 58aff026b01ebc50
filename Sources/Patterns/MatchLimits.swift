/// Bounds on the work that one match may take, so that no line can hang the program.
package struct MatchLimits: Hashable, Sendable {
  /// How often the matcher may try another way.
  package var matches: UInt32
  /// How deeply the interpreter may nest (the compiled code has a fixed stack instead).
  package var depth: UInt32
  /// The interpreter's memory, in KiB.
  package var heap: UInt32

  package init(matches: UInt32, depth: UInt32, heap: UInt32) {
    self.matches = matches
    self.depth = depth
    self.heap = heap
  }

  /// Above what a pattern of linear cost needs on a line of 64 KiB, and some ten milliseconds at worst.
  package static let standard = MatchLimits(matches: 1_000_000, depth: 2_000, heap: 4_096)
}

/// What came of a match.
package enum MatchOutcome: Hashable, Sendable {
  case matched
  case unmatched
  /// The limits were reached first; the line counts as unmatched.
  case exhausted
}
