import Contract
import Model

@testable import Checking

/// Reports and clusters for the tests: pg1 was the primary, pg2 took over on timeline 5.
enum Samples {
  static let start = Instant(milliseconds: 1_754_863_000_000)
  static let lastLine = start.advanced(bySeconds: 120)
  static let now = start.advanced(bySeconds: 600)

  static func report(_ remedies: [Remedy] = [], findings: [Finding] = []) -> Report {
    Report(
      schema: "failscope.report/1",
      generator: Generator(name: "failscope", version: "test"),
      input: Input(firstAt: start, lastAt: lastLine),
      cluster: Cluster(
        name: "main",
        members: ["pg1", "pg2", "pg3"].map { name in
          Member(
            name: name,
            roleAtStart: name == "pg1" ? .leader : .replica,
            roleAtEnd: name == "pg2" ? .leader : .replica,
            stateAtEnd: .running
          )
        },
        timelineAtStart: 4,
        timelineAtEnd: 5
      ),
      incidents: [incident(remedies, findings: findings)],
      verdict: Verdict(status: .degraded, headline: "")
    )
  }

  static func incident(_ remedies: [Remedy] = [], findings: [Finding] = []) -> Incident {
    Incident(
      id: "failover-1",
      kind: .failover,
      status: .degraded,
      severity: .critical,
      title: "Failover pg1 → pg2",
      summary: "",
      startedAt: start,
      rootCause: RootCause(code: .unknown, confidence: 0, explanation: ""),
      milestones: Milestones(),
      oldPrimary: "pg1",
      newPrimary: "pg2",
      timelineFrom: 4,
      timelineTo: 5,
      impact: Impact(lostWrites: LostWrites(verdict: .unknown, explanation: ""), dualPrimary: .unknown),
      findings: findings,
      remediation: remedies
    )
  }

  static func remedy(_ code: RemedyCode, _ summary: String = "Do it to pg1.", commands: [String] = []) -> Remedy {
    Remedy(code: code, urgency: .now, summary: summary, commands: commands)
  }

  static func finding(_ code: FindingCode, _ member: String?, severity: Severity = .warning) -> Finding {
    Finding(code: code, severity: severity, member: member, summary: "", confidence: 1)
  }
}
