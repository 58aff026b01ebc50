import Contract
import Model

/// The leader vanished or stopped renewing its lock.
enum LeaderLost: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard let old = facts.oldPrimary, [.failover, .splitBrain, .primaryOutage].contains(facts.kind) else { return [] }
    let signs = LossSigns(of: old, facts: facts)
    let gaveUp = facts.of(.leaderDemoting, .leaderDemoted, member: old).first { $0.reason == "dcs" }
    guard gaveUp == nil, signs.released == nil else { return [] }
    guard facts.change != nil || signs.exit != nil || signs.wentSilent else { return [] }
    // Where no line shows the loss, the one that shows the lock in other hands does.
    let loss = facts.change.map { $0.faultEvidence.isEmpty ? [$0.acquired] : $0.faultEvidence.prefix(3).map { $0 } }
    let interruption = facts.draft.all(.primaryInterruption).flatMap(\.evidence).prefix(3)
    let evidence = (loss ?? [signs.exit] + interruption.map { $0 }).compactMap { $0 }
    guard !evidence.isEmpty else { return [] }
    return [
      facts.finding(
        .leaderLost,
        .critical,
        member: old,
        by: evidence,
        "\(old), the leader, vanished or stopped renewing its lock."
      )
    ]
  }
}

/// Two members were writable at once.
enum DualPrimary: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard let change = facts.change else { return strays(in: facts) }
    guard let overlap = DualPrimaryReader(observations: facts.observations).overlap(in: change) else { return [] }
    let length = overlap.window.seconds.map { " for \(Int($0.rounded())) s" } ?? ""
    return [
      facts.finding(
        .dualPrimary,
        .critical,
        member: change.oldPrimary,
        confidence: overlap.isProven ? 0.95 : 0.6,
        by: overlap.evidence,
        overlap.isProven
          ? "\(change.oldPrimary) was still primary\(length) after \(change.newPrimary) had become one."
          : "\(change.oldPrimary) may still have been primary after \(change.newPrimary) had become one."
      )
    ]
  }
}

extension DualPrimary {
  /// Members that became writable beside a leader that went on.
  private static func strays(in facts: IncidentFacts) -> [Finding] {
    facts.draft.all(.strayPrimary).prefix(1).map { stray in
      let member = stray.member ?? "A member"
      let length = stray.window.seconds.map { " for \(Int($0.rounded())) s" } ?? ""
      return facts.finding(
        .dualPrimary,
        .critical,
        member: stray.member,
        by: stray.evidence.map { $0 },
        "\(member) was a second primary beside \(facts.oldPrimary ?? "the leader")\(length), without the lock."
      )
    }
  }
}

/// Automatic failover was off.
enum ClusterPaused: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard [.primaryOutage, .failover, .dcsOutage].contains(facts.kind) else { return [] }
    let lines = facts.observations.occurrences.all(in: facts.window.widened(bySeconds: 30))
    guard let first = lines.first(where: tellsPause), let last = lines.last(where: tellsPause) else { return [] }
    let resumed = facts.observations.occurrences.last(.agentPauseChanged, in: Window(from: first.at, to: nil))
    guard resumed?.fields[.state] != "resumed" || facts.start < (resumed?.at ?? facts.start) else { return [] }
    return [
      facts.finding(
        .clusterPaused,
        .warning,
        by: [first, last == first ? nil : last],
        "The cluster is in maintenance mode (paused): nobody is promoted automatically."
      )
    ]
  }

  private static func tellsPause(_ line: Occurrence) -> Bool {
    line[.paused] != nil || line.kind == .clusterMaintenanceListed
      || line.kind == .agentPauseChanged && line[.state] == "paused"
  }
}
