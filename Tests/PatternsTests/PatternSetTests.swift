import Patterns
import Testing

struct PatternSetTests {
  @Test func matchesAtTheFirstByteOnly() {
    var patterns = PatternSet()
    let index = patterns.add("Lock owner: (?<leader>\\S+); I am (?<name>\\S+)")
    #expect(patterns.match(index, "Lock owner: pg1; I am pg2") == .matched)
    #expect(patterns.match(index, " Lock owner: pg1; I am pg2") == .unmatched)
  }

  @Test func capturesByName() throws {
    var patterns = PatternSet()
    let index = patterns.add("(plain) (?<leader>\\w+)(?: on (?<host>\\w+))?")
    #expect(patterns.match(index, "plain pg1") == .matched)
    let groups = Dictionary(uniqueKeysWithValues: patterns.captures(of: index).map { ($0.name, $0.group) })
    let leader = try #require(groups["leader"])
    let host = try #require(groups["host"])
    #expect(groups.count == 2)
    #expect(patterns.capture(leader) == 6..<9)
    #expect(patterns.capture(host) == nil)
    #expect(patterns.capture(99) == nil)
  }

  @Test func matchesBytesThatAreNoText() {
    var patterns = PatternSet()
    let index = patterns.add("user (.*) failed")
    #expect(patterns.match(index, Array("user ".utf8) + [0xE4, 0xFF, 0x00] + Array(" failed".utf8)) == .matched)
  }

  @Test func refusesMalformedPatterns() {
    var patterns = PatternSet()
    let index = patterns.add("open (bracket")
    #expect(patterns.match(index, "open bracket") == .unmatched)
    var error: PatternError?
    do { try patterns.prepare(index) } catch let caught { error = caught }
    #expect(error?.reason == "missing closing parenthesis")
    #expect(error?.offset == 13)
  }

  @Test(arguments: [true, false])
  func givesUpOnHostileLines(isNative: Bool) {
    var patterns = PatternSet(isNative: isNative)
    let index = patterns.add("(?:a+)+(?:a+)+b and more")
    let line = [UInt8](repeating: UInt8(ascii: "a"), count: 60_000) + Array("b und more".utf8)
    #expect(patterns.match(index, line) == .exhausted)
    #expect(patterns.matched == nil)
  }

  /// Whatever a pattern matches must begin with, or contain, the literals derived from it.
  @Test func literalsHoldForEveryMatch() throws {
    var generator = Generator(seed: 0x5EED)
    var matches = 0
    for _ in 0..<1200 {
      let pattern = generator.pattern(depth: 3)
      let outline = try PatternOutline(pattern)
      let literals = try? outline.literals()
      var patterns = PatternSet()
      let index = patterns.add(pattern)
      for _ in 0..<20 {
        let text = generator.text(around: literals)
        let isMatch = patterns.match(index, text) == .matched
        matches += isMatch ? 1 : 0
        check(literals, outline, pattern, text, isMatch)
      }
    }
    #expect(matches > 500)
  }

  private func check(
    _ literals: PatternLiterals?,
    _ outline: PatternOutline,
    _ pattern: String,
    _ text: [UInt8],
    _ isMatch: Bool
  ) {
    let shown = "\(pattern) on \(String(decoding: text, as: UTF8.self))"
    if isMatch { #expect(OverlapTest(outline).mayMatch(textBeginningWith: text), "\(shown)") }
    guard let literals else { return }
    let hasPrefix = literals.prefixes.contains { text.starts(with: $0) }
    if isMatch, !literals.prefixes.isEmpty { #expect(hasPrefix, "\(shown)") }
    if isMatch, literals.prefixes.isEmpty {
      #expect(literals.required.contains { contains(text, $0) }, "\(shown)")
    }
    if literals.prefixSuffices, hasPrefix { #expect(isMatch, "\(shown)") }
  }

  private func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    text.count >= part.count && (0...text.count - part.count).contains { text[$0...].starts(with: part) }
  }
}

extension PatternSet {
  fileprivate mutating func match(_ index: Int, _ text: String) -> MatchOutcome {
    match(index, Array(text.utf8))
  }

  fileprivate mutating func match(_ index: Int, _ text: [UInt8]) -> MatchOutcome {
    match(index, in: text.span)
  }
}

/// Random patterns and texts over a small alphabet, the same ones for the same seed.
private struct Generator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func number(below limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }

  mutating func pattern(depth: Int) -> String {
    (0...number(below: 4)).map { _ in part(depth: depth) }.joined()
  }

  private mutating func part(depth: Int) -> String {
    switch number(below: depth > 0 ? 12 : 6) {
    case 0: ["a", "b", "ab", "ba"][number(below: 4)]
    case 1: ["abba", "baba", "aabb c", "bb ac"][number(below: 4)]
    case 2: ["[ab]", "[^b]", "[abc]", "\\w", "\\s", "."][number(below: 6)]
    case 3: ["abab", "a", "c"][number(below: 3)]
    case 4: ["$", "\\b", "^", "(?=a)", "(?!b)", "(?i)", "(?#x)"][number(below: 7)]
    case 5: ["a?", "b*", "(?:ab)+", "a{2}", "b{1,3}", "a++", "c??", "b{2,}"][number(below: 8)]
    case 6, 7: "(?:\(pattern(depth: depth - 1))|\(pattern(depth: depth - 1)))"
    case 8: "(?:\(pattern(depth: depth - 1)))" + ["?", "*", "+", "{2}", "{0,2}", "+?", "?+"][number(below: 7)]
    case 9: "(?<x\(number(below: 1000))>\(pattern(depth: depth - 1)))"
    case 10: "(?>\(pattern(depth: depth - 1)))"
    default: "(?i:\(pattern(depth: depth - 1)))"
    }
  }

  mutating func text(around literals: PatternLiterals?) -> [UInt8] {
    var text: [UInt8] = []
    let known = (literals?.prefixes ?? []) + (literals?.required ?? [])
    if !known.isEmpty, number(below: 2) == 0 { text += known[number(below: known.count)] }
    for _ in 0..<number(below: 10) { text.append(Array("aabbcAB \n".utf8)[number(below: 9)]) }
    if !known.isEmpty, number(below: 3) == 0 { text += known[number(below: known.count)] }
    return text
  }
}
