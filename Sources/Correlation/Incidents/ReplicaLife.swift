import Model

/// What every search for a replica's trouble asks about members.
struct ReplicaLife {
  let observations: Observations

  private var occurrences: Occurrences { observations.occurrences }

  /// Whether the member held the lock, or was the only primary that the log knows.
  func isLeader(_ member: String, at instant: Instant) -> Bool {
    guard observations.leadership.terms.isEmpty else { return observations.leadership.leader(at: instant) == member }
    let roles = observations.servers[member]?.spans.filter { [.primary, .recovery].contains($0.state) } ?? []
    return roles.last { $0.from <= instant }?.state == .primary
  }

  /// Whether the cluster has not been born yet: what fails then is its first start, no replica.
  var isUnborn: Bool {
    observations.leadership.terms.isEmpty
      && (occurrences.contains(.bootstrapStarted, .bootstrapFailed, .bootstrapWaiting)
        || !BootstrapFailureFinder(observations: observations).failures().isEmpty)
  }

  /// When the member streams again, or leads; nil if it never does.
  func recovery(of member: String, after instant: Instant) -> Instant? {
    let stream = observations.replication[member]?.lastingStream(after: instant)
    let leads = observations.servers[member]?.firstSpan(.primary, after: instant)?.from
    let found = [stream, leads].compactMap { $0 }.min()
    if let found { return found }
    guard observations.servers[member]?.hasServerLog == false, !observations.tellsReplication(of: member) else {
      return nil
    }
    return observations.agents[member]?.heartbeats.first(after: instant)?.at
  }

  /// A member that never streamed before is only being built.
  func isBeingBuilt(_ member: String, at instant: Instant) -> Bool {
    observations.replication[member]?.streams.contains { $0.from < instant } != true
      && occurrences.contains(
        .cloneStarted,
        .cloneSucceeded,
        member: member,
        in: Window(from: instant.advanced(bySeconds: -60), to: instant)
      )
  }

  /// Whether a leader keeps the lock and goes on as primary after a line, so that the trouble is its replica's.
  func isWorking(_ leader: String, after trouble: Occurrence) -> Bool {
    let isSilent =
      observations.agents[leader]?.signs.isEmpty != false && observations.servers[leader]?.hasServerLog != true
    return isSilent ? isVouchedFor(leader, from: trouble.at) : isSeenWorking(leader, after: trouble)
  }

  private func isSeenWorking(_ leader: String, after trouble: Occurrence) -> Bool {
    guard let history = observations.servers[leader] else { return false }
    let start = trouble.at
    let end = min(start.advanced(bySeconds: Self.patience), observations.lastAt)
    let span = Window(from: start.advanced(bySeconds: -2), to: end)
    let soon = Window(from: start, to: start.advanced(bySeconds: 30))
    let isStandby = observations.leadership.terms.last { $0.from <= start }?.isStandbyLeader == true
    return isKept(in: span) && (history.state(at: start).isWritable || isStandby)
      && !history.spans.contains { span.contains($0.from) && !$0.state.isWritable }
      && observations.agents[leader]?.heartbeats.within(soon).contains { beat in
        let age = beat.at.seconds(since: start)
        return age < 30 && age > observations.clockDoubt(between: beat, trouble)
      } == true
  }

  /// A leader whose own log is missing is alive if others still name it when an unrenewed lock would have expired.
  private func isVouchedFor(_ leader: String, from start: Instant) -> Bool {
    let end = start.advanced(bySeconds: Self.lifeOfLock)
    return isKept(in: Window(from: start.advanced(bySeconds: -2), to: end))
      && occurrences.of(.agentHeartbeat, .agentLockOwner, in: Window(from: end, to: nil)).first.map { line in
        line.fields[.leader].flatMap { observations.directory.canonical($0) } == leader
      } == true
  }

  private func isKept(in span: Window) -> Bool {
    !observations.leadership.terms.contains { $0.from > span.from && span.contains($0.from) && $0.beginning != .found }
  }

  /// A stream that is broken for less is no trouble, in seconds.
  static let patience = 15.0
  /// Longer than Patroni's default `ttl` and a loop, in seconds.
  private static let lifeOfLock = 40.0
}
