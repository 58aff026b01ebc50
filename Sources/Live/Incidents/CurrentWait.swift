package import Contract
package import Model

/// What an incident is waiting for just now.
package struct CurrentWait: Hashable, Sendable {
  /// Completes `waiting for …`.
  package var waitingFor: String
  package var since: Instant
  /// How long it may last at most, in seconds; nil where nothing bounds it.
  package var atMost: Double?
  /// Whether the bound is a default that this log does not confirm.
  package var isAssumed = false

  /// Reads the wait off an incident that is not over; nil where nothing is waited for, or no line tells what for.
  ///
  /// - Parameters:
  ///   - incident: the incident as the last report tells it.
  ///   - settings: the settings that the log has shown so far.
  package init?(of incident: Incident, settings: [ObservedSetting]) {
    guard let wait = Self.find(incident, settings) else { return nil }
    self = wait
  }

  private init(_ waitingFor: String, since: Instant, atMost: Double? = nil, isAssumed: Bool = false) {
    self.waitingFor = waitingFor
    self.since = since
    self.atMost = atMost
    self.isAssumed = isAssumed
  }

  private static func find(_ incident: Incident, _ settings: [ObservedSetting]) -> CurrentWait? {
    switch incident.status {
    case .resolved: nil
    case .degraded: redundancy(incident)
    case .ongoing: service(incident, settings)
    }
  }

  /// Writes work; a member is missing.
  private static func redundancy(_ incident: Incident) -> CurrentWait? {
    let phases = incident.phases.filter { $0.to == nil }
    if let phase = phases.last(where: { $0.name == .rejoin }) {
      return CurrentWait("\(phase.member ?? "the member") to stream from the new primary", since: phase.from)
    }
    guard let phase = phases.last(where: { $0.name == .redundancyLost }) else { return nil }
    return CurrentWait("\(phase.member ?? "the lost member") to come back", since: phase.from)
  }

  private static func service(_ incident: Incident, _ settings: [ObservedSetting]) -> CurrentWait? {
    switch incident.kind {
    case .failover, .switchover, .splitBrain: handOver(incident)
    case .primaryOutage: lostPrimary(incident, settings)
    case .dcsOutage: CurrentWait("the DCS to answer again", since: incident.startedAt)
    case .routingOutage, .poolerOutage, .saturation: openSegment(incident)
    case .replicaOutage, .bootstrapFailure: nil
    }
  }

  /// A new leader has the lock: what is left until clients can write.
  private static func handOver(_ incident: Incident) -> CurrentWait? {
    let times = incident.milestones
    guard let elected = times.leaderElectedAt else { return openSegment(incident) }
    let member = incident.newPrimary ?? "the new leader"
    guard let writable = times.writableAt else {
      return CurrentWait("\(member) to finish its promotion", since: elected)
    }
    let isRouting = incident.phases.contains { $0.to == nil && [.routingOutage, .routingSwitch].contains($0.name) }
    if isRouting, times.routedAt == nil { return CurrentWait("the proxy to take \(member) in", since: writable) }
    return CurrentWait("the clients' next write", since: max(writable, times.routedAt ?? writable))
  }

  private static func lostPrimary(_ incident: Incident, _ settings: [ObservedSetting]) -> CurrentWait? {
    let since = incident.milestones.faultAt ?? incident.startedAt
    let codes = Set(incident.findings.map(\.code))
    if codes.contains(.clusterPaused) {
      return CurrentWait("a person: automatic failover is paused", since: since)
    }
    if codes.contains(.noPromotableMember) { return CurrentWait("a member that may lead", since: since) }
    switch incident.rootCause.code {
    case .containerStopped, .hostLost, .patroniStalled, .patroniStopped, .networkPartition:
      let bound = timeToLive(settings)
      return CurrentWait("the leader lock to expire", since: since, atMost: bound.seconds, isAssumed: bound.isAssumed)
    case .dcsQuorumLost, .dcsUnreachable, .dcsSlow:
      return CurrentWait("the DCS to answer again", since: since)
    case .postmasterCrash, .backendCrash, .operatorRestart, .outOfMemory:
      return CurrentWait("PostgreSQL to start again on \(incident.oldPrimary ?? "the primary")", since: since)
    case .diskFull, .postgresStalled, .dataDirectoryLost, .dataCorruption, .systemIDMismatch, .networkDegraded,
      .operatorSwitchover, .operatorFailover, .healthCheckFailure, .proxyRestart, .proxyMisrouting, .poolerRestart,
      .connectionsExhausted, .replicaLag, .walRemoved, .timelineDivergence, .authenticationFailure,
      .configurationError, .unknown:
      return openSegment(incident) ?? CurrentWait("a writable primary", since: since)
    }
  }

  /// Patroni's `ttl`: what the log gave away before, else the default of 30 s (Patroni, `dynamic_configuration`).
  private static func timeToLive(_ settings: [ObservedSetting]) -> (seconds: Double, isAssumed: Bool) {
    guard let ttl = settings.last(where: { $0.setting == "ttl" }) else { return (30, true) }
    return (ttl.value.flatMap(Double.init) ?? ttl.upper ?? 30, false)
  }

  /// The last part of the write outage, if it is still open.
  private static func openSegment(_ incident: Incident) -> CurrentWait? {
    guard let segment = incident.downtime.last, segment.to == nil else { return nil }
    return CurrentWait(segment.waitingFor, since: segment.from)
  }
}
