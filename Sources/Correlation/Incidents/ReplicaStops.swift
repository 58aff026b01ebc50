import Model

/// A replica's server, container or host that goes away.
struct ReplicaStops {
  let life: ReplicaLife
  let member: String

  private var observations: Observations { life.observations }

  func troubles() -> [Disturbance] {
    downs + silences
  }

  /// A replica whose server or container goes down, until it streams again.
  private var downs: [Disturbance] {
    guard let history = observations.servers[member] else { return [] }
    let earlier = [nil] + history.spans.map(Optional.init)
    return zip(history.spans, earlier).compactMap { span, before in
      let isRestart = span.state == .starting && before?.state == .recovery
      guard span.state == .down || span.state == .resetting || isRestart, let began = span.began,
        !life.isUnborn, !life.isLeader(member, at: span.from), !isOrdered(at: span.from), !isOrderlyRestart(span)
      else { return nil }
      let end = life.recovery(of: member, after: span.from)
      if let silence = silence(before: span.from), isRestart || isFoundDown(began, after: silence) {
        return .replica(member, from: silence.at, to: end, by: silence, began)
      }
      return .replica(member, from: span.from, to: end, by: began)
    }
  }

  /// Whether an agent that starts finds the server of a replica down: it went down before, with the agent or without.
  private func isFoundDown(_ sign: Occurrence, after silence: Occurrence) -> Bool {
    sign.kind == .agentServerDown && !life.isLeader(member, at: silence.at)
  }

  /// The agent's last sign before the silence that a start ends; nil if it spoke all the time.
  private func silence(before start: Instant) -> Occurrence? {
    guard let agent = observations.agents[member] else { return nil }
    let long = max(8, (agent.rhythm ?? 10) * 2)
    // The agent's own start precedes its server's by some seconds.
    var end = start
    for sign in agent.signs.upTo(start).reversed() {
      guard start.seconds(since: end) < 30 else { return nil }
      if end.seconds(since: sign.at) > long { return sign }
      end = sign.at
    }
    return nil
  }

  /// A replica that fell silent for good while others go on, and whose leader misses it.
  private var silences: [Disturbance] {
    guard MemberStateReader(observations: observations).isSilent(member),
      let last = observations.agents[member]?.signs.last,
      !life.isLeader(member, at: last.at), observations.serverState(of: member, at: last.at) == .recovery
    else { return [] }
    let window = Window(from: last.at, to: nil)
    let missed = observations.occurrences.of(.replicationSenderStopped, .candidatePeerUnreachable, in: window).first {
      line in
      line.member != member
        && (line.kind == .replicationSenderStopped
          || line.fields[.member].flatMap { observations.directory.canonical($0) } == member)
    }
    return missed.map { [.replica(member, from: last.at, to: nil, by: last, $0)] } ?? []
  }

  /// A stop that somebody or the agent ordered, and that a start follows at once: a restart, a clone, a rewind.
  private func isOrdered(at instant: Instant) -> Bool {
    let window = Window(from: instant.advanced(bySeconds: -10), to: instant.advanced(bySeconds: 10))
    let reinit = observations.occurrences.of(.operatorRequested, .operatorCommand, in: window.widened(bySeconds: 20))
      .contains { ["reinit", "restart"].contains($0.fields[.action] ?? "") }
    return reinit || life.isBeingBuilt(member, at: instant)
      || observations.occurrences.contains(
        .cloneDataRemoved,
        .rewindStarted,
        .agentRestart,
        member: member,
        in: window
      )
  }

  /// A server that is shut down in order and streams again within half a minute: maintenance, no outage.
  ///
  /// A container that ended is none, whatever its code: somebody or something stopped the whole member.
  private func isOrderlyRestart(_ span: ServerSpan) -> Bool {
    guard span.state == .down, span.began?.kind == .serverShutDown,
      let back = life.recovery(of: member, after: span.from), back.seconds(since: span.from) <= 30
    else { return false }
    let before = Window(from: span.from.advanced(bySeconds: -120), to: span.from)
    let meanwhile = Window(from: span.from.advanced(bySeconds: -5), to: back)
    let occurrences = observations.occurrences
    return occurrences.last(.serverShutdownRequested, member: member, in: before)?.fields[.mode] != "immediate"
      && occurrences.contains(.serverShutdownRequested, member: member, in: before)
      && !occurrences.contains(.runtimeExited, .timelineDiverged, .faultDataCorrupt, member: member, in: meanwhile)
  }
}
