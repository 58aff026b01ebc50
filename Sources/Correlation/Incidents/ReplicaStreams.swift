import Model

/// A replica that is up, or tries to be, and does not follow its upstream.
struct ReplicaStreams {
  let life: ReplicaLife
  let member: String

  private var observations: Observations { life.observations }

  func troubles() -> [Disturbance] {
    failures + breaks
  }

  /// Lines after which a member cannot follow until something is done about it.
  private var failures: [Disturbance] {
    guard !life.isUnborn else { return [] }
    let signs = observations.occurrences.of(
      .replicationWALMissing,
      .replicationSlotLost,
      .timelineDiverged,
      .replicationAhead,
      .serverStartFailed,
      .faultSystemIDMismatch,
      .faultDataLost,
      .faultDataCorrupt,
      .agentStartFailed,
      .cloneFailed,
      member: member
    )
    var result: [Disturbance] = []
    for sign in signs where !sign.isSaidByUpstream && !life.isLeader(member, at: sign.at) && isTelling(sign) {
      if let last = result.last, last.window.contains(sign.at) { continue }
      let end = life.recovery(of: member, after: sign.at)
      if let end, end.seconds(since: sign.at) < patience(with: sign) { continue }
      result.append(.replica(member, from: sign.at, to: end, by: sign))
    }
    return result
  }

  /// A damaged page fails queries, and a timeline that the upstream does not have yet is found a moment later.
  private func isTelling(_ sign: Occurrence) -> Bool {
    switch sign.kind {
    case .faultDataCorrupt: sign.reason != "page" && sign.reason != "other"
    case .timelineDiverged: sign.reason != "not_in_history" || life.recovery(of: member, after: sign.at) == nil
    default: true
    }
  }

  /// How long the member may take to get over it by itself, in seconds.
  private func patience(with sign: Occurrence) -> Double {
    switch sign.kind {
    case .cloneFailed: 60
    case .serverStartFailed: 15
    default: 5
    }
  }

  /// A replica whose stream breaks, and stays broken, although its leader goes on as primary.
  private var breaks: [Disturbance] {
    let signs =
      observations.occurrences.of(
        .replicationBroken,
        .replicationConnectFailed,
        .replicationReceiverStopped,
        .replicationSlotChanged,
        member: member
      ).filter { $0.kind != .replicationSlotChanged || $0.reason == "missing" }
    var result: [Disturbance] = []
    for failure in signs where !life.isLeader(member, at: failure.at) {
      if let last = result.last, last.window.contains(failure.at) { continue }
      guard let leader = observations.leadership.leader(at: failure.at), life.isWorking(leader, after: failure)
      else { continue }
      let end = life.recovery(of: member, after: failure.at)
      guard (end ?? observations.lastAt).seconds(since: failure.at) > ReplicaLife.patience,
        !life.isBeingBuilt(member, at: failure.at)
      else { continue }
      result.append(.replica(member, from: failure.at, to: end, by: failure))
    }
    return result
  }
}

/// What an upstream says about a standby whose own log is not here.
struct UpstreamComplaints {
  let life: ReplicaLife

  /// Some standby asks again and again for WAL that is gone; its name is not in the line.
  func troubles() -> [Disturbance] {
    let lines = life.observations.occurrences.of(.replicationWALMissing)
    guard lines.allSatisfy(\.isSaidByUpstream), let first = lines.first, let last = lines.last,
      last.at.seconds(since: first.at) >= 30
    else { return [] }
    return [.replica(nil, from: first.at, to: nil, by: first, last)]
  }
}
