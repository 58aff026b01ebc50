import Model

/// Finds members that are not the leader and fell out of replication.
struct ReplicaTroubleFinder {
  let observations: Observations
  let changes: [LeadershipChange]

  func troubles() -> [Disturbance] {
    observations.directory.members.flatMap { member in
      (downs(of: member) + streams(of: member) + breaks(of: member) + silences(of: member)).sorted {
        $0.start < $1.start
      }
      .reduce(into: [Disturbance]()) { merged, next in
        guard let last = merged.indices.last, merged[last].window.overlaps(next.window) else {
          return merged.append(next)
        }
        merged[last].evidence += next.evidence
        merged[last].window.to = later(merged[last].window.to, next.window.to)
      }
    }
  }

  private func later(_ left: Instant?, _ right: Instant?) -> Instant? {
    guard let left, let right else { return nil }
    return max(left, right)
  }

  /// A replica whose server or container goes down, until it streams again.
  private func downs(of member: String) -> [Disturbance] {
    guard let history = observations.servers[member] else { return [] }
    let earlier = [nil] + history.spans.map(Optional.init)
    return zip(history.spans, earlier).compactMap { span, before in
      let isRestart = span.state == .starting && before?.state == .recovery
      guard span.state == .down || span.state == .resetting || isRestart, let began = span.began,
        !isLeader(member, at: span.from), !isOrdered(member, at: span.from)
      else { return nil }
      let end = recovery(of: member, after: span.from)
      if isRestart, let silence = silence(of: member, before: span.from) {
        return Disturbance(
          kind: .replicaTrouble,
          member: member,
          window: Window(from: silence.at, to: end),
          evidence: [silence, began]
        )
      }
      return Disturbance(
        kind: .replicaTrouble,
        member: member,
        window: Window(from: span.from, to: end),
        evidence: [began]
      )
    }
  }

  /// The agent's last sign before a start that no stop came before.
  private func silence(of member: String, before start: Instant) -> Occurrence? {
    guard let agent = observations.agents[member] else { return nil }
    let last = agent.signs.last { $0.at < start.advanced(bySeconds: -max(8, (agent.rhythm ?? 10) * 2)) }
    return last
  }

  /// A replica that fell silent for good while others go on, and whose leader misses it.
  private func silences(of member: String) -> [Disturbance] {
    guard MemberStateReader(observations: observations).isSilent(member),
      let last = observations.agents[member]?.signs.last,
      !isLeader(member, at: last.at), observations.serverState(of: member, at: last.at) == .recovery
    else { return [] }
    let window = Window(from: last.at, to: nil)
    let missed = observations.occurrences.of(.replicationSenderStopped, .candidatePeerUnreachable, in: window).first {
      line in
      line.member != member
        && (line.kind == .replicationSenderStopped
          || line.fields[.member].flatMap { observations.directory.canonical($0) } == member)
    }
    guard let missed else { return [] }
    return [Disturbance(kind: .replicaTrouble, member: member, window: window, evidence: [last, missed])]
  }

  /// A replica that lacks WAL, has diverged or cannot stream although it is up.
  private func streams(of member: String) -> [Disturbance] {
    let signs = observations.occurrences.of(
      .replicationWALMissing,
      .timelineDiverged,
      .replicationAhead,
      .serverStartFailed,
      .faultSystemIDMismatch,
      .agentStartFailed,
      .cloneFailed,
      member: member
    )
    // Without any leader yet it is the cluster's first start that fails, not a replica.
    guard !observations.leadership.terms.isEmpty else { return [] }
    var result: [Disturbance] = []
    for sign in signs where !isLeader(member, at: sign.at) {
      if let last = result.last, last.window.contains(sign.at) { continue }
      guard sign.kind != .timelineDiverged || sign.reason != "not_in_history" || !isFollowing(member, after: sign.at)
      else { continue }
      let end = recovery(of: member, after: sign.at)
      if let end, end.seconds(since: sign.at) < 5 { continue }
      result.append(
        Disturbance(kind: .replicaTrouble, member: member, window: Window(from: sign.at, to: end), evidence: [sign])
      )
    }
    return result
  }

