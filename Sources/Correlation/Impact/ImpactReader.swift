import Contract
import Model

/// Measures what an incident did to clients, by the best witness that the log has.
struct ImpactReader {
  let facts: IncidentFacts

  func impact() -> Impact {
    let writes = windows(facts.writeOutages)
    let reads = windows(facts.readOutages)
    return Impact(
      writeOutage: longest(writes) ?? unobservedWriteOutage,
      otherWriteOutages: allButLongest(writes),
      readOutage: longest(reads),
      otherReadOutages: allButLongest(reads),
      readOnlyWindow: readOnlyWindow,
      routingOutage: routingOutage,
      failedWrites: facts.observations.clients.isObserved ? failures(facts.writeOutages).count : nil,
      failedReads: facts.observations.clients.isObserved ? failures(facts.readOutages).count : nil,
      errors: errors,
      lostWrites: LostWritesReader(facts: facts).lostWrites(),
      dualPrimary: dualPrimary
    )
  }

  // MARK: - Outages

  private func windows(_ outages: [ClientOutage]) -> [ImpactWindow] {
    outages.map { outage in
      let from = outage.window.from
      let earliest = outage.lastGood?.earliest ?? from
      let latest = outage.lastGood?.latest ?? from
      guard let good = outage.firstGood else {
        return ImpactWindow(
          from: from,
          to: nil,
          duration: nil,
          minimum: facts.observations.lastAt.seconds(since: latest),
          maximum: nil,
          observedBy: .client
        )
      }
      return ImpactWindow(
        from: from,
        to: good.at,
        duration: good.at.seconds(since: from),
        minimum: max(0, good.earliest.seconds(since: latest) - outage.rhythm).roundedToMilliseconds,
        maximum: good.latest.seconds(since: earliest),
        observedBy: .client
      )
    }
  }

  private func longest(_ windows: [ImpactWindow]) -> ImpactWindow? {
    windows.max { length($0) < length($1) }
  }

  private func allButLongest(_ windows: [ImpactWindow]) -> [ImpactWindow] {
    guard let longest = longest(windows), let index = windows.firstIndex(of: longest) else { return [] }
    var rest = windows
    rest.remove(at: index)
    return rest
  }

  private func length(_ window: ImpactWindow) -> Double {
    window.duration ?? .infinity
  }

  /// Whether the lines show when the old primary was lost and when the new one took over.
  ///
  /// A member that only hears of it later, from the store, tells neither.
  private var showsBothEnds: Bool {
    guard let change = facts.change else { return true }
    let signs: Set<EventKind> = [.replicationBroken, .replicationTerminated, .proxyServerDown, .runtimeExited]
    let isWitnessed = speaks(change.oldPrimary) || change.faultEvidence.contains { signs.contains($0.kind) }
    return isWitnessed && change.faultAt < change.acquiredAt
      && (speaks(change.newPrimary) || facts.milestones.routedAt != nil)
  }

  /// Whether the member's own lines are here.
  private func speaks(_ member: String) -> Bool {
    facts.observations.agents[member]?.signs.isEmpty == false
      || facts.observations.servers[member]?.hasServerLog == true
  }

  /// Without a client in the log, the servers' and proxies' lines have to say when writes could not work.
  private var unobservedWriteOutage: ImpactWindow? {
    guard !facts.observations.clients.isObserved, affectsWrites, showsBothEnds, let fault = lossOfWrites else {
      return nil
    }
    let ends = [facts.milestones.writableAt, facts.milestones.routedAt].compactMap { $0 }
    let end = facts.status == .ongoing ? nil : ends.max() ?? facts.draft.serviceEnd
    let hasServerLog = facts.newPrimary.map { facts.observations.servers[$0]?.hasServerLog ?? false } ?? false
    let observer: Observer = facts.kind == .routingOutage ? .proxy : hasServerLog ? .server : .cluster
    return ImpactWindow(
      from: fault,
      to: end,
      duration: end?.seconds(since: fault),
      minimum: end.map { max(0, $0.seconds(since: fault) - 1).roundedToMilliseconds }
        ?? facts.observations.lastAt.seconds(since: fault),
      maximum: nil,
      observedBy: observer
    )
  }

