import Contract
import Model

/// Agents that fell silent while their server went on, and two primaries at once.
struct UnmanagedPhases {
  let facts: IncidentFacts
  private var builder: PhaseBuilder { PhaseBuilder(facts: facts) }

  func phases() -> [Phase] {
    guard let change = facts.change else { return [] }
    let unplanned = change.isPlanned ? [] : [stall(change), unmanaged(change)]
    return (unplanned + [dualPrimary(change)]).compactMap { $0 }
  }

  private func stall(_ change: LeadershipChange) -> Phase? {
    guard let silence = AgentStall(of: change.oldPrimary, facts: facts).silence else { return nil }
    return builder.phase(
      .stall,
      member: change.oldPrimary,
      from: builder.edge(at: silence.from, .agentHeartbeat) ?? .init(silence.from),
      to: builder.edge(at: silence.to, .agentHeartbeat, .leaderDemoting, .agentSlow),
      "\(change.oldPrimary)'s Patroni said nothing while its PostgreSQL went on."
    )
  }

  private func unmanaged(_ change: LeadershipChange) -> Phase? {
    guard let silence = AgentStall(of: change.oldPrimary, facts: facts).silence else { return nil }
    let writable = facts.observations.servers[change.oldPrimary]?.writableSpans.last { $0.from <= change.acquiredAt }
    guard let writable, writable.window.overlaps(silence) else { return nil }
    let ends = [silence.to, writable.to].compactMap { $0 }
    return builder.phase(
      .unmanagedPrimary,
      member: change.oldPrimary,
      from: .init(silence.from),
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

/// A silence of an agent whose server is shown to go on.
struct AgentStall {
  let silence: Window?

  init(of member: String, facts: IncidentFacts) {
    guard let change = facts.change, let agent = facts.observations.agents[member],
      let found = agent.silence(reaching: change.acquiredAt)
    else {
      silence = nil
      return
    }
    let servers = facts.observations.servers[member]
    let isUp = servers?.state(at: change.acquiredAt).isWritable ?? false
    let exited = facts.observations.occurrences.contains(
      .runtimeExited,
      member: member,
      in: Window(from: found.from, to: found.to)
    )
    silence = isUp && !exited && Self.livedOn(member, through: found, facts: facts) ? found : nil
  }

  /// Whether lines show that the server went on while its agent was silent.
  private static func livedOn(_ member: String, through silence: Window, facts: IncidentFacts) -> Bool {
    guard let end = silence.to else { return false }
    let occurrences = facts.observations.occurrences
    let spoke = occurrences.all.contains {
      $0.member == member && $0.component.role == .server && $0.at.seconds(since: silence.from) > 2 && $0.at < end
    }
    if spoke { return true }
    // What the node does first after the silence: a server that is demoted or told to stop was running.
    let after = Window(from: end, to: end.advanced(bySeconds: 30))
    let living: [EventKind] = [.leaderDemoting, .leaderDemoted, .serverShutdownRequested, .agentSlow]
    let anew: [EventKind] = [
      .agentStarted, .serverStarting, .serverWasInterrupted, .serverCrashRecovery, .serverStartRequested,
      .rewindStarted,
      .timelineLocal, .agentServerDown,
    ]
    guard let first = occurrences.of(living + anew, member: member, in: after).first else { return false }
    return living.contains(first.kind)
  }
}
