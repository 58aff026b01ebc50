import Model

/// Collects everything that went wrong in a log, in time order.
struct DisturbanceFinder {
  let observations: Observations

  func disturbances() -> [Disturbance] {
    let changes = LeadershipChangeFinder(observations: observations).changes()
    let found =
      changes.map(disturbance)
      + primaryInterruptions(besides: changes) + silentLeader() + stalledServers()
      + leadersWithoutStore() + strayPrimaries()
      + ReplicaTroubleFinder(observations: observations, changes: changes).troubles()
      + routing() + proxyRestarts() + poolerDowns()
      + saturation(.connectionsExhausted, kinds: [.faultConnectionsExhausted])
      + saturation(.diskFull, kinds: [.faultDiskFull])
      + saturation(.descriptorsExhausted, kinds: [.faultFileDescriptors])
      + poolerComplaints()
      + BootstrapFailureFinder(observations: observations).failures()
      + clientOutages()
    return found.sorted { ($0.start, $0.isTrigger ? 0 : 1) < ($1.start, $1.isTrigger ? 0 : 1) }
  }

  // MARK: - Leadership

  private func disturbance(_ change: LeadershipChange) -> Disturbance {
    let soon = Window(from: change.acquiredAt, to: change.acquiredAt.advanced(bySeconds: 60))
    let failure = observations.occurrences.last(.promotionFailed, member: change.newPrimary, in: soon)
    let after = Window(from: failure?.at ?? change.acquiredAt.advanced(bySeconds: -1), to: nil)
    let writable = observations.servers[change.newPrimary]?.first(.primary, in: after)?.from
    let unseen = hasServerLog(change.newPrimary) || failure != nil ? nil : change.acquiredAt
    return Disturbance(
      kind: .leadershipChange(change),
      member: change.oldPrimary == LeaderTerm.unnamed ? nil : change.oldPrimary,
      window: Window(from: change.faultAt, to: change.isStandby ? change.acquiredAt : writable ?? unseen),
      evidence: change.faultEvidence + [change.acquired].compactMap { $0 }
    )
  }

  private func hasServerLog(_ member: String) -> Bool {
    observations.servers[member]?.hasServerLog ?? false
  }

  /// The leader's server stops being writable although leadership stays where it is.
  private func primaryInterruptions(besides changes: [LeadershipChange]) -> [Disturbance] {
    observations.directory.members.flatMap { member -> [Disturbance] in
      guard let history = observations.servers[member] else { return [] }
      return zip(history.spans, history.spans.dropFirst()).compactMap { before, after in
        guard before.state == .primary, observations.leadership.leader(at: after.from) == member else { return nil }
        let back = history.firstSpan(.primary, after: after.from)
        let window = Window(from: lossBefore(after, of: member, since: before.from), to: back?.from)
        // A loss that ends in another member's leadership is that change's.
        let belongsToChange = changes.contains { change in
          change.oldPrimary == member && change.acquiredAt >= after.from.advanced(bySeconds: -1)
            && (back.map { change.acquiredAt <= $0.from } ?? true)
        }
        guard !belongsToChange else { return nil }
        return Disturbance(
          kind: .primaryInterruption,
          member: member,
          window: window,
          evidence: [after.began].compactMap { $0 }
        )
      }
    }
  }

  /// A server that is found down or starts anew was lost before that line.
  private func lossBefore(_ span: ServerSpan, of member: String, since start: Instant) -> Instant {
    guard span.state == .starting || span.state == .down else { return span.from }
    return PrimaryLoss(of: member, before: span.from, after: start, observations: observations).at
  }

  /// The last leader falls silent for good, and others miss it.
  private func silentLeader() -> [Disturbance] {
    guard let term = observations.leadership.terms.last, let agent = observations.agents[term.member] else { return [] }
    let loss = PrimaryLoss(of: term.member, before: observations.lastAt, after: term.from, observations: observations)
    // A pooler's lost connection alone may have many reasons; the others have to miss the leader.
    let missed = loss.evidence.filter { $0.kind != .poolerServerClosed }
    if let last = agent.signs.last {
      guard observations.serverState(of: term.member, at: observations.lastAt).isWritable,
        observations.lastAt.seconds(since: last.at) > max(10, (agent.rhythm ?? 10) * 3),
        missed.contains(where: { $0.at > last.at.advanced(bySeconds: -5) })
      else { return [] }
    } else {
      guard missed.filter({ $0.kind == .candidateRefused }).count >= 3 else { return [] }
    }
    return [
      Disturbance(
        kind: .primaryInterruption,
        member: term.member,
        window: Window(from: loss.at, to: nil),
        evidence: loss.evidence
      )
    ]
  }

