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
    let beats = occurrences.list(of: .agentHeartbeat, .leaderAcquired, .leaderRenewed, member: member).last {
      $0.kind != .agentHeartbeat || ["leader", "standby_leader"].contains($0[.role] ?? "")
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

  /// Whether other members see it lead to the end; for a leader whose own log is not here.
  ///
  /// The lock is renewed by nobody else, so a member that names its holder round after round vouches for it, unless
  /// the holder could not be reached.
  var isFollowed: Bool {
    guard observations.agents[member]?.signs.isEmpty != false, observations.servers[member]?.hasServerLog != true else {
      return false
    }
    let named = occurrences.of(.agentHeartbeat, .agentLockOwner).filter { $0.member != member }
    let telling = named.filter { $0.fields[.leader].flatMap { observations.directory.canonical($0) } == member }
    guard let first = telling.first, let last = telling.last, let latest = named.last(where: namesLeader) else {
      return false
    }
    return last.index == latest.index && last.at.seconds(since: first.at) >= Self.lifeOfLock
      && observations.lastAt.seconds(since: last.at) <= Self.lifeOfLock && !isOutOfReach(before: last.at)
  }

  /// Patroni's default `ttl`: no lock is older without a renewal.
  private static let lifeOfLock = 30.0

  private func namesLeader(_ occurrence: Occurrence) -> Bool {
    occurrence.fields[.leader] != nil || occurrence.fields[.role] == "leader"
  }

  private func isOutOfReach(before instant: Instant) -> Bool {
    let recent = Window(from: instant.advanced(bySeconds: -Self.lifeOfLock), to: nil)
    return occurrences.of(.replicationConnectFailed, .candidatePeerUnreachable, in: recent).contains { failure in
      let about = failure.fields[.member] ?? failure.fields[.host]
      return about.map { observations.directory.canonical($0) == member } ?? true
    }
  }
}
