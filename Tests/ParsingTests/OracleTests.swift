import Foundation
import Model
import Parsing
import Testing

/// The fast way must say of every line what trying every head and every pattern in turn says.
struct OracleTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static let catalogue: ParserCatalogue = {
    var catalogue = ParserCatalogue()
    _ = catalogue.load(ParserFile.all(in: root.appending(path: "parsers").path).files)
    return catalogue
  }()

  @Test func agreesOnEveryExample() {
    var comparison = Comparison(Self.catalogue)
    let messages = Self.catalogue.messages
    for message in messages {
      for line in message.definition.examples.map(\.line) + message.definition.nearMisses { comparison.compare(line) }
    }
    #expect(comparison.count > 1500)
    #expect(comparison.differences == [])
  }

  /// Messages that are read from the compact form when a line asks for them are those of the files.
  @Test func agreesOnEveryExampleInTheCompactForm() {
    var comparison = Comparison(ParserCatalogue(compact: Self.catalogue.compactForm), slow: Self.catalogue)
    for message in Self.catalogue.messages.reversed() {
      for line in message.definition.examples.map(\.line) + message.definition.nearMisses { comparison.compare(line) }
    }
    #expect(comparison.count > 1500)
    #expect(comparison.differences == [])
  }

  /// A user's file in front of the compact form, which is then read as a whole.
  @Test func agreesWithOwnMessagesInFrontOfTheCompactForm() {
    let own = ParserFile(
      name: "own.yaml",
      text: #"""
        component: pgbouncer
        messages:
          - id: own_login
            meaning: A login that somebody wants to see.
            versions: all
            origin: own
            pattern: 'login attempt: db=(?<database>\w+)'
            event: pooler.client_failed
          - id: own_line
            meaning: A line without a head.
            versions: all
            origin: own
            headless: true
            pattern: 'own line of (?<name>\w+)$'
            event: pooler.client_failed
        """#
    )
    var compact = ParserCatalogue(compact: Self.catalogue.compactForm)
    var files = Self.catalogue
    #expect(compact.load([own]) == files.load([own]))
    #expect(compact.messages.map(\.id) == files.messages.map(\.id))
    #expect(compact.messages.map(\.yieldsToEarlier) == files.messages.map(\.yieldsToEarlier))
    var comparison = Comparison(compact, slow: files)
    comparison.compare("own line of pg1")
    for message in Self.catalogue.messages {
      for line in message.definition.examples.map(\.line) { comparison.compare(line) }
    }
    #expect(comparison.differences == [])
  }

  @Test func agreesOnSamples() throws {
    var comparison = Comparison(Self.catalogue)
    for file in Self.logs(below: "samples") { try comparison.compareLines(of: file) }
    #expect(comparison.differences == [])
  }

  /// Recorded clusters, where they lie beside the checkout; they are no part of it.
  @Test func agreesOnRecordedClusters() throws {
    let files = Self.logs(below: "../shared/corpus")
    guard !files.isEmpty else { return }
    var comparison = Comparison(Self.catalogue)
    for file in files { try comparison.compareLines(of: file) }
    #expect(comparison.count > 1000)
    #expect(comparison.differences == [])
  }

  @Test func agreesOnMutatedLines() {
    var comparison = Comparison(Self.catalogue)
    var generator = LineMutation(seed: 0xFA11)
    let lines = Self.catalogue.messages.flatMap { $0.definition.examples.map { Array($0.line.utf8) } }
    for (index, line) in lines.enumerated() {
      comparison.compare(generator.truncated(line))
      comparison.compare(generator.flipped(line))
      comparison.compare(generator.glued(line, lines[(index * 7 + 13) % lines.count]))
      comparison.compare(generator.spliced(line, lines[(index * 31 + 5) % lines.count]))
    }
    #expect(comparison.differences == [])
  }

  /// Lines after one that begins alike, which the fast way knows without running a layout.
  @Test func agreesOnLinesThatBeginAlike() {
    var comparison = Comparison(Self.catalogue)
    var generator = LineMutation(seed: 0xA11CE)
    for line in Self.catalogue.messages.flatMap({ $0.definition.examples.map { Array($0.line.utf8) } }) {
      comparison.compare(line)
      for _ in 0..<4 { comparison.compare(generator.renumbered(line)) }
      comparison.compare(generator.respaced(line))
      comparison.compare(line)
      comparison.compare(generator.flipped(line))
    }
    #expect(comparison.differences == [])
  }

  @Test func agreesForNamedLines() {
    var comparison = Comparison(Self.catalogue)
    for message in Self.catalogue.messages {
      for line in message.definition.examples.map(\.line) {
        for program in ["patroni", "postgres", "haproxy", "etcd", "pgbouncer"] {
          comparison.compare(Array(line.utf8), program: program)
        }
      }
    }
    #expect(comparison.differences == [])
  }

  private static func logs(below path: String) -> [URL] {
    let folder = root.appending(path: path)
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { ["log", "txt"].contains($0.pathExtension) }
      .sorted { $0.path < $1.path }
  }
}

/// Puts lines to both ways, and notes where they differ.
private struct Comparison: ~Copyable {
  private var fast: LineExplainer
  private var slow: LineExplainer
  private var seen: Set<[UInt8]> = []
  private(set) var count = 0
  private(set) var differences: [String] = []

  /// `slow`: what is tried in turn, if it was made in another way than what is put to use.
  init(_ catalogue: ParserCatalogue, slow: ParserCatalogue? = nil) {
    fast = LineExplainer(catalogue: catalogue)
    self.slow = LineExplainer(catalogue: slow ?? catalogue, isExhaustive: true)
  }

  mutating func compare(_ line: String) {
    compare(Array(line.utf8))
  }

  mutating func compare(_ line: [UInt8], program: String? = nil) {
    count += 1
    let quick = fast.explain(line, program: program)
    let thorough = slow.explain(line, program: program)
    guard quick != thorough, differences.count < 20 else { return }
    let text = String(decoding: line, as: UTF8.self)
    differences.append("\(text)\n  fast \(shown(quick))\n  slow \(shown(thorough))")
  }

  /// Compares the lines of a file, each kind only once: lines that differ in their digits alone are of one kind.
  mutating func compareLines(of file: URL) throws {
    for line in try Data(contentsOf: file).split(separator: 0x0A) {
      let payload = Self.withoutPrefix(Array(line))
      let kind = payload.map { $0 >= 0x30 && $0 <= 0x39 ? 0x30 : $0 }
      if seen.insert(kind).inserted { compare(payload) }
    }
  }

  /// The line without a compose prefix such as `pg1  | `.
  private static func withoutPrefix(_ line: [UInt8]) -> [UInt8] {
    guard let bar = line.prefix(40).firstIndex(of: UInt8(ascii: "|")), bar + 2 <= line.count else { return line }
    return Array(line[(bar + 2)...])
  }

  private func shown(_ explanations: [LineExplanation]) -> String {
    explanations.map { "\($0.head ?? "-")/\($0.message ?? "-") \($0.fields.all)" }.joined(separator: ", ")
  }
}

/// Damages lines in the ways that logs are damaged, the same way for the same seed.
private struct LineMutation {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func number(below limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % max(1, limit)
  }

  mutating func truncated(_ line: [UInt8]) -> [UInt8] {
    Array(line.prefix(number(below: line.count)))
  }

  mutating func flipped(_ line: [UInt8]) -> [UInt8] {
    var line = line
    for _ in 0...number(below: 3) where !line.isEmpty {
      line[number(below: line.count)] ^= UInt8(1 << number(below: 8))
    }
    return line
  }

  /// The line with a few other digits.
  mutating func renumbered(_ line: [UInt8]) -> [UInt8] {
    var line = line
    let places = line.indices.filter { line[$0] >= 0x30 && line[$0] <= 0x39 }
    for _ in 0...number(below: 4) where !places.isEmpty {
      line[places[number(below: places.count)]] = 0x30 + UInt8(number(below: 10))
    }
    return line
  }

  /// The line with a blank more, or a blank that is a tab.
  mutating func respaced(_ line: [UInt8]) -> [UInt8] {
    var line = line
    let places = line.indices.filter { line[$0] == 0x20 }
    guard !places.isEmpty else { return line }
    let place = places[number(below: places.count)]
    if number(below: 2) == 0 { line.insert(0x20, at: place) } else { line[place] = 0x09 }
    return line
  }

  mutating func glued(_ line: [UInt8], _ other: [UInt8]) -> [UInt8] {
    line + other
  }

  mutating func spliced(_ line: [UInt8], _ other: [UInt8]) -> [UInt8] {
    line.prefix(number(below: line.count)) + other.suffix(number(below: other.count))
  }
}
