import Contract
import Model

/// Agents that fell silent while their server went on, and two primaries at once.
struct UnmanagedPhases {
  let facts: IncidentFacts
  private var builder: PhaseBuilder { PhaseBuilder(facts: facts) }

  func phases() -> [Phase] {
    guard let change = facts.change else { return facts.draft.all(.strayPrimary).map(stray) }
    let unplanned = change.isPlanned ? [] : [stall(change), unmanaged(change)]
    return (unplanned + [dualPrimary(change)]).compactMap { $0 }
  }

  private func stray(_ disturbance: Disturbance) -> Phase {
    let end = disturbance.window.to.map { end in
      PhaseBuilder.Edge(
        end,
        by: facts.observations.occurrences.all(in: Window(from: end, to: end)).first { $0.member == disturbance.member }
      )
    }
    return builder.phase(
      .dualPrimary,
      member: disturbance.member,
      from: .init(disturbance.start, by: disturbance.evidence.first),
      to: end,
      "\(disturbance.member ?? "A member") accepted writes beside \(facts.oldPrimary ?? "the leader")."
    )
  }

  private func stall(_ change: LeadershipChange) -> Phase? {
    guard let silence = facts.agentStall?.silence else { return nil }
    return builder.phase(
      .stall,
      member: change.oldPrimary,
      from: builder.edge(at: silence.from, .agentHeartbeat) ?? .init(silence.from),
      to: builder.edge(at: silence.to, .agentHeartbeat, .leaderDemoting, .agentSlow),
      "\(change.oldPrimary)'s Patroni said nothing while its PostgreSQL went on."
    )
  }

  private func unmanaged(_ change: LeadershipChange) -> Phase? {
    guard let stall = facts.agentStall else { return nil }
    let writable = facts.observations.servers[change.oldPrimary]?.writableSpans.last { $0.from <= change.acquiredAt }
    guard let writable, writable.window.overlaps(stall.silence) else { return nil }
    let ends = [stall.silence.to, writable.to].compactMap { $0 }
    return builder.phase(
      .unmanagedPrimary,
      member: change.oldPrimary,
      from: .init(stall.start, by: stall.killed),
      to: ends.min().map { .init($0) },
      "\(change.oldPrimary)'s PostgreSQL was primary with nobody to demote it."
    )
  }

  private func dualPrimary(_ change: LeadershipChange) -> Phase? {
    guard let overlap = DualPrimaryReader(observations: facts.observations).overlap(in: change) else { return nil }
    let to = overlap.window.to.map { PhaseBuilder.Edge($0, by: overlap.evidence.last) }
    return builder.phase(
      .dualPrimary,
      member: change.oldPrimary,
      from: .init(overlap.window.from, by: overlap.evidence.first),
      to: to,
      overlap.isProven
        ? "\(change.oldPrimary) and \(change.newPrimary) both accepted writes."
        : "\(change.oldPrimary) may have accepted writes beside \(change.newPrimary)."
    )
  }
}
