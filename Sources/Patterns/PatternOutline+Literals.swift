/// The literal texts by which a line finds the patterns that could match it.
package struct PatternLiterals: Hashable, Sendable {
  /// Every match begins with one of these; empty if the beginning is too short or too varied to say so.
  package var prefixes: [[UInt8]]
  /// Whether every text that begins with one of `prefixes` matches, so that the pattern need not be run.
  package var prefixSuffices: Bool
  /// Every match contains one of these; empty if `prefixes` is not.
  package var required: [[UInt8]]

  package init(prefixes: [[UInt8]], prefixSuffices: Bool, required: [[UInt8]]) {
    self.prefixes = prefixes
    self.prefixSuffices = prefixSuffices
    self.required = required
  }

  /// The length in bytes below which a literal does not tell lines apart.
  package static let minimumLength = 4
}

extension PatternOutline {
  /// Derives the literals of the pattern.
  ///
  /// - Throws: `PatternError` if some match need not contain any literal of at least four bytes.
  package func literals() throws(PatternError) -> PatternLiterals {
    let beginnings = LiteralSet.beginnings(of: root)
    if beginnings.shortest >= PatternLiterals.minimumLength {
      let prefixes = beginnings.texts.withoutLongerOnes
      return PatternLiterals(prefixes: prefixes, prefixSuffices: prefixSuffices, required: [])
    }
    guard let required = Self.required(in: root) else {
      throw PatternError(
        reason: "no text of at least \(PatternLiterals.minimumLength) characters is in every match",
        help: "Spell out a word or a phrase that every match contains; each alternative needs one of its own."
      )
    }
    return PatternLiterals(prefixes: [], prefixSuffices: false, required: required.withoutLongerOnes)
  }

  /// A second condition for patterns that share their beginning: a text that every match contains, beside the prefix.
  package var requiredLiterals: [[UInt8]] {
    Self.required(in: root)?.withoutLongerOnes ?? []
  }

  /// Whether nothing can go wrong after the literal beginning: what follows it may be empty and has no conditions.
  private var prefixSuffices: Bool {
    guard !isAtomic else { return false }
    var beginning = LiteralSet.empty
    let items = root.flattened
    for (index, item) in items.enumerated() {
      let next = LiteralSet.beginnings(of: item)
      guard next.isExact, !item.isConditional, let longer = beginning.followed(by: next) else {
        return next.isUnknown && items[index...].allSatisfy(\.isNullable)
      }
      beginning = longer
    }
    return true
  }

  /// The best set of texts of which every match of `node` contains one, or nil if there is none.
  private static func required(in node: PatternNode) -> [[UInt8]]? {
    switch node {
    case .byte, .assertion, .end: return nil
    case .repetition(let inner, let minimum, _): return minimum > 0 ? required(in: inner) : nil
    case .choice(let branches):
      var texts: [[UInt8]] = []
      for branch in branches {
        guard let ofBranch = required(in: branch) else { return nil }
        texts += ofBranch
      }
      return texts.withoutDuplicates
    case .sequence: return required(inSequence: node.flattened)
    }
  }

  private static func required(inSequence items: [PatternNode]) -> [[UInt8]]? {
    var best: [[UInt8]]?
    func offer(_ texts: [[UInt8]]?) {
      guard let texts, worth(texts) > best.map(worth) ?? 0 else { return }
      best = texts
    }
    var run = LiteralSet.empty
    for item in items {
      let next = LiteralSet.beginnings(of: item)
      if let longer = run.followed(by: next) {
        run = longer
      } else {
        offer(run.texts)
        run = next
      }
      if !run.isExact {
        offer(run.texts)
        run = .empty
      }
      offer(required(in: item))
    }
    offer(run.texts)
    return best
  }

  /// How well texts tell lines apart: the length of the shortest, less for each further one; 0 if too short.
  private static func worth(_ texts: [[UInt8]]) -> Int {
    let shortest = texts.map(\.count).min() ?? 0
    return shortest < PatternLiterals.minimumLength ? 0 : max(1, min(shortest, 24) * 2 - (texts.count - 1))
  }
}

extension [[UInt8]] {
  /// The texts without those that begin with another one of them.
  fileprivate var withoutLongerOnes: [[UInt8]] {
    filter { text in !contains { $0.count < text.count && text.starts(with: $0) } }
  }
}
