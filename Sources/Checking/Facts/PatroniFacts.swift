package import Model

/// What a member's own Patroni tells (`GET /patroni`).
package struct AgentFacts: Hashable, Sendable {
  package var scope: String?
  package var name: String?
  package var version: String?
  /// `primary` (`master` before 4.0), `replica`, `standby_leader`.
  package var role: String?
  /// Of the server, such as `running` or `start failed`.
  package var state: String?
  /// `streaming` or `in archive recovery`; Patroni 3.0 or later.
  package var replicationState: String?
  package var timeline: Int?
  package var position: LSN?
  package var isReplayPaused: Bool?
  package var systemIdentifier: String?
  package var isPaused: Bool
  package var isUnlocked: Bool
  package var isFailsafeActive: Bool
  package var isWatchdogFailed: Bool
  package var isRestartPending: Bool
  /// When it reached the DCS last, by its own clock.
  package var storeSeen: Instant?
  package var standbys: [ServerFacts.Standby]

  package init() {
    isPaused = false
    isUnlocked = false
    isFailsafeActive = false
    isWatchdogFailed = false
    isRestartPending = false
    standbys = []
  }
}

/// A row of `GET /cluster`, or of `patronictl list --format json`.
package struct ListedMember: Hashable, Sendable {
  package var name: String
  /// `leader`, `standby_leader`, `sync_standby`, `quorum_standby` or `replica`.
  package var role: String
  package var state: String
  package var timeline: Int?
  package var lag: Int?
  package var place: Place?
  /// Where its Patroni is.
  package var agentPlace: Place?
  package var isRestartPending: Bool

  package init(
    name: String,
    role: String,
    state: String,
    timeline: Int? = nil,
    lag: Int? = nil,
    place: Place? = nil,
    agentPlace: Place? = nil,
    isRestartPending: Bool = false
  ) {
    self.name = name
    self.role = role
    self.state = state
    self.timeline = timeline
    self.lag = lag
    self.place = place
    self.agentPlace = agentPlace
    self.isRestartPending = isRestartPending
  }
}

/// The members as the DCS has them.
package struct Listing: Hashable, Sendable {
  package var scope: String?
  package var members: [ListedMember]
  /// Nil where the listing does not tell, as that of `patronictl`.
  package var isPaused: Bool?

  package init(scope: String? = nil, members: [ListedMember], isPaused: Bool? = nil) {
    self.scope = scope
    self.members = members
    self.isPaused = isPaused
  }
}

/// A promotion that the history of Patroni tells (`GET /history`, `patronictl history --format json`).
package struct Promotion: Hashable, Sendable {
  /// The timeline that ended.
  package var from: Int
  /// Where it ended.
  package var lsn: LSN?
  package var at: Instant?
  package var leader: String?

  package init(from: Int, lsn: LSN? = nil, at: Instant? = nil, leader: String? = nil) {
    self.from = from
    self.lsn = lsn
    self.at = at
    self.leader = leader
  }
}

/// The dynamic configuration (`GET /config`), its keys joined with dots: `postgresql.parameters.wal_keep_size`.
package struct DynamicConfiguration: Hashable, Sendable {
  package var values: [String: String]

  package init(_ values: [String: String]) {
    self.values = values
  }

  package subscript(key: String) -> String? { values[key] }
}
