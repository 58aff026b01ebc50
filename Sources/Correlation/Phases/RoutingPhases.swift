import Contract
import Model

/// The first connection of the pooler that reaches the new primary.
struct PoolReconnection {
  let by: Occurrence?
  let at: Instant?

  init(facts: IncidentFacts) {
    let start = facts.milestones.routedAt ?? facts.milestones.writableAt ?? facts.milestones.faultAt ?? facts.start
    let resolution = 1.0
    let limit = facts.milestones.clientRecoveredAt ?? facts.draft.serviceEnd ?? facts.observations.lastAt
    let window = Window(from: start.advanced(bySeconds: -resolution), to: limit.advanced(bySeconds: resolution))
    let connections = facts.observations.poolers.serverConnected.within(window)
    let closed = facts.observations.poolers.serverClosed.within(Window(from: window.from, to: nil))
    // A connection that is closed as crashed before it served anyone did not reach the primary.
    let found = connections.first { connection in
      let pointer = connection.fields[.pointer]
      guard let end = closed.first(where: { $0.index > connection.index && $0.fields[.pointer] == pointer }) else {
        return true
      }
      return end.at > limit
        || !["crashed", "connect_failed", "connect_timeout", "login_failed"].contains(end.reason ?? "")
    }
    by = found
    at = found?.at
  }
}

/// How traffic found the new primary: proxy, pooler, clients.
struct RoutingPhases {
  let facts: IncidentFacts
  let path: CriticalPath
  private var builder: PhaseBuilder { PhaseBuilder(facts: facts) }
  private var milestones: Milestones { facts.milestones }

  func phases() -> [Phase] {
    routingOutages + [routingSwitch, poolReconnect, readOnlyWindow, clientRecovery].compactMap { $0 }
  }

  private var routingOutages: [Phase] {
    facts.draft.all(.routing).map { disturbance in
      builder.phase(
        .routingOutage,
        from: .init(disturbance.start, by: disturbance.evidence.first),
        to: builder.edge(at: disturbance.window.to, .proxyServerUp),
        slack: path.graph?.wait(.routing)?.end == disturbance.window.to ? path.slack(of: .routing) : nil,
        "The proxy had no server for writes."
      )
    }
  }

  private var routingSwitch: Phase? {
    guard let change = facts.change, let routed = milestones.routedAt else { return nil }
    return builder.phase(
      .routingSwitch,
      member: change.newPrimary,
      from: .init(change.acquiredAt, by: change.acquired),
      to: builder.edge(at: routed, .proxyServerUp),
      slack: path.slack(of: .routing),
      "From \(change.newPrimary)'s lock until the proxy's health checks took it in."
    )
  }

  private var poolReconnect: Phase? {
    guard let routed = milestones.routedAt, let connection = PoolReconnection(facts: facts).by else { return nil }
    guard facts.change != nil || facts.draft.has(.routing) else { return nil }
    return builder.phase(
      .poolReconnect,
      member: facts.newPrimary,
      from: builder.edge(at: routed, .proxyServerUp) ?? .init(routed),
      to: .init(connection),
      slack: path.slack(of: .pooling),
      "From the proxy's UP until the pooler's first connection that reached the new primary."
    )
  }

  private var clientRecovery: Phase? {
    let gates = [milestones.writableAt, milestones.routedAt].compactMap { $0 }
    guard let from = gates.max(), let recovered = milestones.clientRecoveredAt, facts.kind != .replicaOutage else {
      return nil
    }
    return builder.phase(
      .clientRecovery,
      member: facts.newPrimary,
      from: builder.edge(at: from, .serverReady, .proxyServerUp) ?? .init(from),
      to: builder.edge(at: recovered, .clientWriteSucceeded),
      slack: path.slack(of: .client),
      "From a primary that is writable and routed to until a client's write succeeded."
    )
  }

  // MARK: - Read-only window

  /// When writes could reach a server in recovery: a new primary routed to early, or an old one demoted but still routed to.
  private var readOnlyWindow: Phase? {
    if let early = earlyRouting { return early }
    guard let first = ReadOnlyWrites(facts: facts).refusals.first else { return nil }
    let member = first.member ?? facts.oldPrimary
    let demoted = member.flatMap { member in
      facts.observations.servers[member]?.spans.last { $0.state == .recovery && $0.from <= first.at }
    }
    let start = demoted.flatMap { span in span.from > facts.start ? span : nil }
    let end = readOnlyEnd(of: member, after: ReadOnlyWrites(facts: facts).refusals.last?.at ?? first.at)
    return builder.phase(
      .readOnlyWindow,
      member: member,
      from: start.map { .init($0.from, by: $0.began) } ?? .init(first),
      to: end,
      "Writes reached \(member ?? "a server") while it was in recovery."
    )
  }

  private var earlyRouting: Phase? {
    guard let change = facts.change, let routed = builder.edge(at: milestones.routedAt, .proxyServerUp),
      let writable = builder.edge(at: milestones.writableAt, .serverReady),
      // Within one printed second nobody knows which was first.
      routed.by?.latest ?? routed.at < writable.by?.earliest ?? writable.at
    else {
      return nil
    }
    return builder.phase(
      .readOnlyWindow,
      member: change.newPrimary,
      from: routed,
      to: writable,
      "The proxy sent writes to \(change.newPrimary) while it was still in recovery."
    )
  }

  private func readOnlyEnd(of member: String?, after last: Instant) -> PhaseBuilder.Edge? {
    guard let member else { return nil }
    let window = Window(from: last, to: nil)
    let writable = facts.observations.servers[member]?.first(.primary, in: window)
    let down = facts.observations.proxies.firstDown(of: member, in: window)
    let edges = [writable.map { PhaseBuilder.Edge($0.from, by: $0.began) }, down.map { PhaseBuilder.Edge($0.by) }]
      .compactMap { $0 }
    return edges.min { $0.at < $1.at } ?? facts.milestones.clientRecoveredAt.map { PhaseBuilder.Edge($0) }
  }
}
