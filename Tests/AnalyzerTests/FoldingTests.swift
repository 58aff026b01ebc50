import Analyzer
import BundledParsers
import Clocks
import Contract
import Foundation
import Ingestion
import Model
import Parsing
import Testing

/// Routine lines may be let go of, but nothing in a report may change for it.
struct FoldingTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let catalogue = ParserCatalogue(compact: BundledParsers.compact)

  /// Tighter than what the program uses, so that short logs are folded too.
  private static let tight = RoutineFolding(count: 16, window: 20_000, allowance: 0)

  @Test(arguments: ["healthy", "seed-failover", "switchover", "postmaster-killed", "paused-cluster"])
  func keepsTheReportOnSample(_ name: String) {
    let folder = Self.root.appending(path: "samples/\(name)").path
    let (whole, folded) = (Self.analysis([folder], .none), Self.analysis([folder], Self.tight))
    Self.expectSame(folded.report, whole.report, name)
  }

  /// Everything is the same but the bounds of the clocks, which fewer pairs of lines tell a few milliseconds differently.
  private static func expectSame(_ folded: Report, _ whole: Report, _ name: String) {
    #expect(withoutBounds(folded) == withoutBounds(whole), "\(name)")
    for (left, right) in zip(folded.input.sources, whole.input.sources) {
      #expect(abs((left.clock.lower ?? 0) - (right.clock.lower ?? 0)) < 0.05, "\(name), \(left.name)")
      #expect(abs((left.clock.upper ?? 0) - (right.clock.upper ?? 0)) < 0.05, "\(name), \(left.name)")
    }
  }

  /// The report without what the bounds of the clocks go into: their own, and those of the outages.
  private static func withoutBounds(_ report: Report) -> Report {
    var report = report
    for index in report.incidents.indices {
      report.incidents[index].impact.writeOutage?.minimum = nil
      report.incidents[index].impact.writeOutage?.maximum = nil
      report.incidents[index].impact.readOutage?.minimum = nil
      report.incidents[index].impact.readOutage?.maximum = nil
      for other in report.incidents[index].impact.otherWriteOutages.indices {
        report.incidents[index].impact.otherWriteOutages[other].minimum = nil
        report.incidents[index].impact.otherWriteOutages[other].maximum = nil
      }
      for other in report.incidents[index].impact.otherReadOutages.indices {
        report.incidents[index].impact.otherReadOutages[other].minimum = nil
        report.incidents[index].impact.otherReadOutages[other].maximum = nil
      }
    }
    for index in report.input.sources.indices {
      report.input.sources[index].clock.lower = nil
      report.input.sources[index].clock.upper = nil
    }
    return report
  }

  @Test func foldsWhatIsRoutine() {
    let folder = Self.root.appending(path: "samples/healthy").path
    let (whole, folded) = (Self.analysis([folder], .none), Self.analysis([folder], Self.tight))
    #expect(folded.events.count < whole.events.count)
    let missing = folded.events.reduce(0) { $0 + ($1.event.folded?.count ?? 0) }
    #expect(folded.events.count + missing == whole.events.count)
  }

  /// Recorded clusters, where they lie beside the checkout; they are no part of it.
  @Test func keepsTheReportOnRecordedClusters() throws {
    let folder = Self.root.appending(path: "../shared/corpus")
    let cases = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    for each in cases.sorted(by: { $0.path < $1.path }) {
      guard let inputs = Self.inputs(of: each), inputs.count == 1 else { continue }
      let (whole, folded) = (Self.analysis(inputs, .none), Self.analysis(inputs, Self.tight))
      Self.expectSame(folded.report, whole.report, each.lastPathComponent)
    }
  }

  /// Where hardly any look at a clock is kept, its bounds are wider; what is told of incidents is the same.
  @Test func keepsWhatIsToldOfIncidentsWithFewReadings() throws {
    let folder = Self.root.appending(path: "../shared/corpus")
    let recorded = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    let samples = ["healthy", "seed-failover", "switchover", "postmaster-killed", "paused-cluster"]
    let inputs = samples.map { [Self.root.appending(path: "samples/\($0)").path] }
    let folding = RoutineFolding(count: 16, window: 45_000, allowance: 0, readings: 0)
    for input in inputs + recorded.sorted(by: { $0.path < $1.path }).compactMap(Self.inputs) where input.count == 1 {
      let (whole, folded) = (Self.analysis(input, .none).report, Self.analysis(input, folding).report)
      #expect(folded.incidents.map(\.id) == whole.incidents.map(\.id), "\(input)")
      #expect(folded.incidents.map(\.title) == whole.incidents.map(\.title), "\(input)")
      #expect(folded.incidents.map(\.rootCause.code) == whole.incidents.map(\.rootCause.code), "\(input)")
      #expect(folded.incidents.map { $0.findings.map(\.code) } == whole.incidents.map { $0.findings.map(\.code) })
      #expect(folded.incidents.map { $0.remediation.map(\.code) } == whole.incidents.map { $0.remediation.map(\.code) })
      #expect(folded.findings.map(\.code) == whole.findings.map(\.code), "\(input)")
      #expect(folded.coverage.map(\.gaps.count) == whole.coverage.map(\.gaps.count), "\(input)")
      #expect(folded.verdict == whole.verdict, "\(input)")
    }
  }

  /// Messages without end are thinned out, and the report says so.
  @Test func thinsOutWhatComesBeyondMeasure() throws {
    let lines = (0..<400).map { second in
      "2026-03-01 00:\(Self.two(second / 60)):\(Self.two(second % 60)).000 UTC [9] FATAL:  the database system is starting up"
    }
    let file = FileManager.default.temporaryDirectory.appending(path: "flood-\(UUID().uuidString).log")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let folding = RoutineFolding(count: 4, window: 5000, allowance: 0, limit: 50)
    let result = Self.analysis([file.path], folding)
    #expect(result.events.count < 100)
    #expect(result.report.input.eventCount == 400)
    #expect(result.report.input.warnings.contains { $0.contains("only counted") })
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func analysis(_ paths: [String], _ folding: RoutineFolding) -> AnalysisResult {
    var reader = LineReader(plan: InputPlan(paths: paths))
    var analysis = Analysis(catalogue: catalogue, options: AnalysisOptions(), folding: folding)
    while let batch = reader.next() { analysis.consume(batch) }
    analysis.finish()
    return analysis.result(sources: reader.sources, bytes: reader.bytesRead, complaints: [])
  }

  /// The inputs that a case names, unless it needs options.
  private static func inputs(of folder: URL) -> [String]? {
    guard let data = try? Data(contentsOf: folder.appending(path: "expected.json")),
      let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      (object["options"] as? [String] ?? []).isEmpty
    else { return nil }
    let names = object["input"] as? [String] ?? (object["input"] as? String).map { [$0] } ?? []
    return names.map { folder.appending(path: $0).path }
  }
}
