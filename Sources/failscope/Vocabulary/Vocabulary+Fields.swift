// Written by `make vocabulary` from the comments of Sources/Model/Field.swift.

extension Vocabulary {
  /// What the fields mean.
  static let fields = #"""
    WHO
      name
          The member that speaks of itself.
      member
          Another member that the line speaks of.
      leader
          The member that holds the leader lock, as the line says.
      candidate
      role
          leader, replica, sync_standby, standby_leader, none.
      state
          A state word: running, streaming, stopped, start failed, accepting,
          rejecting, no_response …
      members
          Several member names, separated by commas.
      scope
      system_id
      other_system_id

    WHERE
      host
      address
      port
      local_address
          address:port of the near end of a connection.
      peer
          address:port of the far end of a connection.
      backend
      server
      frontend
      database
      user
      path
      segment
      slot

    WHAT
      action
          switchover, failover, restart, reinit, pause, promote, INSERT …
      reason
          Why, as a word of the closed list that the event's documentation gives.
      mode
          smart, fast, immediate; graceful, offline, immediate-nolock.
      error
          The words of an error, as printed.
      status
      code
      signal
      process
      pid
      version
      setting
      value
      old_value
      pointer
      id
      term
      termination
      paused
      text

    HOW MUCH
      timeline
      old_timeline
          The timeline that came before, or that the line's own server is on.
      lsn
      end_lsn
      lag
      row_id
      total
      count
      active
      backup
      sessions
      age_s
      duration_ms
      duration_s
      time
          A time that the message itself contains, as printed.
      scheduled_at

    """#
}
