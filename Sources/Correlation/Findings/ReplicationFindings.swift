import Contract
import Model

/// The upstream no longer has the WAL that a replica needs.
enum WALRemoved: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lines = facts.of(.replicationWALMissing, .replicationSlotLost)
    let lost = facts.draft.lostMembers
    let own = lost.compactMap { member in
      let told = lines.filter { $0.member == member && !$0.isSaidByUpstream }
      return told.isEmpty ? nil : finding(member, told, facts)
    }
    guard own.isEmpty else { return own }
    // Only its upstream speaks of it, and does not name it.
    let missing = lines.filter { $0.kind == .replicationWALMissing }
    return missing.isEmpty ? [] : [finding(lost.count == 1 ? lost.first : nil, missing, facts)]
  }

  private static func finding(_ member: String?, _ lines: [Occurrence], _ facts: IncidentFacts) -> Finding {
    facts.finding(
      .walRemoved,
      .critical,
      member: member,
      by: [lines.first, lines.count > 1 ? lines.last : nil],
      "The WAL that \(member ?? "a standby") needs is no longer on its upstream."
    )
  }
}

/// A member's position lies beyond the primary's.
enum StandbyAhead: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    // The upstream prints it too, about a standby that it does not name.
    let lines = facts.of(.replicationAhead).filter { $0.fields[.endLSN] != nil }
    let lost = facts.draft.lostMembers
    let own = lines.first { !$0.isSaidByUpstream && lost.contains($0.member ?? "") }
    guard let line = own ?? lines.first else { return [] }
    let member = own?.member ?? (lost.count == 1 ? lost.first : nil)
    return [
      facts.finding(
        .standbyAhead,
        .critical,
        member: member,
        by: [line],
        "\(member ?? "A standby") asks for WAL beyond what its upstream has."
      )
    ]
  }
}

/// A replica is too far behind.
enum ReplicaLagging: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let own = facts.of(.candidateRefused).filter { $0.reason == "lag" }
    let other = facts.of(.candidatePeerRefused).filter { $0.reason == "lag" }
    guard let line = own.first ?? other.first ?? facts.of(.replicationLagging).first else { return listed(facts) }
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

  private static func listed(_ facts: IncidentFacts) -> [Finding] {
    facts.draft.all(.replicaLag).map { lag in
      let behind = lag.evidence.compactMap { $0.fields.integer(.lag) }.max().map { " by up to \($0) MB" } ?? ""
      return facts.finding(
        .replicaLagging,
        .warning,
        member: lag.member,
        by: lag.evidence.map(Optional.some),
        "\(lag.member ?? "A replica") is behind\(behind)."
      )
    }
  }
}

/// A member is up but does not stream, or did not for a while.
enum ReplicationBroken: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    facts.draft.lostMembers.compactMap { lasting($0, facts) ?? passing($0, facts) }
  }

  private static func lasting(_ member: String, _ facts: IncidentFacts) -> Finding? {
    guard facts.observations.restoration(of: member, after: facts.draft.lossOf(member)) == nil,
      facts.observations.servers[member]?.finalState == .recovery,
      let last = facts.observations.replication[member]?.breaks.last
    else { return nil }
    return finding(member, [last], "\(member) is up but does not stream.", facts)
  }

  /// A standby whose server went on while its stream was down, although it had all it needed to follow.
  private static func passing(_ member: String, _ facts: IncidentFacts) -> Finding? {
    guard facts.kind == .replicaOutage, let history = facts.observations.servers[member],
      facts.of(.replicationWALMissing, .timelineDiverged, .replicationAhead, member: member).isEmpty
    else { return nil }
    let breaks = facts.of(.replicationBroken, .replicationConnectFailed, .replicationReceiverStopped, member: member)
    let span = Window(from: facts.draft.lossOf(member), to: facts.end)
    let wasUp = !history.spans.contains { span.contains($0.from) && $0.state != .recovery }
    guard wasUp, history.state(at: span.from) == .recovery, let first = breaks.first else { return nil }
    return finding(
      member,
      [first, breaks.count > 1 ? breaks.last : nil],
      "\(member) was up and did not stream.",
      facts
    )
  }

  private static func finding(_ member: String, _ lines: [Occurrence?], _ words: String, _ facts: IncidentFacts)
    -> Finding
  {
    facts.finding(.replicationBroken, .warning, member: member, by: lines, words)
  }
}

/// Data and cluster record belong to different clusters.
enum SystemIDMismatch: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lines = facts.of(.faultSystemIDMismatch)
    let first = lines.enumerated().filter { index, line in !lines.prefix(index).contains { $0.member == line.member } }
    return first.map(\.element).map { line in
      facts.finding(
        .systemIDMismatch,
        .critical,
        member: line.member,
        by: [line],
        "\(line.member ?? "A member")'s data belongs to another cluster than \(other(than: line))."
      )
    }
  }

  private static func other(than line: Occurrence) -> String {
    line.role == .agent ? "the DCS record" : "its upstream's"
  }
}
