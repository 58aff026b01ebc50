import Contract
import Model

/// Finds the instants that matter in an incident.
struct MilestoneReader {
  let draft: IncidentDraft
  let roles: PrimaryRoles
  let observations: Observations

  func milestones() -> Milestones {
    let elected = electedAt
    let writable = writableAt(after: elected)
    let routed = routedAt(after: elected)
    return Milestones(
      faultAt: faultAt,
      firstErrorAt: firstErrorAt,
      lockFreeAt: lockFreeAt(before: elected),
      leaderElectedAt: elected,
      writableAt: writable,
      routedAt: routed,
      clientRecoveredAt: outages(of: .write).last?.firstGood?.at,
      redundancyRestoredAt: redundancyRestoredAt
    )
  }

  /// The client outages of one kind that belong to the incident, in time order.
  func outages(of operation: ClientOperation) -> [ClientOutage] {
    let clients = draft.all(.client).map(\.window)
    let span = Window(from: draft.start.advanced(bySeconds: -3), to: draft.serviceEnd?.advanced(bySeconds: 2))
    let isReplicaOnly = draft.isReplicaOnly
    let certain = observations.clients.outages.of(operation, overlapping: span.around(clients)).filter { outage in
      clients.contains(outage.window) || (outage.window.overlaps(span) && !isReplicaOnly)
    }
    guard certain.isEmpty else { return certain }
    // A server that was down in a client's longer pause is what the client waited for.
    let stops = draft.disturbances.filter(\.stopsWrites).map(\.window)
    guard let first = stops.first else { return [] }
    return observations.clients.hesitations.of(operation, overlapping: first.around(stops)).filter { outage in
      stops.contains { $0.overlaps(outage.window) }
    }
  }

  // MARK: - The steps of a failover

  private var faultAt: Instant? {
    let triggers = draft.disturbances.filter(\.isTrigger).map(\.start)
    return triggers.min() ?? draft.start
  }

  private var firstErrorAt: Instant? {
    let failures = (outages(of: .write) + outages(of: .read)).flatMap(\.failures).map(\.at)
    return failures.min()
  }

  private var electedAt: Instant? {
    if let change = draft.changes.last { return change.acquiredAt }
    return reacquired?.at
  }

  /// The same member takes the lock again after it had given it up.
  private var reacquired: Occurrence? {
    guard let old = roles.old else { return nil }
    let window = Window(from: draft.start, to: draft.serviceEnd?.advanced(bySeconds: 5))
    return observations.occurrences.last(.leaderAcquired, member: old, in: window)
  }

  private func lockFreeAt(before elected: Instant?) -> Instant? {
    guard let elected, let fault = faultAt else { return nil }
    let window = Window(from: fault, to: elected)
    let occurrences = observations.occurrences
    if let released = occurrences.first(.leaderReleased, in: window) { return released.at }
    let race = occurrences.of(
      .candidatePeerUnreachable,
      .candidatePeerAnswered,
      .candidateRefused,
      .candidatePeerRefused,
      in: window
    ).filter { $0.member != roles.old && elected.seconds(since: $0.at) < 30 }
    return race.first?.at ?? (draft.changes.isEmpty ? nil : elected)
  }

  private func writableAt(after elected: Instant?) -> Instant? {
    if let change = draft.changes.last {
      let from = change.acquiredAt.advanced(bySeconds: -1)
      let history = observations.servers[change.newPrimary]
      if let ready = history?.first(.primary, in: Window(from: from, to: nil))?.from { return ready }
      return outages(of: .write).last?.firstGood?.at
    }
    guard let interruption = draft.all(.primaryInterruption).last else { return nil }
    return interruption.window.to
  }

  private func routedAt(after elected: Instant?) -> Instant? {
    guard let member = draft.changes.last?.newPrimary ?? roles.new ?? roles.old else { return nil }
    let from = elected?.advanced(bySeconds: -1) ?? draft.start
    let window = Window(from: from, to: draft.serviceEnd?.advanced(bySeconds: 1))
    if let up = observations.proxies.firstUp(of: member, in: window) { return up.at }
    return draft.all(.routing).last?.window.to
  }

  private var redundancyRestoredAt: Instant? {
    let restorations = draft.lostMembers.map { observations.restoration(of: $0, after: draft.lossOf($0)) }
    guard !restorations.isEmpty, !restorations.contains(nil) else { return nil }
    return restorations.compactMap { $0 }.max()
  }
}
