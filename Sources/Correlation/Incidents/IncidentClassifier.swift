import Contract
import Model

/// Names the kind of an incident by what it consists of, gravest first.
struct IncidentClassifier {
  let draft: IncidentDraft
  let observations: Observations
  let milestones: Milestones

  var kind: IncidentKind {
    if let change = draft.changes.last { return kind(of: change) }
    if draft.has(.strayPrimary) { return .splitBrain }
    if draft.has(.leaderWithoutStore) { return .dcsOutage }
    if draft.has(.bootstrapFailure) { return .bootstrapFailure }
    if draft.has(.diskFull), isServerDown { return .primaryOutage }
    if draft.has(.diskFull), isReplicaDisk { return .replicaOutage }
    if draft.has(.connectionsExhausted) || draft.has(.diskFull) { return .saturation }
    if draft.has(.primaryInterruption) { return .primaryOutage }
    if draft.has(.descriptorsExhausted) { return kindByPlace }
    if draft.has(.poolerDown) { return .poolerOutage }
    if draft.has(.proxyRestart) { return .routingOutage }
    if draft.has(.routing) { return primary?.isMissed == true ? .primaryOutage : .routingOutage }
    if draft.has(.replicaTrouble) || draft.has(.replicaLag) { return .replicaOutage }
    return kindOfClientTrouble
  }

  /// Whether the primary's server itself went down, so that this is no shortage of a primary that is alive.
  private var isServerDown: Bool {
    draft.all(.primaryInterruption).contains { disturbance in
      disturbance.member.flatMap { observations.servers[$0] }?.spans.contains {
        [.down, .starting].contains($0.state) && disturbance.window.contains($0.from)
      } == true
    }
  }

  /// Whether only a replica's disk is concerned.
  private var isReplicaDisk: Bool {
    !draft.has(.primaryInterruption)
      && draft.all(.diskFull).allSatisfy { full in draft.all(.replicaTrouble).contains { $0.member == full.member } }
  }

  private func kind(of change: LeadershipChange) -> IncidentKind {
    let overlap = DualPrimaryReader(observations: observations).overlap(in: change)
    if overlap?.isProven == true { return .splitBrain }
    return draft.changes.allSatisfy(\.isPlanned) ? .switchover : .failover
  }

  /// A shortage of descriptors is the outage of whoever runs short.
  private var kindByPlace: IncidentKind {
    switch draft.all(.descriptorsExhausted).first?.evidence.first?.role {
    case .pooler: .poolerOutage
    case .proxy: .routingOutage
    case .agent, .server, .dcs, .client, .runtime, .operation, nil: .saturation
    }
  }

  /// Whether clients' writes were refused as read-only although the leader could take them.
  private var isMisrouted: Bool {
    let failures = draft.all(.client).flatMap(\.evidence).filter { $0.kind == .clientWriteFailed }
    let refusals = failures.filter { $0.reason == "read_only" }
    guard let first = refusals.first, refusals.count * 2 > failures.count,
      let leader = observations.leadership.leader(at: first.at)
    else { return false }
    let refusing = Set(
      observations.occurrences.of(.serverRefusedWrite, in: Window(from: draft.start, to: draft.serviceEnd))
        .compactMap(\.member)
    )
    return observations.serverState(of: leader, at: first.at).isWritable && refusing != [leader]
  }

  /// Clients failed and no component says why: what is shown of the primary decides, then the pooler's complaints.
  private var kindOfClientTrouble: IncidentKind {
    if primary?.isMissed == true { return .primaryOutage }
    if draft.has(.poolerFailing) { return .poolerOutage }
    if isMisrouted { return .routingOutage }
    if primary?.isWell == true { return kindBeforePrimary }
    return isPoolerComplaining ? .poolerOutage : .primaryOutage
  }

  /// The primary was well, so that something between the clients and it was not.
  ///
  /// A pooler that loses its servers is not at fault itself; where there is none in the log but a proxy that was
  /// content, it is the likelier one.
  private var kindBeforePrimary: IncidentKind {
    if !poolerLosses.isEmpty { return .routingOutage }
    if isPoolerComplaining { return .poolerOutage }
    let occurrences = observations.occurrences
    let hasProxy = occurrences.contains(.proxyStarting, .proxyServerUp, .proxyServerDown, .proxyConnected)
    let hasPooler = occurrences.contains(.poolerStarting, .poolerServerConnected, .poolerServerClosed)
    return hasProxy && !hasPooler ? .poolerOutage : .routingOutage
  }

  private var window: Window { Window(from: draft.start, to: draft.serviceEnd) }

  private var primary: PrimaryAttestation? {
    observations.leadership.leader(at: draft.start)
      .map { PrimaryAttestation(of: $0, in: window, observations: observations) }
  }

  private var isPoolerComplaining: Bool {
    !observations.poolers.clientsFailed.within(window).isEmpty
  }

  /// Connections to the server that the pooler lost or could not open.
  private var poolerLosses: [Occurrence] {
    observations.poolers.serverClosed.within(window.widened(bySeconds: 1)).filter {
      ["crashed", "connect_failed", "connect_timeout"].contains($0.reason ?? "")
    }
  }
}

/// How far an incident is over at the end of the log.
struct IncidentOutcome {
  let status: IncidentStatus
  let end: Instant?

  init(draft: IncidentDraft, milestones: Milestones, kind: IncidentKind, observations: Observations) {
    guard let service = draft.serviceEnd else {
      status = draft.isReplicaOnly ? .degraded : .ongoing
      end = draft.isReplicaOnly ? observations.lastAt : nil
      return
    }
    guard !draft.lostMembers.isEmpty else {
      status = .resolved
      end = service
      return
    }
    if let restored = milestones.redundancyRestoredAt {
      status = .resolved
      end = max(service, restored)
    } else {
      status = .degraded
      end = service
    }
  }
}
