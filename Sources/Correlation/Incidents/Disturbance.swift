package import Model

/// Something that went wrong, before it is decided what belongs together.
package struct Disturbance: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case leadershipChange(LeadershipChange)
    /// The leader's server was not writable for a while, and no other member took over.
    case primaryInterruption
    /// The leader gave up, or went on in failsafe mode, because the store was out of reach.
    case leaderWithoutStore
    /// A member that is not the leader fell out.
    case replicaTrouble
    /// A member that is not the leader streams far behind.
    case replicaLag
    /// A member became writable beside the leader, without the lock.
    case strayPrimary
    /// A write backend had no server.
    case routing
    case proxyRestart
    case poolerDown
    case connectionsExhausted
    case diskFull
    /// Nobody can open a file or accept a connection for want of descriptors.
    case descriptorsExhausted
    case bootstrapFailure
    /// The pooler sends clients away.
    case poolerFailing
    /// Clients failed, whatever the reason.
    case client
  }

  package var kind: Kind
  package var member: String?
  /// From the first sign until what was disturbed works again; nil end: never in this log.
  package var window: Window
  package var evidence: [Occurrence]

  package var start: Instant { window.from }

  /// Whether no server accepts writes while it lasts.
  var stopsWrites: Bool {
    switch kind {
    case .leadershipChange, .primaryInterruption: true
    default: false
    }
  }

  /// Whether only a replica is concerned.
  var isReplicas: Bool { kind == .replicaTrouble || kind == .replicaLag }

  /// Whether this can start an incident although clients just began to work again after another one.
  var isTrigger: Bool {
    switch kind {
    case .routing, .client, .poolerFailing: false
    default: true
    }
  }
}
