import Contract
import Model

/// How the cluster got its redundancy back: the lost member's rejoin and the split of timelines.
struct RedundancyPhases {
  let facts: IncidentFacts
  private var builder: PhaseBuilder { PhaseBuilder(facts: facts) }

  func phases() -> [Phase] {
    [redundancyLost].compactMap { $0 } + timelineSplits + rejoins
  }

  private var redundancyLost: Phase? {
    let lost = facts.draft.lostMembers
    guard !lost.isEmpty || facts.draft.has(.replicaTrouble) else { return nil }
    let from = facts.change?.faultAt ?? facts.draft.disturbances.first { $0.member == lost.first }?.start ?? facts.start
    let restored = facts.milestones.redundancyRestoredAt
    return builder.phase(
      .redundancyLost,
      member: lost.first,
      from: .init(from),
      to: builder.edge(at: restored, .replicationStreaming, .agentHeartbeat, .clusterMemberListed),
      "Until \(lost.isEmpty ? "the standby" : lost.joined(separator: ", ")) streamed again."
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

  private var timelineSplits: [Phase] {
    TimelineSplit.all(in: facts).map { phase(of: $0) }
  }

  /// From the fork, or from the first line that tells of it, until the member has the primary's history.
  private func phase(of split: TimelineSplit) -> Phase {
    let change = facts.change
    let begun = change.flatMap { facts.of(.timelineSelected, member: $0.newPrimary).first }
    let told = split.evidence.first
    let from = change?.acquiredAt ?? told?.at ?? facts.start
    let healed = facts.observations.occurrences.first(
      .rewindSucceeded,
      .cloneSucceeded,
      member: split.member,
      in: Window(from: from, to: facts.window.to)
    )
    let back = healed == nil ? facts.observations.restoration(of: split.member, after: from) : nil
    return builder.phase(
      .timelineSplit,
      member: split.member,
      from: begun.map { .init($0) } ?? .init(from, by: change?.acquired ?? told),
      to: healed.map { .init($0) } ?? builder.edge(at: back, .replicationStreaming, .clusterMemberListed),
      "\(split.member) held WAL that is not part of the primary's history."
    )
  }
}
