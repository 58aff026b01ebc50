/// How far an incident is over.
package enum IncidentStatus: String, Codable, CaseIterable, Hashable, Sendable {
  /// Service and redundancy are back.
  case resolved
  /// Writes work again, but a member is not back.
  case degraded
  /// No writable primary, or clients still fail, at the end of the log.
  case ongoing
}

/// How grave an incident or a finding is.
package enum Severity: String, Codable, CaseIterable, Hashable, Sendable {
  /// Writes failed, or data is in danger.
  case critical
  /// Redundancy or routing is impaired.
  case warning
  /// Planned, or only worth knowing.
  case info
}

/// The state at the end of the log.
package enum VerdictStatus: String, Codable, CaseIterable, Hashable, Sendable {
  case healthy
  case recovered
  case degraded
  case outage
  case unknown
}

/// What a member is to the cluster.
package enum MemberRole: String, Codable, CaseIterable, Hashable, Sendable {
  case leader
  case replica
  case syncStandby = "sync_standby"
  case standbyLeader = "standby_leader"
  case unknown
}

/// How a member fares.
package enum MemberState: String, Codable, CaseIterable, Hashable, Sendable {
  case running
  case streaming
  case stopped
  case startFailed = "start_failed"
  case diverged
  case unreachable
  case unknown
}

/// When a remedy is due.
package enum Urgency: String, Codable, CaseIterable, Hashable, Sendable {
  case now
  case soon
  case later
}

/// The witness of an impact window, best first.
package enum Observer: String, Codable, CaseIterable, Hashable, Sendable {
  case client
  case proxy
  case server
  case cluster
}

/// Whether acknowledged writes were lost.
package enum LostWritesVerdict: String, Codable, CaseIterable, Hashable, Sendable {
  case none
  case possible
  case confirmed
  case unknown
}

/// Whether two members were writable at once.
package enum DualPrimaryVerdict: String, Codable, CaseIterable, Hashable, Sendable {
  case proven
  case possible
  case excluded
  case unknown
}

/// Where a source's time zone comes from.
package enum ZoneOrigin: String, Codable, CaseIterable, Hashable, Sendable {
  /// The lines print it.
  case explicit
  /// Worked out from other lines.
  case inferred
  /// Given on the command line.
  case option
  /// Nothing tells; UTC is taken.
  case assumed
}

/// Where a source's clock offset comes from.
package enum OffsetOrigin: String, Codable, CaseIterable, Hashable, Sendable {
  /// The clock that the others are measured against.
  case reference
  /// Worked out from what must come before what.
  case inferred
  /// Nothing tells; none is taken.
  case assumed
}

/// Where a setting's value comes from.
package enum SettingOrigin: String, Codable, CaseIterable, Hashable, Sendable {
  /// A line prints it.
  case logged
  /// The rhythm of the log gives it away.
  case inferred
}