  /// When the old primary stopped accepting writes, by its own lines; else when it was lost.
  ///
  /// Nil if it went on as primary until the new one was writable.
  private var lossOfWrites: Instant? {
    guard let fault = facts.milestones.faultAt else { return nil }
    guard let old = facts.oldPrimary, let spans = facts.observations.servers[old]?.spans,
      let index = spans.firstIndex(where: { $0.state == .primary && ($0.to.map { $0 >= fault } ?? true) }),
      let end = spans[index].to, index + 1 < spans.count,
      [.stopping, .recovery, .resetting].contains(spans[index + 1].state)
    else { return fault }
    let loss = max(fault, end)
    if facts.change != nil, let writable = facts.milestones.writableAt, loss >= writable { return nil }
    return loss
  }

  private var affectsWrites: Bool {
    if facts.change?.isStandby == true { return false }
    return switch facts.kind {
    case .failover, .switchover, .primaryOutage, .splitBrain, .routingOutage, .poolerOutage: true
    case .dcsOutage: facts.draft.has(.primaryInterruption)
    case .replicaOutage, .bootstrapFailure, .saturation: false
    }
  }

  // MARK: - What clients met

  /// From the first to the last write that a server refused because it was in recovery.
  private var readOnlyWindow: ImpactWindow? {
    let refused = ReadOnlyWrites(facts: facts).refusals
    guard let first = refused.first, let last = refused.last else { return nil }
    let isClient = refused.contains { $0.kind == .clientWriteFailed }
    return ImpactWindow(
      from: first.at,
      to: last.at,
      duration: last.at.seconds(since: first.at),
      minimum: max(0, last.earliest.seconds(since: first.latest)),
      maximum: last.latest.seconds(since: first.earliest),
      observedBy: isClient ? .client : .server
    )
  }

  private var routingOutage: ImpactWindow? {
    let spans = facts.draft.all(.routing).map(\.window)
    guard let span = spans.max(by: { ($0.seconds ?? .infinity) < ($1.seconds ?? .infinity) }) else { return nil }
    return ImpactWindow(
      from: span.from,
      to: span.to,
      duration: span.seconds,
      minimum: span.seconds.map { max(0, $0 - 1).roundedToMilliseconds }
        ?? facts.observations.lastAt.seconds(since: span.from),
      maximum: span.seconds.map { ($0 + 1).roundedToMilliseconds },
      observedBy: .proxy
    )
  }

  private func failures(_ outages: [ClientOutage]) -> [Occurrence] {
    outages.flatMap(\.failures).filter { $0.kind != .clientConnectFailed }
  }

  private var errors: [ErrorCount] {
    var counts: [String: Int] = [:]
    for failure in failures(facts.writeOutages) + failures(facts.readOutages) {
      counts[failure.fields[.error] ?? "unknown", default: 0] += 1
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ErrorCount(text: $0.key, count: $0.value) }
  }

  private var dualPrimary: DualPrimaryVerdict {
    facts.draft.has(.strayPrimary)
      ? .proven : DualPrimaryReader(observations: facts.observations).verdict(on: facts.change)
  }
}

/// The writes that servers in recovery refused, as the servers and the clients tell.
struct ReadOnlyWrites {
  let refusals: [Occurrence]

  init(facts: IncidentFacts) {
    let span = Window(from: facts.start.advanced(bySeconds: -2), to: facts.draft.serviceEnd ?? facts.window.to)
    let byServer = facts.observations.occurrences.of(.serverRefusedWrite, in: span)
    let byClient = facts.observations.occurrences.of(.clientWriteFailed, in: span).filter { $0.reason == "read_only" }
    // Servers print milliseconds, clients whole seconds: where both are there, the servers' instants are better.
    refusals = byServer.isEmpty || byClient.isEmpty ? byServer + byClient : byServer
  }
}
