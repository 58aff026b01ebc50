import Contract
import Foundation
import Model
import Reporting
import TestSupport

/// `failscope check`, run with a report on a failover from pg1 to pg2.
struct CheckRun {
  var status: Int32
  var output: String
  var errors: String
  var seconds: Double

  /// Runs it with further arguments.
  init(
    _ arguments: [String],
    report: Report = .failover(),
    format: String = "json",
    environment: [String: String] = [:]
  ) async throws {
    let scratch = try ScratchDirectory()
    let path = try scratch.write(try json(report), to: "report.json")
    let start = Date()
    let outcome = try await apart {
      try BuiltProgram(["check", "--report", path, "--format", format] + arguments, environment: environment).run()
    }
    seconds = Date().timeIntervalSince(start)
    (status, output, errors) = (outcome.status, outcome.output, outcome.errors)
  }

  private var object: [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]) ?? [:]
  }

  var outcome: String { object["outcome"] as? String ?? "" }
  var notes: [String] { (object["notes"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String } }

  /// The answer about a remedy.
  func answer(_ code: RemedyCode) -> String? {
    (object["remedies"] as? [[String: Any]])?.first { $0["code"] as? String == code.rawValue }?["answer"] as? String
  }

  /// How a member is.
  func condition(_ name: String) -> String? { member(name)?["condition"] as? String }

  /// A fact about a member.
  func fact(_ name: String, of member: String) -> String? {
    let facts = self.member(member)?["facts"] as? [[String: Any]]
    return facts?.first { $0["name"] as? String == name }?["value"] as? String
  }

  private func member(_ name: String) -> [String: Any]? {
    let cluster = object["cluster"] as? [String: Any]
    return (cluster?["members"] as? [[String: Any]])?.first { $0["name"] as? String == name }
  }
}

extension Report {
  /// pg1 was the primary, pg2 took over, pg1 is diverged at the end of the log.
  static func failover(timeline: Int? = nil, scope: String? = nil) -> Report {
    let start = Instant(milliseconds: 1_754_863_000_000)
    let list = "patronictl -c /etc/patroni.yml"
    func remedy(_ code: RemedyCode, _ summary: String, _ command: String) -> Remedy {
      Remedy(code: code, urgency: .now, summary: summary, commands: [command], answers: [.timelineSplit])
    }
    let incident = Incident(
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
      impact: Impact(lostWrites: LostWrites(verdict: .unknown, explanation: ""), dualPrimary: .unknown),
      findings: [Finding(code: .timelineSplit, severity: .warning, member: "pg1", summary: "", confidence: 1)],
      remediation: [
        remedy(
          .reinitMember,
          "Build pg1 anew from pg2: its history is not part of pg2's.",
          "\(list) reinit shop pg1 --force"
        ),
        remedy(.restartMember, "Start pg1 again, so that the cluster has its redundancy back.", "docker start pg1"),
        remedy(.fenceOldPrimary, "Stop pg1: it still acts as primary beside pg2.", "docker stop pg1"),
        remedy(.resumeCluster, "Resume the cluster.", "\(list) resume shop --wait"),
        remedy(.enableFailsafe, "Switch failsafe mode on.", "\(list) edit-config shop -s failsafe_mode=true --force"),
      ]
    )
    return Report(
      schema: "failscope.report/1",
      generator: Generator(name: "failscope", version: "test"),
      input: Input(firstAt: start, lastAt: start.advanced(bySeconds: 60)),
      cluster: Cluster(
        name: scope,
        members: ["pg1", "pg2"].map {
          Member(name: $0, roleAtStart: .replica, roleAtEnd: .replica, stateAtEnd: .running)
        },
        timelineAtEnd: timeline
      ),
      incidents: [incident],
      verdict: Verdict(status: .degraded, headline: "")
    )
  }
}
