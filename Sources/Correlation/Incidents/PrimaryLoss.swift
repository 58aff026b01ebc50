import Model

/// The earliest sign that a primary was lost, searched backwards from the moment at which its loss was certain.
struct PrimaryLoss {
  /// The best estimate of the loss.
  let at: Instant
  /// The lines that show it, earliest first.
  let evidence: [Occurrence]
  /// The last line that shows the primary well.
  let lastHealthy: Occurrence?

  init(of member: String, before end: Instant, after start: Instant, observations: Observations) {
    let agent = observations.agents[member]
    let healthy = agent?.heartbeats.within(Window(from: start, to: end)).last { $0.fields[.role] == "leader" }
    let earliest = max(start, healthy?.at ?? end.advanced(bySeconds: -180))
    let window = Window(from: earliest, to: end)
    let signs = Self.signs(of: member, in: window, observations: observations)
    lastHealthy = healthy
    evidence = Array(signs.prefix(6))
    let rhythm = agent?.rhythm ?? 10
    switch (signs.first, healthy) {
    case (let sign?, let healthy?) where sign.at.seconds(since: healthy.at) > rhythm * 1.5 + 1:
      at = healthy.at
    case (let sign?, _):
      at = sign.at
    case (nil, let healthy?):
      at = healthy.at
    case (nil, nil):
      at = end
    }
  }

  /// A stream that ends because its timeline did: a standby far behind reads on, its upstream is well.
  private static func isEndOfOldTimeline(_ occurrence: Occurrence, in occurrences: Occurrences) -> Bool {
    guard occurrence.kind == .replicationTerminated else { return false }
    let window = Window(from: occurrence.at, to: occurrence.at).widened(bySeconds: 1)
    return occurrences.contains(.timelineDiverged, member: occurrence.member, in: window)
  }

  /// Everything that says that the member is gone or in trouble, in time order.
  private static func signs(of member: String, in window: Window, observations: Observations) -> [Occurrence] {
    let occurrences = observations.occurrences
    let own = occurrences.of(
      [
        .serverShutdownRequested, .serverShutDown, .serverBackendCrashed, .serverResettingSessions, .agentServerDown,
        .agentServerUnresponsive, .agentStopping, .runtimeExited, .dcsUnreachable, .leaderRenewFailed, .leaderDemoting,
        .leaderDemoted, .leaderReleased, .leaderLost, .faultDiskFull, .faultDataLost,
      ],
      member: member,
      in: window
    )
    let containers = occurrences.of(.runtimeStateChanged, member: member, in: window).filter {
      ["stopping", "stopped", "killing", "killed", "oom", "paused", "disconnected"].contains($0.fields[.state] ?? "")
    }
    let others = occurrences.of(
      .replicationBroken,
      .replicationTerminated,
      .replicationConnectFailed,
      .candidatePeerUnreachable,
      in: window
    ).filter { occurrence in
      guard occurrence.member != member, !isEndOfOldTimeline(occurrence, in: occurrences) else { return false }
      let about = occurrence.fields[.member] ?? occurrence.fields[.host]
      return about.map { observations.directory.canonical($0) == member } ?? true
    }
    let routing = observations.proxies.transitions(in: window).filter { !$0.isUp && $0.member == member }
      .map(\.by)
    let pool = observations.poolers.serverClosed.within(window).filter {
      ["crashed", "connect_failed"].contains($0.reason ?? "")
    }
    let standing = occurrences.of(.candidateRefused, in: window).filter {
      $0.member != member && ["not_healthiest", "lag", "timeline"].contains($0.reason ?? "")
    }
    return (own + containers + others + routing + pool + standing).sorted { $0.index < $1.index }
  }
}
