import Clocks
import Correlation
import Model

/// Whether the last leader is shown writable at the end of the log, with nothing that contradicts it.
///
/// Everything that destroys data waits for this, so every doubt counts as no.
struct LeaderHealth {
  let isShown: Bool

  init(observations: Observations, members: [MemberOutlook]) {
    guard let term = observations.leadership.terms.last else {
      isShown = false
      return
    }
    let evidence = LeaderEvidence(term: term, observations: observations)
    let rival = members.contains { $0.condition == .primary }
    isShown = !rival && !evidence.hasGivenUp && !evidence.isDamaged && (evidence.isSeenWell || evidence.isFollowed)
  }
}

private struct LeaderEvidence {
  let term: LeaderTerm
  let observations: Observations

  private var member: String { term.member }
  private var occurrences: Occurrences { observations.occurrences }

  /// The last line that shows the member as leader.
  private var lastSign: Occurrence? {
    let beats = occurrences.of(.agentHeartbeat, .leaderAcquired, .leaderRenewed, member: member).last {
      $0.kind != .agentHeartbeat || ["leader", "standby_leader"].contains($0.fields[.role] ?? "")
    }
    return [beats, listed].compactMap { $0 }.max { $0.index < $1.index }
  }

  private var listed: Occurrence? {
    occurrences.of(.clusterMemberListed, member: member).last {
      ["leader", "standby_leader"].contains($0.fields[.role] ?? "") && $0.fields[.state] == "running"
    }
  }

  /// Whether a release, a demotion or the end of its container follows the last sign of leadership.
  var hasGivenUp: Bool {
    guard let sign = lastSign else { return false }
    let ends = occurrences.of(
      .leaderReleased,
      .leaderDemoting,
      .leaderDemoted,
      .leaderLost,
      .serverShutDown,
      .runtimeExited,
      .agentStopping,
      member: member
    )
    return ends.contains { $0.index > sign.index }
  }

  /// Whether its data or its disk is in trouble near the end.
  var isDamaged: Bool {
    let recent = Window(from: observations.lastAt.advanced(bySeconds: -120), to: nil)
    return occurrences.contains(.faultDiskFull, member: member, in: recent)
      || occurrences.contains(.faultDataLost, .faultDataCorrupt, member: member, in: Window(from: term.from, to: nil))
  }

  /// Whether its own lines, or a listing, show it writable shortly before the end.
  var isSeenWell: Bool {
    guard let sign = lastSign else { return false }
    let rhythm = observations.agents[member]?.rhythm ?? 10
    guard observations.lastAt.seconds(since: sign.at) <= max(30, rhythm * 3) else { return false }
    if term.isStandbyLeader { return true }
    let history = observations.servers[member]
    return history?.finalState.isWritable == true || history?.hasServerLog != true && listed != nil
  }

  /// Whether another member streams from it to the end; for a leader whose own log is not here.
  var isFollowed: Bool {
    guard observations.agents[member]?.signs.isEmpty != false, observations.servers[member]?.hasServerLog != true else {
      return false
    }
    return observations.directory.members.contains { other in
      guard other != member, observations.replication[other]?.isStreamingAtEnd == true else { return false }
      return observations.agents[other]?.heartbeats.last?.fields[.leader] == member
    }
  }
}
