import Contract
import Model

/// From the primary's loss to a writable new primary: demotion, detection, election, promotion.
struct FailoverPhases {
  let facts: IncidentFacts
  let path: CriticalPath
  private var builder: PhaseBuilder { PhaseBuilder(facts: facts) }
  private var milestones: Milestones { facts.milestones }

  func phases() -> [Phase] {
    [demotion, detection, election, promotion].compactMap { $0 }
  }

  private var demotion: Phase? {
    guard let old = facts.oldPrimary,
      let begun = facts.of(.leaderDemoting, .operatorProceeding, member: old).first ?? plannedStop(of: old)
    else { return nil }
    let span = facts.observations.servers[old]?.spans.first { span in
      span.from >= begun.at.advanced(bySeconds: -0.5) && [.stopping, .down, .recovery].contains(span.state)
    }
    let end = span.flatMap { span in span.began.map { PhaseBuilder.Edge($0) } }
    return builder.phase(
      .demotion,
      member: old,
      from: .init(begun),
      to: end ?? facts.of(.leaderDemoted, member: old).first.map { .init($0) },
      "\(old) gives up leadership: until its server refuses writes or is down."
    )
  }

  private func plannedStop(of member: String) -> Occurrence? {
    guard facts.change?.isPlanned == true else { return nil }
    return facts.of(.serverShutdownRequested, member: member).first
  }

  private var detection: Phase? {
    guard let change = facts.change, let fault = milestones.faultAt, let free = milestones.lockFreeAt else {
      return nil
    }
    let from = PhaseBuilder.Edge(fault, by: change.faultEvidence.first { $0.at == fault })
    let to = builder.edge(
      at: free,
      .leaderReleased,
      .candidatePeerUnreachable,
      .candidatePeerAnswered,
      .candidateRefused,
      .candidatePeerRefused,
      .leaderAcquired
    )
    let isReleased = to?.by?.kind == .leaderReleased
    return builder.phase(
      .detection,
      member: change.oldPrimary,
      from: from,
      to: to,
      slack: path.slack(of: .lockFree),
      isReleased
        ? "\(change.oldPrimary) released the leader lock itself."
        : "The cluster waited until \(change.oldPrimary)'s leader lock was free: an unreleased lock lasts until its ttl has passed."
    )
  }

  private var election: Phase? {
    guard let change = facts.change, let free = milestones.lockFreeAt else { return nil }
    let from = builder.edge(
      at: free,
      .leaderReleased,
      .candidatePeerUnreachable,
      .candidatePeerAnswered,
      .candidateRefused
    )
    return builder.phase(
      .election,
      member: change.newPrimary,
      from: from ?? .init(free),
      to: .init(change.acquiredAt, by: change.acquired),
      slack: path.slack(of: .election),
      "The candidates compared their WAL positions until \(change.newPrimary) took the lock."
    )
  }

  private var promotion: Phase? {
    guard let elected = milestones.leaderElectedAt, let member = facts.change?.newPrimary ?? facts.newPrimary else {
      return nil
    }
    guard
      facts.change != nil
        || facts.observations.occurrences.contains(.promotionRequested, member: member, in: facts.window)
    else {
      return nil
    }
    let from = builder.edge(at: elected, .leaderAcquired, .agentHeartbeat)
    let to = builder.edge(at: milestones.writableAt, .serverReady, .clientWriteSucceeded)
    return builder.phase(
      .promotion,
      member: member,
      from: from ?? .init(elected),
      to: to,
      slack: path.slack(of: .promotion),
      "\(member) left recovery: from the lock to a server that accepts writes."
    )
  }
}
