import Contract
import Model
import Testing

@testable import Comparison

@Suite("What differs between reports")
struct ReportDifferenceTests {
  @Test("The same incident in a longer log is matched by its id")
  func sameIncident() throws {
    let before = Drill(id: "a", outage: 30).report
    let after = Drill(id: "a", outage: 30, status: .resolved, findings: [.rewindRan]).report
    let difference = ReportDifference(from: before, to: after)
    let incident = try #require(difference.incidents.first)
    #expect(difference.new == [] && difference.gone == [])
    #expect(incident.status == Change(before: "degraded", after: "resolved"))
    #expect(incident.newFindings == ["rewind_ran"])
    #expect(incident.writeOutage.delta == 0)
  }

  @Test("Two drills are matched by kind, and the slower phase is named")
  func drills() throws {
    let before = Drill(id: "a", outage: 36.3, detection: 20).report
    let after = Drill(id: "b", outage: 41.3, detection: 25).report
    let difference = ReportDifference(from: before, to: after)
    let incident = try #require(difference.incidents.first)
    #expect(incident.writeOutage.delta == 5)
    #expect(incident.phases.map(\.name) == ["detection"])
    #expect(incident.phases.first?.duration.delta == 5)
    #expect(difference.isWorse)
    #expect(!ReportDifference(from: after, to: before).isWorse)
  }

  @Test("Incidents without a counterpart are new or gone")
  func lonely() {
    let failover = Drill(id: "a", outage: 30).report
    let switchover = Drill(id: "b", kind: .switchover, outage: 2).report
    let difference = ReportDifference(from: failover, to: switchover)
    #expect(difference.new == ["switchover b"] && difference.gone == ["failover a"])
  }
}

@Suite("What many reports have in common")
struct ReportStatisticsTests {
  @Test("An incident that several reports tell counts once, as the last one tells it")
  func once() {
    let statistics = ReportStatistics(of: [Drill(id: "a", outage: 30).report, Drill(id: "a", outage: 31).report])
    #expect(statistics.reports == 2 && statistics.incidents == 1)
    #expect(statistics.writeOutage?.maximum == 31)
  }

  @Test("Percentiles are values that were measured")
  func percentiles() throws {
    let reports = (1...10).map { Drill(id: "\($0)", outage: Double($0), detection: Double($0) * 2).report }
    let statistics = ReportStatistics(of: reports)
    let outage = try #require(statistics.writeOutage)
    #expect([outage.minimum, outage.median, outage.p90, outage.p99, outage.maximum] == [1, 5, 9, 10, 10])
    #expect(statistics.phases.first { $0.name == "detection" }?.duration.median == 10)
    #expect(statistics.rootCauses.first?.count == 10)
  }
}

/// A report on one incident, with what a comparison looks at.
private struct Drill {
  var id: String
  var kind = IncidentKind.failover
  var outage: Double
  var detection: Double?
  var status = IncidentStatus.degraded
  var findings: [FindingCode] = []

  var report: Report {
    let start = Instant(milliseconds: 1_700_000_000_000)
    let phases = detection.map { seconds in
      [Phase(name: .detection, from: start, to: start, duration: seconds, uncertainty: 0, explanation: "")]
    }
    let incident = Incident(
      id: id,
      kind: kind,
      status: status,
      severity: .critical,
      title: "\(kind.rawValue) \(id)",
      summary: "",
      startedAt: start,
      rootCause: RootCause(code: .unknown, confidence: 0, explanation: ""),
      milestones: Milestones(),
      impact: Impact(
        writeOutage: ImpactWindow(from: start, to: start, duration: outage, observedBy: .client),
        lostWrites: LostWrites(verdict: .none, explanation: ""),
        dualPrimary: .unknown
      ),
      phases: phases ?? [],
      findings: findings.map { Finding(code: $0, severity: .info, summary: "", confidence: 1) }
    )
    return Report(
      schema: "failscope.report/1",
      generator: Generator(name: "failscope", version: "0"),
      input: Input(),
      cluster: Cluster(),
      incidents: [incident],
      verdict: Verdict(status: .degraded, headline: "")
    )
  }
}
