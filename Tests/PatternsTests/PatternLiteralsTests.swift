import Patterns
import Testing

/// What the analysis derives from one pattern.
struct LiteralCase: CustomTestStringConvertible, Sendable {
  var pattern: String
  var prefixes: [String] = []
  var suffices = false
  var required: [String] = []

  var testDescription: String { pattern }
}

struct PatternLiteralsTests {
  @Test(arguments: [
    ("Leader (?<name>\\S+) at [^ ]*\\d{2,}, \\w+, [[:alnum:]], [0-9a-f]", true), ("(?i)exit\\b.*$", true),
    ("code 1", false),
    ("code [1-4]", false), ("code [^7]", false), ("(?!9)\\d", false), ("\\x31", false), ("[\\d]|[^\\d]", true),
    ("[a\\p]", false), ("[[:digit:]x]+", true), ("(?<=[5])a", false),
  ])
  func tellsWhetherDigitsAreAlike(pattern: String, expected: Bool) throws {
    #expect(try PatternOutline(pattern).takesDigitsAlike == expected)
  }

  @Test(arguments: [
    LiteralCase(pattern: "Leader key released", prefixes: ["Leader key released"], suffices: true),
    LiteralCase(pattern: "^Leader key", prefixes: ["Leader key"]),
    LiteralCase(pattern: "Leader key$", prefixes: ["Leader key"]),
    LiteralCase(pattern: "Lock owner: .*", prefixes: ["Lock owner: "], suffices: true),
    LiteralCase(pattern: "Lock owner: (?<leader>[^;]*)", prefixes: ["Lock owner: "], suffices: true),
    LiteralCase(pattern: "Lock owner: (?<leader>[^;]+); I am", prefixes: ["Lock owner: "]),
    LiteralCase(pattern: "(?:start|stop)ing up", prefixes: ["starting up", "stoping up"], suffices: true),
    LiteralCase(pattern: "no action\\.  ?i am", prefixes: ["no action. i am", "no action.  i am"], suffices: true),
    LiteralCase(pattern: "[Ll]ocal timeline", prefixes: ["Local timeline", "local timeline"], suffices: true),
    LiteralCase(pattern: "abcd?efgh", prefixes: ["abcefgh", "abcdefgh"], suffices: true),
    LiteralCase(pattern: "a{3}bc", prefixes: ["aaabc"], suffices: true),
    LiteralCase(pattern: "ab{2,}c", required: []),
    LiteralCase(pattern: "\\S+ became leader", required: [" became leader"]),
    LiteralCase(pattern: "(?:got .+ signal|.*shutdown) now", required: [" signal", "shutdown"]),
    LiteralCase(pattern: "(?i)[a-z]+ (?-i)term", required: [" term"]),
    LiteralCase(pattern: "[Nn]o(?i:d)e", prefixes: ["NoDe", "Node", "noDe", "node"], suffices: true),
    LiteralCase(pattern: "raft(?:foo)?+foo", prefixes: ["raftfoo"]),
    LiteralCase(pattern: "(?=x)terminated", prefixes: ["terminated"]),
    LiteralCase(pattern: "WAL\\x20file \\[x\\]", prefixes: ["WAL file [x]"], suffices: true),
    LiteralCase(pattern: "(?P<name>pg\\d) died", required: [" died"]),
    LiteralCase(pattern: "one|two three", required: []),
  ])
  func derivesLiterals(_ expected: LiteralCase) throws {
    let outline = try PatternOutline(expected.pattern)
    guard let literals = try? outline.literals() else {
      #expect(expected.prefixes.isEmpty && expected.required.isEmpty)
      return
    }
    #expect(Set(literals.prefixes.map(text)) == Set(expected.prefixes))
    #expect(literals.prefixSuffices == expected.suffices)
    #expect(Set(literals.required.map(text)) == Set(expected.required))
  }

  @Test(arguments: ["\\d+ in\\d+", "abc", "(?:longer text|\\d+)", ".*", "(?i)lag\\d"])
  func refusesPatternsWithoutLiteral(_ pattern: String) throws {
    let outline = try PatternOutline(pattern)
    let error = #expect(throws: PatternError.self) { try outline.literals() }
    #expect(error?.reason == "no text of at least 4 characters is in every match")
  }

  @Test(arguments: [
    "(?x)a b c d", "(\\w+) \\1", "(?R)", "(*ACCEPT)", "\\p{L}+ text", "(?(1)a|b)", "(open", "close)", "[abc",
  ])
  func refusesWhatItCannotVouchFor(_ pattern: String) {
    #expect(throws: PatternError.self) { try PatternOutline(pattern) }
  }

  @Test func refusesDeepNesting() {
    let pattern = String(repeating: "(", count: 5000) + "text" + String(repeating: ")", count: 5000)
    #expect(throws: PatternError.self) { try PatternOutline(pattern) }
  }

  @Test func namesCaptures() throws {
    let outline = try PatternOutline("(?<lsn>[0-9A-F/]+) on (?P<timeline>\\d+), (?'slot'\\w+) [ä]")
    #expect(outline.captureNames == ["lsn", "timeline", "slot"])
    #expect(outline.nonASCIIClass != nil)
  }

  @Test(arguments: [
    ("\\S+ became leader", "closing because: x", false),
    ("\\S+ became leader", "9ab became ", true),
    (".*leader", "closing because: x", true),
    ("closing$", "closing because", false),
    ("[a-z]{3,20}: done", "replication: do", true),
    ("[a-z]{3}: done", "replication: do", false),
    ("(?:a|b)*c", "aab", true),
    ("(?:a|b)*c", "aad", false),
    ("clos", "closing", true),
  ])
  func tellsWhichTextsAPatternCannotMatch(_ pattern: String, _ text: String, _ mayMatch: Bool) throws {
    let outline = try PatternOutline(pattern)
    #expect(OverlapTest(outline).mayMatch(textBeginningWith: Array(text.utf8)) == mayMatch)
  }

  private func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
