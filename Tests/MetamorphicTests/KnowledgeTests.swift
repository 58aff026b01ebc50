import Contract
import Testing

/// More lines that say nothing change nothing; fewer lines never lead to another story.
@Suite struct KnowledgeTests {
  @Test(arguments: LabelledLog.short)
  func noiseAndOtherNames(label: LabelledLog) throws {
    let baseline = try Baseline(label)
    try baseline.expectSame(after: NoiseLines(seed: 7))
    let renamed = RenamedNodes()
    try baseline.expectSame(after: renamed, Comparison(names: renamed.reversed))
  }

  /// Without the lines that a finding cites, it is gone, rests on other lines, or is less sure.
  @Test(arguments: LabelledLog.few)
  func findingsNeedTheirEvidence(label: LabelledLog) throws {
    let baseline = try Baseline(label)
    var seen: Set<FindingCode> = []
    for incident in baseline.report.incidents {
      for finding in incident.findings where seen.insert(finding.code).inserted {
        let evidence = Set(finding.evidence.map(\.text))
        guard let changed = WithoutLines(texts: evidence).applied(to: baseline.log) else { continue }
        let report = try Analyst.report(on: changed)
        let rest = report.incidents.flatMap(\.findings).filter { $0.code == finding.code }
        let isWeaker = rest.allSatisfy { other in
          other.confidence < finding.confidence || evidence.isDisjoint(with: other.evidence.map(\.text))
        }
        #expect(isWeaker, "\(label): \(finding.code.rawValue) stands without \(evidence.sorted())")
      }
    }
  }

  /// Without one service's lines there is less to say; nobody is blamed who was not before.
  @Test(arguments: LabelledLog.few)
  func aServiceIsMissing(label: LabelledLog) throws {
    let baseline = try Baseline(label)
    for service in baseline.log.composeLines?.sources ?? [] {
      guard let changed = WithoutService(service: service).applied(to: baseline.log) else { continue }
      let report = try Analyst.report(on: changed)
      expectNothingOpposite(baseline, report, "without \(service)")
    }
  }

  /// A log that begins later or ends earlier.
  @Test(arguments: LabelledLog.few)
  func aPartOfTheLog(label: LabelledLog) throws {
    let baseline = try Baseline(label)
    guard baseline.log.files.count == 1, let file = baseline.log.files.first else { return }
    let half = file.lines.count / 2
    for (name, lines) in [("its second half", file.lines[half...]), ("its first half", file.lines[..<half])] {
      let report = try Analyst.report(on: LogSet(files: [LogFile(name: file.name, lines: Array(lines))]))
      expectNothingOpposite(baseline, report, name)
    }
  }

  /// What must not appear because lines are missing.
  private func expectNothingOpposite(_ baseline: Baseline, _ report: Report, _ change: String) {
    let before = baseline.report.incidents
    let proven = before.contains { $0.impact.dualPrimary == .proven || $0.impact.dualPrimary == .possible }
    let primaries = Set(before.flatMap { [$0.oldPrimary, $0.newPrimary] }.compactMap { $0 })
      .union(baseline.report.cluster.members.filter { $0.roleAtEnd == .leader }.map(\.name))
    for incident in report.incidents {
      let words = "\(baseline.label), \(change): \(incident.title)"
      if !proven {
        #expect(incident.kind != .splitBrain && incident.impact.dualPrimary != .proven, "\(words)")
      }
      if let name = incident.newPrimary, !primaries.isEmpty { #expect(primaries.contains(name), "\(words)") }
      if before.allSatisfy({ $0.impact.lostWrites.verdict != .confirmed }) {
        #expect(incident.impact.lostWrites.verdict != .confirmed, "\(words)")
      }
    }
    if before.isEmpty { #expect(report.incidents.isEmpty, "\(baseline.label), \(change)") }
  }
}
