/// What a pattern can match, as far as the search for literals needs to know.
///
/// Groups are not nodes: a captured or grouped part is simply its content. Conditions count as fulfilled, so that
/// every conclusion errs on the side of "may match".
indirect enum PatternNode: Hashable, Sendable {
  /// One byte of a set.
  case byte(ByteSet)
  case sequence([PatternNode])
  case choice([PatternNode])
  case repetition(PatternNode, minimum: Int, maximum: Int?)
  /// A condition of no width, such as `\b` or a look-ahead.
  case assertion
  /// `$` and its like: nothing but a final line feed may follow.
  case end

  /// Matches the empty text always, whatever follows.
  static let empty = PatternNode.sequence([])

  /// Whether the node matches the empty text unconditionally.
  var isNullable: Bool {
    switch self {
    case .byte, .assertion, .end: false
    case .sequence(let items): items.allSatisfy(\.isNullable)
    case .choice(let branches): branches.contains(where: \.isNullable)
    case .repetition(let node, let minimum, _): minimum == 0 || node.isNullable
    }
  }

  /// Whether a match depends on more than the bytes that it consists of.
  var isConditional: Bool {
    switch self {
    case .byte: false
    case .assertion, .end: true
    case .sequence(let nodes), .choice(let nodes): nodes.contains(where: \.isConditional)
    case .repetition(let node, _, _): node.isConditional
    }
  }

  /// The parts in order, with sequences inside sequences dissolved.
  var flattened: [PatternNode] {
    guard case .sequence(let items) = self else { return [self] }
    return items.flatMap(\.flattened)
  }
}
