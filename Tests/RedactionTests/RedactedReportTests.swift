import Analyzer
import Contract
import Foundation
import Ingestion
import Model
import Parsing
import TestSupport
import Testing

@testable import Redaction
@testable import Reporting

@Suite("A redacted report is the report on the redacted log")
struct RedactedReportTests {
  @Test(
    "Redacting before and after the analysis gives the same",
    arguments: ["seed-failover", "switchover", "healthy", "paused-cluster", "postmaster-killed"],
    [nil, "a key"]
  )
  func commutes(_ sample: String, _ key: String?) throws {
    let files = try Self.files(of: sample)
    let report = try Self.report(on: files)
    let plan = RedactionPlan(hidden: Set(Redactable.allCases), key: key)
    let redactor = try Redactor(plan: plan, for: report, texts: files.flatMap(\.lines))
    let before = try Self.report(on: files.map { LogText(name: $0.name, lines: redactor.redacted(lines: $0.lines)) })
    let difference = Self.difference(try redactor.redacted(report), before)
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test("What is planted into a log is in no redacted report, in whatever form", arguments: [nil, "a key"])
  func planted(_ key: String?) throws {
    let secrets = ["acmebank", "s3cr3t", "alice", "ledger", "203.0.113", "fd12:3456", "4711"]
    let report = try Self.report(on: [LogText(name: "compose.log", lines: try Self.plantedLog())])
    #expect(report.incidents.count == 1)
    let shown = try Self.forms(of: report, plan: RedactionPlan(showsSecrets: true))
    for secret in secrets { #expect(shown.contains { $0.contains(secret) }, "\(secret) is not even in the report") }
    for text in try Self.forms(of: report, plan: RedactionPlan(hidden: Set(Redactable.allCases), key: key)) {
      for secret in secrets { #expect(!text.contains(secret), "\(secret) in \(text.prefix(80))") }
    }
    for text in try Self.forms(of: report, plan: RedactionPlan()) {
      for secret in ["s3cr3t", "4711"] { #expect(!text.contains(secret), "\(secret) in \(text.prefix(80))") }
    }
  }

  // MARK: - Logs

  private struct LogText {
    var name: String
    var lines: [String]
  }

  private static func files(of sample: String) throws -> [LogText] {
    let folder = Repository.root.appendingPathComponent("samples/\(sample)").path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { name in
      let lines = try Repository.text("samples/\(sample)/\(name)").split(
        separator: "\n",
        omittingEmptySubsequences: false
      )
      return LogText(name: name, lines: lines.map(String.init))
    }
  }

  /// The recorded failover of somebody who must not be recognised.
  private static func plantedLog() throws -> [String] {
    try Repository.text("samples/seed-failover/compose.log")
      .replacing("pg1", with: "acmebank-a").replacing("pg2", with: "acmebank-b").replacing(
        "192.168.100.",
        with: "203.0.113."
      )
      .replacing("postgres/postgres@", with: "ledger/alice@")
      .replacing(
        "could not translate host name",
        with: "password=s3cr3t fd12:3456::9 could not translate host name"
      )
      .replacing(
        "cannot execute INSERT in a read-only transaction",
        with: "cannot execute INSERT in a read-only transaction INSERT INTO t VALUES (4711)"
      )
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static func report(on files: [LogText]) throws -> Report {
    let folder = try ScratchDirectory()
    let paths = try files.map { try folder.write($0.lines.joined(separator: "\n"), to: $0.name) }
    var reader = LineReader(plan: InputPlan(paths: paths))
    var analysis = Analysis(catalogue: ParserSet.load(directories: []).catalogue, options: AnalysisOptions())
    while let batch = reader.next() { analysis.consume(batch) }
    analysis.finish()
    return analysis.result(sources: reader.sources, bytes: reader.bytesRead, complaints: []).report
  }

  // MARK: - Reports

  private static func forms(of report: Report, plan: RedactionPlan) throws -> [String] {
    let redacted = try Redactor(plan: plan, for: report).redacted(report)
    return [
      terminal(redacted), try json(redacted), markdown(redacted), html(redacted), jira(redacted),
      gitLabTimeline(redacted),
      try pagerDuty(redacted), try openTelemetryTrace(redacted), try chromeTrace(redacted), csv(redacted),
      try cloudEvents(redacted),
    ]
  }

  /// The first line of JSON that differs, where neither paths, sizes nor the order of names matter.
  private static func difference(_ first: Report, _ second: Report) -> String? {
    guard let old = try? json(comparable(first)), let new = try? json(comparable(second)) else { return "no JSON" }
    let lines = zip(old.split(separator: "\n"), new.split(separator: "\n"))
    if let (number, pair) = lines.enumerated().first(where: { $0.element.0 != $0.element.1 }) {
      return "line \(number + 1) is «\(pair.1)», expected «\(pair.0)»"
    }
    return old == new ? nil : "one is longer"
  }

  private static func comparable(_ report: Report) -> Report {
    var report = report
    report.input.bytes = 0
    for index in report.input.sources.indices { report.input.sources[index].path = "" }
    report.input.sources.sort { $0.name < $1.name }
    report.cluster.members.sort { $0.name < $1.name }
    for index in report.cluster.members.indices { report.cluster.members[index].aliases.sort() }
    report.coverage.sort { ($0.member ?? "", $0.component) < ($1.member ?? "", $1.component) }
    return report
  }
}
