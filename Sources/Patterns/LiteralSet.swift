/// The texts with which the matches of a node begin.
struct LiteralSet {
  /// Each match begins with one of these.
  var texts: [[UInt8]]
  /// Whether a match is nothing but one of the texts, so that what follows in the pattern may be appended.
  var isExact: Bool

  /// Nothing is known: every text begins with the empty one.
  static let unknown = LiteralSet(texts: [[]], isExact: false)
  static let empty = LiteralSet(texts: [[]], isExact: true)

  private static let maximumTexts = 24
  private static let maximumLength = 48
  /// A class with more members than this is not spelled out.
  private static let maximumClass = 4

  var isUnknown: Bool {
    !isExact && texts == [[]]
  }

  var shortest: Int {
    texts.map(\.count).min() ?? 0
  }

  /// The set with what follows appended, or nil if that would be too many or too long texts.
  func followed(by next: LiteralSet) -> LiteralSet? {
    guard isExact, texts.count * next.texts.count <= Self.maximumTexts else { return nil }
    var combined: [[UInt8]] = []
    for head in texts {
      for tail in next.texts {
        guard head.count + tail.count <= Self.maximumLength else { return nil }
        combined.append(head + tail)
      }
    }
    return LiteralSet(texts: combined.withoutDuplicates, isExact: next.isExact)
  }

  /// The beginnings of what `node` matches.
  static func beginnings(of node: PatternNode) -> LiteralSet {
    switch node {
    case .byte(let set):
      set.count <= maximumClass ? LiteralSet(texts: set.bytes.map { [$0] }, isExact: true) : .unknown
    case .assertion, .end: .empty
    case .sequence(let items): beginnings(ofSequence: items)
    case .choice(let branches): beginnings(ofChoice: branches)
    case .repetition(let inner, let minimum, let maximum):
      beginnings(ofRepeated: inner, minimum: minimum, maximum: maximum)
    }
  }

  private static func beginnings(ofSequence items: [PatternNode]) -> LiteralSet {
    var result = LiteralSet.empty
    for item in items where result.isExact {
      guard let longer = result.followed(by: beginnings(of: item)) else {
        result.isExact = false
        break
      }
      result = longer
    }
    return result
  }

  private static func beginnings(ofChoice branches: [PatternNode]) -> LiteralSet {
    let sets = branches.map { beginnings(of: $0) }
    let texts = sets.flatMap(\.texts).withoutDuplicates
    guard texts.count <= maximumTexts else { return .unknown }
    return LiteralSet(texts: texts, isExact: sets.allSatisfy(\.isExact))
  }

  private static func beginnings(ofRepeated node: PatternNode, minimum: Int, maximum: Int?) -> LiteralSet {
    if maximum == 0 { return .empty }
    let once = beginnings(of: node)
    if minimum == 0 {
      guard maximum == 1, once.texts.count < maximumTexts else { return .unknown }
      return LiteralSet(texts: ([[]] + once.texts).withoutDuplicates, isExact: once.isExact)
    }
    var result = once
    for _ in 1..<max(1, min(minimum, 8)) {
      guard let longer = result.followed(by: once) else { break }
      result = longer
    }
    if maximum != minimum || minimum > 8 { result.isExact = false }
    return result
  }
}

extension [[UInt8]] {
  /// The texts in order, each only once.
  var withoutDuplicates: [[UInt8]] {
    var seen: Set<[UInt8]> = []
    return filter { seen.insert($0).inserted }
  }
}
