import Contract
import Remediation

/// A cluster of two as tests need it: pg2 leads, pg1 is what the test says.
struct ClusterSample {
  var condition = MemberCondition.diverged
  var runtime: @Sendable (String) -> Runtime = { .container($0) }
  var scope: String? = "postgres-cluster"
  var leader: String? = "pg2"
  var isLeaderHealthy = true
  var isPaused = false
  var isAgentAlive = true
  var startFailure = StartFailure.none
  var isRepairOrdered = false
  var exitCode: Int?
  var usesSlots: Bool?
  var store = StoreOutlook()
  var name = "pg1"
  /// How pg2 fares where it does not lead.
  var otherCondition = MemberCondition.running

  var context: AdviceContext {
    let lost = MemberOutlook(
      name: name,
      condition: condition,
      runtime: runtime(name),
      startFailure: startFailure,
      isAgentAlive: isAgentAlive,
      isRepairOrdered: isRepairOrdered,
      exitCode: exitCode
    )
    let other = MemberOutlook(
      name: "pg2",
      condition: leader == "pg2" ? .leader : otherCondition,
      runtime: runtime("pg2")
    )
    return AdviceContext(
      scope: scope,
      members: [lost, other],
      leader: leader,
      isLeaderHealthy: isLeaderHealthy,
      leaderTimeline: 2,
      isPaused: isPaused,
      usesSlots: usesSlots,
      store: store
    )
  }

  /// A failover from pg1 to pg2 with these findings, all of them about pg1 unless they name another member.
  func failover(
    _ codes: FindingCode...,
    status: IncidentStatus = .degraded,
    lostWrites: LostWritesVerdict = .unknown
  ) -> [Remedy] {
    remedies(.failover, codes, status: status, lostWrites: lostWrites)
  }

  func remedies(
    _ kind: IncidentKind,
    _ codes: [FindingCode],
    status: IncidentStatus = .degraded,
    lostWrites: LostWritesVerdict = .unknown,
    healed: Set<String> = []
  ) -> [Remedy] {
    let isChange = [.failover, .splitBrain, .switchover].contains(kind)
    return Remediation.remedies(
      in: IncidentOutlook(
        kind: kind,
        status: status,
        findings: codes.map { finding($0) },
        lostWrites: lostWrites,
        oldPrimary: isChange || leader == name ? name : leader,
        newPrimary: isChange ? "pg2" : leader,
        lostMembers: [name],
        healedMembers: healed
      ),
      context: context
    )
  }

  func finding(_ code: FindingCode) -> Finding {
    Finding(code: code, severity: .critical, member: name, summary: "", confidence: 1)
  }
}

extension [Remedy] {
  var codes: [RemedyCode] { map(\.code) }

  func first(_ code: RemedyCode) -> Remedy? { first { $0.code == code } }

  func has(_ code: RemedyCode) -> Bool { first(code) != nil }
}