  /// A leader's server that does not answer its own agent for several loops, although nothing ended it.
  private func stalledServers() -> [Disturbance] {
    var result: [Disturbance] = []
    for sign in observations.occurrences.of(.agentServerUnresponsive) {
      guard let member = sign.member, observations.leadership.leader(at: sign.at) == member,
        observations.serverState(of: member, at: sign.at).isWritable
      else { continue }
      if let last = result.indices.last, result[last].member == member, result[last].window.contains(sign.at) {
        result[last].evidence.append(sign)
        continue
      }
      let back = observations.agents[member]?.heartbeats.first(after: sign.at)?.at
      result.append(
        Disturbance(
          kind: .primaryInterruption,
          member: member,
          window: Window(from: sign.at, to: back),
          evidence: [sign]
        )
      )
    }
    return result.filter { $0.evidence.count >= 2 }
  }

  /// A leader that demotes itself for want of the store, or runs on in failsafe mode.
  private func leadersWithoutStore() -> [Disturbance] {
    let giving = observations.occurrences.of(.leaderDemoting, .leaderDemoted).filter(isOwnStep)
    let failsafe =
      observations.occurrences.of(.dcsFailsafe)
      + observations.occurrences.of(.leaderKept).filter { $0.reason == "failsafe" }
    let all = (giving + failsafe).sorted { $0.index < $1.index }
    var result: [Disturbance] = []
    for occurrence in all {
      guard let member = occurrence.member else { continue }
      if let last = result.indices.last, result[last].window.widened(bySeconds: 30).contains(occurrence.at) {
        result[last].evidence.append(occurrence)
        continue
      }
      let outage = observations.store.unreachable.first {
        $0.member == member && $0.window.widened(bySeconds: 10).contains(occurrence.at)
      }
      let window = Window(
        from: min(outage?.window.from ?? occurrence.at, occurrence.at),
        to: outage.map(\.window.to) ?? occurrence.at
      )
      result.append(
        Disturbance(
          kind: .leaderWithoutStore,
          member: member,
          window: window,
          evidence: [outage?.by, occurrence].compactMap { $0 }
        )
      )
    }
    return result
  }

  /// Whether a leader gives up for want of the store; one that was replaced before only notices it late.
  private func isOwnStep(_ step: Occurrence) -> Bool {
    guard step.isForWantOfStore else { return false }
    return step.reason != "renew_failed" || observations.leadership.leader(at: step.at) == step.member
  }

  /// A server that becomes writable beside a leader that goes on: promoted by hand, or started without its agent.
  private func strayPrimaries() -> [Disturbance] {
    observations.directory.members.flatMap { member -> [Disturbance] in
      guard let history = observations.servers[member] else { return [] }
      return history.writableSpans.compactMap { span in
        guard let began = span.began, began.kind == .serverReady,
          let beat = leaderBeat(besides: member, in: span, from: began)
        else {
          return nil
        }
        return Disturbance(kind: .strayPrimary, member: member, window: span.window, evidence: [began, beat])
      }
    }
  }

  /// A heartbeat of another leader in a span in which the member took no lock.
  private func leaderBeat(besides member: String, in span: ServerSpan, from began: Occurrence) -> Occurrence? {
    guard let leader = observations.leadership.leader(at: span.from), leader != member,
      observations.serverState(of: leader, at: span.from).isWritable
    else { return nil }
    let near = Window(from: span.from.advanced(bySeconds: -90), to: (span.to ?? span.from).advanced(bySeconds: 30))
    guard !observations.leadership.terms.contains(where: { $0.member == member && near.contains($0.from) }) else {
      return nil
    }
    return observations.agents[leader]?.heartbeats.within(span.window.widened(bySeconds: 1)).first { beat in
      let doubt = observations.clockDoubt(between: beat, began)
      return beat.fields[.role] == "leader" && beat.earliest > span.from.advanced(bySeconds: 0.5 + doubt)
    }
  }

  // MARK: - Routing and pooling

  private func routing() -> [Disturbance] {
    observations.proxies.withoutServer.compactMap { span in
      // A proxy that has just started learns the roles: not an outage.
      let learns = observations.proxies.starts.contains { start in
        let age = span.window.from.seconds(since: start.at)
        return age >= -1 && age < 15 && !wasSeen(start.source, before: start.at)
      }
      guard !learns else { return nil }
      return Disturbance(kind: .routing, member: nil, window: span.window, evidence: [span.by])
    }
  }