  /// A replica whose stream breaks, and stays broken, although its leader goes on as primary.
  private func breaks(of member: String) -> [Disturbance] {
    let patience = 15.0
    let failures = observations.occurrences.of(
      .replicationBroken,
      .replicationConnectFailed,
      .replicationReceiverStopped,
      member: member
    )
    var result: [Disturbance] = []
    for failure in failures where !isLeader(member, at: failure.at) {
      if let last = result.last, last.window.contains(failure.at) { continue }
      guard let leader = observations.leadership.leader(at: failure.at),
        isPrimary(leader, from: failure.at, forSeconds: patience)
      else { continue }
      let end = recovery(of: member, after: failure.at)
      guard (end ?? observations.lastAt).seconds(since: failure.at) > patience, !isBeingBuilt(member, at: failure.at)
      else { continue }
      result.append(
        Disturbance(
          kind: .replicaTrouble,
          member: member,
          window: Window(from: failure.at, to: end),
          evidence: [failure]
        )
      )
    }
    return result
  }

  private func isPrimary(_ member: String, from start: Instant, forSeconds seconds: Double) -> Bool {
    guard let history = observations.servers[member] else { return false }
    let end = min(start.advanced(bySeconds: seconds), observations.lastAt)
    let span = Window(from: start.advanced(bySeconds: -2), to: end)
    let isKept = !observations.leadership.terms.contains {
      $0.from > span.from && $0.from <= end && $0.beginning != .found
    }
    return isKept && history.state(at: start).isWritable
      && !history.spans.contains { span.contains($0.from) && !$0.state.isWritable }
      && (observations.agents[member]?.heartbeats.first(after: start).map { $0.at.seconds(since: start) < 30 } ?? false)
  }

  /// A member that never streamed before is only being built.
  private func isBeingBuilt(_ member: String, at instant: Instant) -> Bool {
    observations.replication[member]?.streams.contains { $0.from < instant } != true
      && observations.occurrences.contains(
        .cloneStarted,
        .cloneSucceeded,
        member: member,
        in: Window(from: instant.advanced(bySeconds: -60), to: instant)
      )
  }

  private func isFollowing(_ member: String, after instant: Instant) -> Bool {
    recovery(of: member, after: instant) != nil
  }

  private func isLeader(_ member: String, at instant: Instant) -> Bool {
    observations.leadership.leader(at: instant) == member
  }

  /// A stop that somebody or the agent ordered, and that a start follows at once: a restart, a clone, a rewind.
  private func isOrdered(_ member: String, at instant: Instant) -> Bool {
    let window = Window(from: instant.advanced(bySeconds: -10), to: instant.advanced(bySeconds: 10))
    let reinit = observations.occurrences.of(.operatorRequested, .operatorCommand, in: window.widened(bySeconds: 20))
      .contains {
        ["reinit", "restart"].contains($0.fields[.action] ?? "")
      }
    return reinit
      || observations.occurrences.contains(
        .cloneDataRemoved,
        .cloneStarted,
        .rewindStarted,
        .agentRestart,
        member: member,
        in: window
      )
  }

  /// When the member streams again, or leads; nil if it never does.
  private func recovery(of member: String, after instant: Instant) -> Instant? {
    let stream = observations.replication[member]?.lastingStream(after: instant)
    let leads = observations.servers[member]?.spans.first { $0.state == .primary && $0.from > instant }?.from
    let found = [stream, leads].compactMap { $0 }.min()
    if let found { return found }
    guard observations.servers[member]?.hasServerLog == false, !observations.tellsReplication(of: member) else {
      return nil
    }
    return observations.agents[member]?.heartbeats.first(after: instant)?.at
  }
}
