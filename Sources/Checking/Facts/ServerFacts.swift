package import Model

/// What a server tells about itself over its own protocol.
package struct ServerFacts: Hashable, Sendable {
  package var isInRecovery: Bool?
  /// Of the WAL that it writes; of a standby, that which it receives or last restarted from.
  package var timeline: Int?
  /// The end of its WAL: written on a primary, received on a standby.
  package var position: LSN?
  package var replayedTo: LSN?
  package var isReplayPaused: Bool?
  /// Whether a row about its WAL receiver was readable: a standby without one receives nothing.
  package var receiver: Receiver?
  package var hasReceiver: Bool?
  package var standbys: [Standby]
  package var slots: [Slot]
  package var systemIdentifier: String?
  package var version: String?
  package var settings: [String: String]
  package var archiver: Archiver?
  /// Sessions of clients, and how many there may be.
  package var sessions: Int?
  /// How far its clock is ahead of ours, in seconds; the answer's travel bounds it.
  package var clockOffset: ClosedRange<Double>?
  /// How long it took to answer, in seconds.
  package var answeredIn: Double?

  package init() {
    standbys = []
    slots = []
    settings = [:]
  }

  /// `pg_stat_wal_receiver`.
  package struct Receiver: Hashable, Sendable {
    package var status: String
    package var sender: Place?
    package var slot: String?
    package var applicationName: String?
    package init(status: String, sender: Place? = nil, slot: String? = nil, applicationName: String? = nil) {
      self.status = status
      self.sender = sender
      self.slot = slot
      self.applicationName = applicationName
    }
  }

  /// A row of `pg_stat_replication`.
  package struct Standby: Hashable, Sendable {
    package var name: String
    package var state: String
    package var isSynchronous: Bool
    package var lag: Int?
    package init(name: String, state: String, isSynchronous: Bool = false, lag: Int? = nil) {
      self.name = name
      self.state = state
      self.isSynchronous = isSynchronous
      self.lag = lag
    }
  }

  /// A row of `pg_replication_slots`.
  package struct Slot: Hashable, Sendable {
    package var name: String
    package var isActive: Bool
    package var isPhysical: Bool
    /// `reserved`, `extended`, `unreserved` or `lost`.
    package var walStatus: String?
    package init(name: String, isActive: Bool, isPhysical: Bool = true, walStatus: String? = nil) {
      self.name = name
      self.isActive = isActive
      self.isPhysical = isPhysical
      self.walStatus = walStatus
    }
  }

  /// `pg_stat_archiver`.
  package struct Archiver: Hashable, Sendable {
    package var lastArchived: Instant?
    package var lastFailed: Instant?
    package init(lastArchived: Instant? = nil, lastFailed: Instant? = nil) {
      self.lastArchived = lastArchived
      self.lastFailed = lastFailed
    }
  }
}
