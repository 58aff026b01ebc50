package import Contract
import Model
import Remediation

/// One remedy of a report, and the cluster that it is held against.
package struct Question: Sendable {
  package let remedy: Remedy
  package let incident: Incident
  /// The member that the remedy is about; nil if it is about the cluster.
  package let target: String?
  package let past: ReportedPast
  package let cluster: ObservedCluster
  package let leader: LeaderSight
  package let identity: ClusterIdentity

  package init(
    remedy: Remedy,
    incident: Incident,
    target: String?,
    past: ReportedPast,
    cluster: ObservedCluster,
    leader: LeaderSight,
    identity: ClusterIdentity
  ) {
    self.remedy = remedy
    self.incident = incident
    self.target = target
    self.past = past
    self.cluster = cluster
    self.leader = leader
    self.identity = identity
  }
}

// MARK: - The member that it is about

extension Question {
  /// The member as it was seen; one without any fact if nobody saw it.
  var member: ObservedMember { cluster.member(target ?? "") }

  var condition: LiveCondition { cluster.condition(of: member, leader: leader) }

  /// The member's name in sentences.
  var name: String { target ?? "the member" }

  var leaderName: String { leader.name ?? "the leader" }

  /// What the report found about the member.
  var codes: Set<FindingCode> {
    guard let target else { return [] }
    // These are about what a former primary wrote, whomever they name.
    let aboutWrites: Set<FindingCode> = [.writesLost, .writesAtRisk, .rowCountChanged]
    return Set(
      incident.findings.filter { finding in
        if aboutWrites.contains(finding.code) { return incident.oldPrimary == target }
        return (finding.member ?? incident.oldPrimary) == target
      }.map(\.code)
    )
  }

  /// The state that the advice decides from, with the report's findings and what is seen now.
  func repairState(_ condition: MemberCondition) -> RepairState {
    let isLoser = incident.oldPrimary == target && incident.newPrimary != nil && incident.newPrimary != target
    return RepairState(
      codes: codes,
      condition: condition,
      isLeader: leader.name == target,
      isLeaderHealthy: leader.isHealthy,
      lostWrites: incident.impact.lostWrites.verdict,
      isPaused: cluster.isPaused ?? false,
      isHealed: condition == .streaming,
      isOldPrimary: isLoser && leader.name != target,
      isSplitHarmless: incident.findings.contains { $0.code == .timelineSplit && $0.severity == .info },
      isAgentAlive: member.agent != nil || member.role?.source == .dcs
    )
  }

  /// Whether the member may hold acknowledged writes that exist nowhere else, as far as the report tells.
  var holdsUniqueWrites: Bool {
    switch condition {
    case .settled(let condition): repairState(condition).holdsUniqueWrites
    case .busy: repairState(.unknown).holdsUniqueWrites
    }
  }
}

// MARK: - What would tell

extension Question {
  private var scope: String { ShellWord.word(cluster.scope ?? past.report.cluster.name, or: "CLUSTER") }

  var list: String { "\(past.patronictl) list \(scope)" }
  var history: String { "\(past.patronictl) history \(scope)" }
  var showConfiguration: String { "\(past.patronictl) show-config \(scope)" }

  /// The remedy's commands without lines of files, which change something.
  var ownCommands: [String] { remedy.commands }
}