  /// A start of a proxy process that had spoken before.
  private func proxyRestarts() -> [Disturbance] {
    var result: [Disturbance] = []
    for start in observations.proxies.starts {
      guard let earlier = lastSight(of: start.source, before: start.at.advanced(bySeconds: -0.5)) else { continue }
      if let last = result.last, last.window.widened(bySeconds: 5).contains(start.at) { continue }
      let stops = observations.proxies.stops.filter {
        $0.source == start.source && $0.at <= start.at && start.at.seconds(since: $0.at) < 300
      }
      let exit = observations.occurrences.last(.runtimeExited, in: Window(from: earlier, to: start.at))
      // A reload closes the old worker's listeners one by one; only a real end closes the process.
      let hasEnded =
        stops.contains { $0.fields[.frontend] == nil } || exit.map { isExit($0, of: start.source) } == true
      guard hurtsClients(from: stops.first?.at ?? earlier, to: start.at) ?? hasEnded else { continue }
      let stop = stops.last
      let from =
        [stop?.at, exit.flatMap { isExit($0, of: start.source) ? $0.at : nil }].compactMap { $0 }.min() ?? earlier
      result.append(
        Disturbance(
          kind: .proxyRestart,
          member: nil,
          window: Window(from: from, to: start.at),
          evidence: [stop, start].compactMap { $0 }
        )
      )
    }
    return result
  }

  /// Whether clients' writes stopped around a span; nil without a client's lines.
  private func hurtsClients(from start: Instant, to end: Instant) -> Bool? {
    guard observations.clients.isObserved else { return nil }
    let span = Window(
      from: max(start, end.advanced(bySeconds: -300)).advanced(bySeconds: -3),
      to: end.advanced(bySeconds: 10)
    )
    if observations.clients.outages.hasAny(of: .write, overlapping: span) { return true }
    let moment = Window(from: end, to: end)
    return observations.clients.hesitations.of(.write, overlapping: span).contains { $0.window.overlaps(moment) }
  }

  private func isExit(_ exit: Occurrence, of source: SourceID) -> Bool {
    source.index < observations.sources.count && exit.fields[.name] == observations.sources[source.index].name
  }

  private func wasSeen(_ source: SourceID, before instant: Instant) -> Bool {
    lastSight(of: source, before: instant.advanced(bySeconds: -1)) != nil
  }

  private func lastSight(of source: SourceID, before instant: Instant) -> Instant? {
    let sightings = observations.sightings(of: source)
    return sightings[..<sightings.partition { $0 >= instant }].last
  }

  private func poolerDowns() -> [Disturbance] {
    observations.poolers.downs.map {
      Disturbance(kind: .poolerDown, member: nil, window: $0.window, evidence: [$0.by])
    }
  }

  /// A pooler that sends many clients away in a short time; wrong passwords and names of databases are the clients' own.
  private func poolerComplaints() -> [Disturbance] {
    let own: Set<String> = ["wait_timeout", "login_timeout", "server_login", "too_many"]
    let complaints = observations.poolers.clientsFailed.filter { own.contains($0.reason ?? "") }
    return groups(.poolerFailing, of: complaints).filter { $0.evidence.count >= 5 }
  }

  // MARK: - Resources and clients

  /// Events of one kind closer than 30 s to each other are one disturbance.
  private func saturation(_ kind: Disturbance.Kind, kinds: [EventKind]) -> [Disturbance] {
    groups(kind, of: observations.occurrences.of(kinds))
  }

  private func groups(_ kind: Disturbance.Kind, of occurrences: [Occurrence]) -> [Disturbance] {
    var result: [Disturbance] = []
    for occurrence in occurrences {
      if let last = result.indices.last, result[last].window.widened(bySeconds: 30).contains(occurrence.at) {
        result[last].window.to = occurrence.at
        result[last].evidence.append(occurrence)
      } else {
        result.append(
          Disturbance(
            kind: kind,
            member: occurrence.member,
            window: Window(from: occurrence.at, to: occurrence.at),
            evidence: [occurrence]
          )
        )
      }
    }
    return result
  }

  /// What clients suffered; what they only waited for is none by itself, but may be part of something else.
  private func clientOutages() -> [Disturbance] {
    observations.clients.outages.all.filter { !$0.isBeforeFirstUse }.compactMap { outage in
      guard outage.operation == .write || outage.failures.count > 1 else { return nil }
      let evidence =
        [outage.lastGood].compactMap { $0 } + outage.failures.prefix(4) + [outage.firstGood].compactMap { $0 }
      return Disturbance(kind: .client, member: nil, window: outage.window, evidence: evidence)
    }
  }
}
