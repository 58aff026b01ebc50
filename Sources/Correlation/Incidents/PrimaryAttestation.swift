import Model

/// What the log shows of the primary while clients could not work: that it was well, that it was missed, or nothing.
struct PrimaryAttestation {
  private let observations: Observations
  private let leader: String
  private let window: Window

  /// - Parameters:
  ///   - leader: who held the lock when the trouble began.
  ///   - window: the trouble.
  ///   - observations: what the log shows.
  init(of leader: String, in window: Window, observations: Observations) {
    self.leader = leader
    self.window = window
    self.observations = observations
  }

  /// Whether the primary went on, by its own lines, or by a standby that follows it without a break.
  var isWell: Bool {
    guard !isMissed else { return false }
    return isWellItself ?? hasFaithfulStandby
  }

  /// Whether the primary's own log is not here, and another member lost its stream from it and got it back no sooner
  /// than clients.
  var isMissed: Bool {
    guard !hasLog else { return false }
    let around = window.widened(bySeconds: 3)
    return observations.occurrences.of(.replicationBroken, .replicationConnectFailed, in: around).contains { loss in
      guard let standby = loss.member, standby != leader else { return false }
      let host = loss.fields[.host]
      return host.map { observations.directory.canonical($0) == leader } ?? true
    }
  }

  private var hasLog: Bool {
    observations.agents[leader]?.signs.isEmpty == false || observations.servers[leader]?.hasServerLog == true
  }

  /// Nil where the primary's own lines do not tell.
  private var isWellItself: Bool? {
    guard hasLog, let history = observations.servers[leader] else { return nil }
    let isAlwaysWritable =
      observations.serverState(of: leader, at: window.from).isWritable
      && !history.spans.contains { window.contains($0.from) && !$0.state.isWritable }
    guard isAlwaysWritable else { return false }
    guard let beats = observations.agents[leader]?.heartbeats else { return nil }
    let before = beats.upTo(window.from).reversed().contains { $0.at < window.from && $0[.role] == "leader" }
    return before && beats.after(window.from).contains { $0[.role] == "leader" } ? true : nil
  }

  /// Whether a standby whose server's log is here streams all the time and goes on to name the leader.
  private var hasFaithfulStandby: Bool {
    observations.directory.members.contains { standby in
      guard standby != leader, observations.servers[standby]?.hasServerLog == true else { return false }
      let losses = observations.occurrences.of(
        [.replicationBroken, .replicationConnectFailed, .replicationTerminated, .replicationReceiverStopped],
        member: standby,
        in: window.widened(bySeconds: 3)
      )
      return losses.isEmpty && names(standby)
    }
  }

  private func names(_ standby: String) -> Bool {
    observations.agents[standby]?.heartbeats.after(window.from).contains { beat in
      beat[.leader].flatMap { observations.directory.canonical($0) } == leader
    } == true
  }
}
