/// How a member fares at the end of the log, as far as it matters for what may be done to it.
package enum MemberCondition: String, CaseIterable, Hashable, Sendable {
  /// It holds the leader lock, healthy or not.
  case leader
  /// It acts as primary without holding the lock.
  case primary
  /// It streams from the leader.
  case streaming
  /// Its server is up and in recovery, but nothing shows that it streams.
  case running
  /// Its WAL is not part of the leader's history.
  case diverged
  /// Its Patroni runs, its server does not start.
  case startFailed
  /// Its container, host or server has stopped.
  case down
  /// Nothing was heard of it for long.
  case unreachable
  case unknown

  /// Whether nothing needs to be done about the member.
  var isGood: Bool { self == .leader || self == .streaming }

  /// Whether its server has stopped without any sign of why it could not run again.
  var isStopped: Bool { self == .down || self == .unreachable }
}

/// Why a server did not start, as far as it decides what helps.
package enum StartFailure: String, CaseIterable, Hashable, Sendable {
  case none
  /// Settings, a lock file, a port, memory: the data is not to blame.
  case environment
  /// Something that the log does not tell, such as a startup process that died.
  case unclear
  /// The data directory lacks what recovery begins with.
  case data
}
