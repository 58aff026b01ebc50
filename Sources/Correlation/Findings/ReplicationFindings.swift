import Contract
import Model

/// The upstream no longer has the WAL that a replica needs.
enum WALRemoved: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lines = facts.of(.replicationWALMissing)
    let lost = facts.draft.lostMembers
    guard let first = lines.first(where: { lost.isEmpty || lost.contains($0.member ?? "") }) ?? lines.first else {
      return []
    }
    let member = lost.first ?? first.member
    return [
      facts.finding(
        .walRemoved,
        .critical,
        member: member,
        by: [first, lines.last == first ? nil : lines.last],
        "The WAL that \(member ?? "a replica") needs is no longer on its upstream."
      )
    ]
  }
}

/// A member's position lies beyond the primary's.
enum StandbyAhead: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard let line = facts.of(.replicationAhead).first else { return [] }
    return [
      facts.finding(
        .standbyAhead,
        .critical,
        member: line.member,
        by: [line],
        "A standby asks for WAL beyond what its upstream has."
      )
    ]
  }
}

/// A replica is too far behind.
enum ReplicaLagging: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let own = facts.of(.candidateRefused).filter { $0.reason == "lag" }
    let other = facts.of(.candidatePeerRefused).filter { $0.reason == "lag" }
    guard let line = own.first ?? other.first ?? facts.of(.replicationLagging).first else { return [] }
    let member = line.kind == .candidateRefused ? line.member : line.fields[.member]
    return [
      facts.finding(
        .replicaLagging,
        .warning,
        member: member,
        by: [line],
        "\(member ?? "A replica") is too far behind to be promoted."
      )
    ]
  }
}

/// A member is up but does not stream.
enum ReplicationBroken: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    facts.draft.lostMembers.compactMap { member in
      guard facts.observations.restoration(of: member, after: facts.draft.lossOf(member)) == nil,
        facts.observations.servers[member]?.finalState == .recovery,
        let last = facts.observations.replication[member]?.breaks.last
      else { return nil }
      return facts.finding(
        .replicationBroken,
        .warning,
        member: member,
        by: [last],
        "\(member) is up but does not stream."
      )
    }
  }
}

/// Data and cluster record belong to different clusters.
enum SystemIDMismatch: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard let line = facts.of(.faultSystemIDMismatch).first else { return [] }
    return [
      facts.finding(
        .systemIDMismatch,
        .critical,
        member: line.member,
        by: [line],
        "\(line.member ?? "A member")'s data belongs to another cluster than the DCS record."
      )
    ]
  }
}
