import Analyzer
import BundledParsers
import Contract
import Foundation
import Ingestion
import Model
import Parsing
import Testing

/// A long log is told without holding all of its events, and tells the same.
struct HistoryTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let catalogue = ParserCatalogue(compact: BundledParsers.compact)

  /// The recorded failover every four minutes, to its end, in turns from pg1 to pg2 and back, with a client that writes
  /// all the time.
  private static func failover(_ number: Int) throws -> String {
    func clock(_ second: Int) -> String {
      [second / 3600, second / 60 % 60, second % 60].map { String(format: "%02d", $0) }.joined(separator: ":")
    }
    let start = 3600 + number * 240
    func writes(_ seconds: Range<Int>) -> String {
      seconds.map { "monitor    | [2025-08-10 \(clock(start + $0))] WRITE: ID=\(start + $0), Data='x'\n" }.joined()
    }
    let file = root.appending(path: "samples/seed-failover/compose.log")
    let recorded = try String(contentsOf: file, encoding: .utf8)
      .replacing("| [21:", with: "| [2025-08-10 21:")
      .replacing("21:57:", with: clock(start).prefix(6)).replacing("21:58:", with: clock(start + 60).prefix(6))
    let agent = "INFO: no action. I am (pg1), a secondary, and following a leader (pg2)"
    let text =
      recorded.trimmingCharacters(in: .newlines) + "\n" + writes(62..<80)
      + "pg1        | 2025-08-10 \(clock(start + 80)).000 UTC [50] LOG:  started streaming WAL from primary at 0/4000000 on timeline 3\n"
      + writes(80..<85) + "pg1        | 2025-08-10 \(clock(start + 85)),000 \(agent)\n" + writes(85..<105)
      + "pg1        | 2025-08-10 \(clock(start + 105)),000 \(agent)\n" + writes(105..<260)
    guard !number.isMultiple(of: 2) else { return text }
    return text.replacing("pg1", with: "pg#").replacing("pg2", with: "pg1").replacing("pg#", with: "pg2")
  }

  /// The analysis of texts that come in portions, and the most events that were held on the way.
  private static func analysis(
    _ texts: [String],
    window: Int?,
    wholeIncidents: Int = 100,
    looksAside: Bool = false,
    portion: Int = .max
  ) throws -> (result: AnalysisResult, held: Int) {
    var scanner = InputScanner(input: .standardInput)
    var table = SourceTable()
    var analysis = Analysis(
      catalogue: catalogue,
      options: AnalysisOptions(),
      window: window,
      wholeIncidents: wholeIncidents,
      looksAside: looksAside
    )
    var held = 0
    func note(_ count: Int) { held = max(held, count) }
    for text in texts.flatMap({ portions(of: Array($0.utf8), portion) }) {
      if let batch = scanner.feed(text, into: &table) {
        analysis.consume(batch, sources: table.sources)
        note(analysis.heldEvents)
      }
    }
    if let batch = scanner.finish(into: &table) { analysis.consume(batch, sources: table.sources) }
    analysis.finish()
    return (analysis.result(sources: table.sources, bytes: 0, complaints: []), held)
  }

  private static func portions(of text: [UInt8], _ size: Int) -> [[UInt8]] {
    guard text.count > size else { return [text] }
    return stride(from: 0, to: text.count, by: size).map { Array(text[$0..<min($0 + size, text.count)]) }
  }

  @Test("what is over is put away, and the incidents are told as if all were held")
  func longLog() throws {
    let texts = try (0..<16).map(Self.failover)
    let (whole, all) = try Self.analysis(texts, window: nil)
    let (bounded, held) = try Self.analysis(texts, window: 1500)
    #expect(held < 3000)
    #expect(held * 2 < all)
    #expect(bounded.report.incidents.map(\.id) == whole.report.incidents.map(\.id))
    #expect(bounded.report.incidents.map(\.rootCause.code) == whole.report.incidents.map(\.rootCause.code))
    #expect(bounded.report.incidents.map(\.impact.writeOutage) == whole.report.incidents.map(\.impact.writeOutage))
    #expect(bounded.report.incidents.map(\.timelineFrom) == whole.report.incidents.map(\.timelineFrom))
    #expect(bounded.report.incidents.map(\.summary) == whole.report.incidents.map(\.summary))
    #expect(bounded.report.verdict == whole.report.verdict)
    #expect(bounded.report.cluster == whole.report.cluster)
    #expect(bounded.report.input.eventCount == whole.report.input.eventCount)
    #expect(bounded.report.input.firstAt == whole.report.input.firstAt)
    #expect(bounded.report.input.warnings.contains { $0.contains("held at once") })
  }

  @Test("a part that ends inside an incident is not taken for a log that ends there")
  func partsOfALog() throws {
    let texts = try (0..<16).map(Self.failover)
    let whole = try Self.analysis(texts, window: nil).0.report.incidents.map(\.remediationCodes)
    for window in stride(from: 1200, through: 1800, by: 50) {
      let bounded = try Self.analysis(texts, window: window, portion: 2000).0.report.incidents.map(\.remediationCodes)
      #expect(bounded == whole, "window \(window)")
    }
  }

  @Test("it makes no difference whether another thread finds out what is over")
  func looksAside() throws {
    let texts = try (0..<16).map(Self.failover)
    let (alone, heldAlone) = try Self.analysis(texts, window: 1500)
    let (aside, heldAside) = try Self.analysis(texts, window: 1500, looksAside: true)
    #expect(aside.report == alone.report)
    #expect(aside.events == alone.events)
    #expect(heldAside == heldAlone)
  }

  @Test("of very many incidents the first are told in short, and the report says so")
  func manyIncidents() throws {
    let count = 16
    let (bounded, _) = try Self.analysis(try (0..<count).map(Self.failover), window: 1500, wholeIncidents: 3)
    let incidents = bounded.report.incidents
    #expect(incidents.count == count)
    #expect(incidents.first?.findings.allSatisfy { $0.evidence.count <= 1 } == true)
    #expect(incidents.last?.findings.contains { $0.evidence.count > 1 } == true)
    #expect(bounded.report.input.warnings.contains { $0.contains("told in short") })
  }

  @Test("a log whose parts were joined one after another is not put away in parts")
  func joinedLogs() throws {
    let lines = try (0..<8).map(Self.failover).joined().split(separator: "\n", omittingEmptySubsequences: false)
    let names = ["pg1 ", "pg2 ", "monitor ", "haproxy ", "etcd"]
    let parts = names.map { name in lines.filter { $0.hasPrefix(name) }.joined(separator: "\n") + "\n" }
    let (whole, all) = try Self.analysis(parts, window: nil)
    let (bounded, held) = try Self.analysis(parts, window: 500)
    #expect(held == all)
    #expect(bounded.report == whole.report)
  }
}

extension Incident {
  fileprivate var remediationCodes: [RemedyCode] { remediation.map(\.code) }
}
