import Patterns

/// Long lines made to keep a pattern busy.
enum HostileLines {
  private static let length = 60_000

  /// A line on which the pattern reaches its limits, or nil if there is none among those tried.
  static func exhausting(_ pattern: String, literals: PatternLiterals?, examples: [ExampleDefinition]) -> String? {
    var patterns = PatternSet()
    let index = patterns.add(pattern)
    for line in lines(literals, examples) where patterns.match(index, in: line.span) == .exhausted {
      return String(decoding: line.prefix(200), as: UTF8.self)
    }
    return nil
  }

  private static func lines(_ literals: PatternLiterals?, _ examples: [ExampleDefinition]) -> [[UInt8]] {
    let literal = literals?.prefixes.first ?? literals?.required.first ?? []
    var seeds = [literal]
    if let line = examples.first.map({ Array($0.line.utf8) }),
      let start = line.indices.first(where: { line[$0...].starts(with: literal) })
    {
      seeds += [Array(line[start...]), literal + line.suffix(8)]
    }
    return seeds.flatMap { seed in [repeated(seed)] + fillers.flatMap { [seed + $0, $0 + seed] } }
  }

  /// Texts that many classes match, repeated.
  private static let fillers = ["a", "0", " ", "\"a\" ", "a: "].map { repeated(Array($0.utf8)) }

  private static func repeated(_ part: [UInt8]) -> [UInt8] {
    guard !part.isEmpty else { return [] }
    var line = part
    line.reserveCapacity(2 * length)
    while line.count < length { line += line }
    line.removeLast(line.count - length)
    return line
  }
}
