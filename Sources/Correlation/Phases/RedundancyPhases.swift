import Contract
import Model

/// How the cluster got its redundancy back: the lost member's rejoin and the split of timelines.
struct RedundancyPhases {
  let facts: IncidentFacts
  private var builder: PhaseBuilder { PhaseBuilder(facts: facts) }

  func phases() -> [Phase] {
    [redundancyLost, timelineSplit].compactMap { $0 } + rejoins
  }

  private var redundancyLost: Phase? {
    guard let first = facts.draft.lostMembers.first else { return nil }
    let from = facts.change?.faultAt ?? facts.draft.disturbances.first { $0.member == first }?.start ?? facts.start
    let restored = facts.milestones.redundancyRestoredAt
    return builder.phase(
      .redundancyLost,
      member: first,
      from: .init(from),
      to: builder.edge(at: restored, .replicationStreaming, .agentHeartbeat, .clusterMemberListed),
      "Until \(facts.draft.lostMembers.joined(separator: ", ")) streamed again."
    )
  }

  private var rejoins: [Phase] {
    facts.draft.lostMembers.compactMap { member in
      let after = Window(from: facts.draft.lossOf(member), to: facts.window.to)
      guard
        let started = facts.observations.occurrences.first(
          .serverStarting,
          .serverLaunched,
          .serverStartRequested,
          member: member,
          in: after
        )
      else { return nil }
      let back = facts.observations.restoration(of: member, after: after.from)
      return builder.phase(
        .rejoin,
        member: member,
        from: .init(started),
        to: builder.edge(at: back, .replicationStreaming, .agentHeartbeat, .clusterMemberListed),
        "From \(member)'s start until it streamed from the new primary."
      )
    }
  }

  private var timelineSplit: Phase? {
    guard let change = facts.change, TimelineSplit(facts: facts).isShown else { return nil }
    let from = facts.of(.timelineSelected, member: change.newPrimary).first
    let after = Window(from: change.acquiredAt, to: facts.window.to)
    let healed = facts.observations.occurrences.first(
      .rewindSucceeded,
      .cloneSucceeded,
      member: change.oldPrimary,
      in: after
    )
    let listed = healed == nil ? facts.milestones.redundancyRestoredAt : nil
    return builder.phase(
      .timelineSplit,
      member: change.oldPrimary,
      from: from.map { .init($0) } ?? .init(change.acquiredAt, by: change.acquired),
      to: healed.map { .init($0) } ?? builder.edge(at: listed, .replicationStreaming, .clusterMemberListed),
      "\(change.oldPrimary) held WAL that is not part of the new primary's history."
    )
  }
}

/// Whether a member holds WAL beyond the fork.
struct TimelineSplit {
  let isShown: Bool
  let bytes: Int?
  let evidence: [Occurrence]

  init(facts: IncidentFacts) {
    let fork = TimelineFork(facts: facts)
    bytes = fork.discardedBytes
    isShown = fork.isStated || (fork.discardedBytes ?? 0) > 0
    evidence = fork.evidence
  }
}
