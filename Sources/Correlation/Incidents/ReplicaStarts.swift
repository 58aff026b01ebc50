import Model

/// A replica whose server does not get through its start.
struct ReplicaStarts {
  let life: ReplicaLife
  let member: String

  private var observations: Observations { life.observations }
  /// A start that takes longer is an outage of its own, in seconds.
  private static let patience = 120.0

  func troubles() -> [Disturbance] {
    longStarts + pauses
  }

  /// Recovery that takes minutes; what was copied just before has much WAL to replay and is only being built.
  private var longStarts: [Disturbance] {
    guard let history = observations.servers[member] else { return [] }
    return history.spans.compactMap { span in
      guard span.state == .starting, !life.isUnborn, !life.isLeader(member, at: span.from),
        !life.isBeingBuilt(member, at: span.from),
        let last = lastSign(in: span.window), last.at.seconds(since: span.from) > Self.patience
      else { return nil }
      return .replica(member, from: span.from, to: life.recovery(of: member, after: span.from), by: span.began, last)
    }
  }

  private func lastSign(in window: Window) -> Occurrence? {
    observations.occurrences.of(
      .serverRefusedSession,
      .agentTaskRunning,
      .recoveryProgress,
      .serverReadyReadOnly,
      member: member,
      in: window
    ).last
  }

  /// Replay that stands still until somebody changes a setting.
  private var pauses: [Disturbance] {
    let paused = observations.occurrences.of(.recoveryPaused, member: member).first { line in
      line.reason == "parameters" && !life.isLeader(member, at: line.at)
    }
    guard let paused else { return [] }
    return [.replica(member, from: paused.at, to: life.recovery(of: member, after: paused.at), by: paused)]
  }
}
