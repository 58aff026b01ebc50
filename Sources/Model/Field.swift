/// The closed set of values that events carry.
///
/// Capture names and `set` keys of a parser file are these, in snake case.
package enum Field: String, CaseIterable, Hashable, Sendable {
  // MARK: Who
  /// The member that speaks of itself.
  case name
  /// Another member that the line speaks of.
  case member
  /// The member that holds the leader lock, as the line says.
  case leader
  case candidate
  /// `leader`, `replica`, `sync_standby`, `standby_leader`, `none`.
  case role
  /// A state word: `running`, `streaming`, `stopped`, `start failed`, `accepting`, `rejecting`, `no_response` …
  case state
  /// Several member names, separated by commas.
  case members
  case scope
  case systemID = "system_id"
  case otherSystemID = "other_system_id"

  // MARK: Where
  case host
  case address
  case port
  /// `address:port` of the near end of a connection.
  case localAddress = "local_address"
  /// `address:port` of the far end of a connection.
  case peer
  case backend
  case server
  case frontend
  case database
  case user
  case path
  case segment
  case slot

  // MARK: What
  /// `switchover`, `failover`, `restart`, `reinit`, `pause`, `promote`, `INSERT` …
  case action
  /// Why, as a word of the closed list that the event's documentation gives.
  case reason
  /// `smart`, `fast`, `immediate`; `graceful`, `offline`, `immediate-nolock`.
  case mode
  /// The words of an error, as printed.
  case error
  case status
  case code
  case signal
  case process
  case pid
  case version
  case setting
  case value
  case oldValue = "old_value"
  case pointer
  case id
  case term
  case termination
  case paused
  case text

  // MARK: How much
  case timeline
  /// The timeline that came before, or that the line's own server is on.
  case oldTimeline = "old_timeline"
  case lsn
  case endLSN = "end_lsn"
  case lag
  case rowID = "row_id"
  case total
  case count
  case active
  case backup
  case sessions
  case ageSeconds = "age_s"
  case durationMilliseconds = "duration_ms"
  case durationSeconds = "duration_s"
  /// A time that the message itself contains, as printed.
  case time
  case scheduledAt = "scheduled_at"
}
