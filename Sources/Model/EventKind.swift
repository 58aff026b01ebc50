/// The closed vocabulary of what lines mean.
///
/// Parsers emit these; the engine sees nothing else.  A new component is a parser file that speaks this vocabulary,
/// and no Swift. Each case names the fields that the engine reads from it; all are optional unless the engine
/// cannot use the event without them (marked *required*).
package enum EventKind: String, CaseIterable, Hashable, Sendable {
  // MARK: The agent beside the server
  /// One HA loop ended with nothing to do.
  ///
  /// `name`, `role` (`leader`, `replica`, `standby_leader`, `none`), `leader`, `paused`.
  case agentHeartbeat = "agent.heartbeat"
  /// The agent says who holds the leader lock. `leader`, `name`.
  case agentLockOwner = "agent.lock_owner"
  /// The agent process began. `version`.
  case agentStarted = "agent.started"
  /// The agent process ends in an orderly way.
  case agentStopping = "agent.stopping"
  /// The agent exits because it cannot work.
  ///
  /// `reason`: `configuration`, `dcs_section`, `name_conflict`, `other`; `error`.
  case agentStartFailed = "agent.start_failed"
  /// An HA loop took longer than the interval between loops.
  case agentSlow = "agent.slow"
  /// The agent met an error that it does not handle. `error`.
  case agentException = "agent.exception"
  /// The agent gets no answer from a server that should run. `error`.
  case agentServerUnresponsive = "agent.server_unresponsive"
  /// The agent finds its server not running.
  case agentServerDown = "agent.server_down"
  /// The agent restarts its server on request or on its own. `reason`, `state`: `initiated`, `done`, `failed`.
  case agentRestart = "agent.restart"
  /// Automatic failover was switched off or on, as the agent notices. `state`: `paused`, `resumed`.
  case agentPauseChanged = "agent.pause_changed"
  /// A long task is still under way. `action`: `reinit`, `bootstrap`, `restart`, `promote` …
  case agentTaskRunning = "agent.task_running"

  // MARK: The leader lock
  /// The member took the leader lock and wants its server promoted.
  ///
  /// `role` (`leader`, `standby_leader`), `reason`: `lock`, `held`, `already_primary`.
  case leaderAcquired = "leader.acquired"
  /// The leader renewed its lock while it was busy. `action`.
  case leaderRenewed = "leader.renewed"
  /// The leader could not renew its lock.
  case leaderRenewFailed = "leader.renew_failed"
  /// The member noticed that it no longer holds the lock. `action`.
  case leaderLost = "leader.lost"
  /// The member gave the lock back of its own accord.
  ///
  /// `reason`: `shutdown`, `operator`, `no_data`, `system_id`, `crash`, `start_failed`, `not_running`, `pre_promote`,
  /// `other`.
  case leaderReleased = "leader.released"
  /// The member begins to give up leadership.
  ///
  /// `reason`: `dcs`, `renew_failed`, `no_lock`, `operator`, `not_healthiest`, `not_allowed`, `crash`,
  /// `startup_timeout`, `watchdog`, `lock_lost`, `standby_cluster`, `other`; `mode`.
  case leaderDemoting = "leader.demoting"
  /// The member has given up leadership. `reason` as for `leader.demoting`.
  case leaderDemoted = "leader.demoted"
  /// The member goes on as primary although it could not renew the lock or does not hold it.
  ///
  /// `reason`: `renew_failed`, `paused`, `failsafe`.
  case leaderKept = "leader.kept"

  // MARK: Candidates for the lock
  /// The member does not take the free lock.
  ///
  /// `reason`: `not_healthiest`, `lag`, `timeline`, `tag`, `watchdog`, `sync`, `no_position`, `priority`,
  /// `pre_promote`, `lost_race`, `primary_alive`, `peer_ahead`, `not_allowed`, `quorum`, `paused`, `waiting`;
  /// `member` (the other one), `timeline`, `old_timeline`.
  case candidateRefused = "candidate.refused"
  /// The member finds another one not fit to lead. `member`, `reason` as above.
  case candidatePeerRefused = "candidate.peer_refused"
  /// Another member answered the race's question. `member`, `role`, `lsn`, `timeline`, `text`.
  case candidatePeerAnswered = "candidate.peer_answered"
  /// Another member's agent did not answer.
  ///
  /// `member`, `host`, `address`, `error`, `reason`: `refused`, `timeout`, `dns`, `no_route`, `other`.
  case candidatePeerUnreachable = "candidate.peer_unreachable"

  // MARK: Promotion
  /// The server was told to leave recovery.
  case promotionRequested = "promotion.requested"
  /// The agent waits until the server has left recovery.
  case promotionWaiting = "promotion.waiting"
  /// A promotion was given up. `reason`, `error`.
  case promotionFailed = "promotion.failed"

  // MARK: What people ask for
  /// A request for a planned change reached the cluster.
  ///
  /// `action` (`switchover`, `failover`, `restart`, `reinit` …), `leader`, `candidate`, `scheduled_at`.
  case operatorRequested = "operator.requested"
  /// The leader carries the request out. `action`, `candidate`, `name`.
  case operatorProceeding = "operator.proceeding"
  /// The request cannot be carried out. `action`, `reason`, `member`.
  case operatorRefused = "operator.refused"
  /// The new leader cleans up after a planned change.
  case operatorCompleted = "operator.completed"
  /// A command line as somebody typed it. `action`, `scope`, `member`, `candidate`, `text`.
  case operatorCommand = "operator.command"
  /// A tool's answer to a command. `action`, `state`: `done`, `failed`; `member`, `error`.
  case operatorAnswered = "operator.answered"

  // MARK: The configuration store, as its users see it
  /// A member cannot read or write the store. `error`, `address`, `host`.
  case dcsUnreachable = "dcs.unreachable"
  /// A member talks to the store again, or to another of its servers. `address`.
  case dcsReconnected = "dcs.reconnected"
  /// A member's lease or session is gone. `reason`.
  case dcsLeaseLost = "dcs.lease_lost"
  /// The leader runs on without the store because all members answer. `role`.
  case dcsFailsafe = "dcs.failsafe"

  // MARK: The configuration store, as it sees itself
  /// A store member's process began. `version`, `name`.
  case dcsStarting = "dcs.starting"
  /// A store member serves clients.
  case dcsReady = "dcs.ready"
  /// A store member ends. `reason`.
  case dcsStopping = "dcs.stopping"
  /// A store member stands for election. `id`, `term`.
  case dcsElectionStarted = "dcs.election_started"
  /// The store has a leader (again). `id`, `leader`, `term`.
  case dcsLeaderElected = "dcs.leader_elected"
  /// A store member knows no leader. `id`, `leader`, `term`.
  case dcsLeaderLost = "dcs.leader_lost"
  /// The store's leader stepped down for want of a quorum. `id`, `term`.
  case dcsQuorumLost = "dcs.quorum_lost"
  /// A store member cannot reach another one. `peer`, `address`, `error`.
  case dcsPeerLost = "dcs.peer_lost"
  /// A store member reaches another one again. `peer`.
  case dcsPeerRestored = "dcs.peer_restored"
  /// The store answered late. `duration_ms`, `reason`: `apply`, `fdatasync`, `heartbeat`, `read_index`, `other`.
  case dcsSlow = "dcs.slow"
  /// The store failed a request.
  ///
  /// `reason`: `no_leader`, `leader_changed`, `timeout`, `too_many`, `lease_not_found`, `other`; `error`.
  case dcsTimedOut = "dcs.timed_out"
  /// The store's database is full.
  case dcsSpaceExceeded = "dcs.space_exceeded"
  /// The store's data is damaged or inconsistent. `error`.
  case dcsCorrupt = "dcs.corrupt"
  /// The store's members disagree about the time. `duration_ms`, `peer`.
  case dcsClockDrift = "dcs.clock_drift"
  /// A member joined or left the store, or the store tells who its members are.
  ///
  /// `id`, `action`: `added`, `removed`, `voters`; `members` (ids separated by blanks or commas).
  case dcsMemberChanged = "dcs.member_changed"

  // MARK: The server's life
  /// The agent is about to start its server.
  ///
  /// `role` (`leader`, `replica`, `standby_leader`), `reason`: `crash`, `demotion`, `start`, `other`.
  case serverStartRequested = "server.start_requested"
  /// The agent started a postmaster. `pid`.
  case serverLaunched = "server.launched"
  /// The server process began. `version`.
  case serverStarting = "server.starting"
  /// The server did not start or its startup process died.
  ///
  /// `reason`: `startup_process`, `timeout`, `lock_file`, `checkpoint`, `configuration`, `memory`, `bind`, `other`;
  /// `error`.
  case serverStartFailed = "server.start_failed"
  /// The server accepts reads and writes.
  case serverReady = "server.ready"
  /// The server is in recovery and accepts reads.
  case serverReadyReadOnly = "server.ready_read_only"
  /// The server was told to stop. `mode`: `smart`, `fast`, `immediate`.
  case serverShutdownRequested = "server.shutdown_requested"
  /// The server is writing its shutdown checkpoint.
  case serverShuttingDown = "server.shutting_down"
  /// The server has stopped in an orderly way.
  case serverShutDown = "server.shut_down"
  /// Stopping the server takes too long, or needs force. `reason`, `error`.
  case serverStopSlow = "server.stop_slow"
  /// At start: the server had been shut down. `time`, `role` (`replica` if in recovery).
  case serverWasShutDown = "server.was_shut_down"
  /// At start: the server had gone down without a shutdown, or the data is a base backup.
  ///
  /// `time`, `role` (`replica` if in recovery).
  case serverWasInterrupted = "server.was_interrupted"
  /// The server or the agent recovers from an unclean stop. `reason`.
  case serverCrashRecovery = "server.crash_recovery"
  /// A server process was killed by a signal or exited wrongly. `process`, `pid`, `signal`, `code`.
  case serverBackendCrashed = "server.backend_crashed"
  /// The server ends all sessions because one process crashed.
  case serverResettingSessions = "server.resetting_sessions"
  /// The server starts over inside after a crash.
  case serverReinitializing = "server.reinitializing"
  /// The server turned a client away. `reason`: `starting_up`, `shutting_down`, `recovery`, `not_accepting`.
  case serverRefusedSession = "server.refused_session"
  /// The server cut a session. `reason`: `admin`, `crash`, `immediate`, `postmaster_exit`, `conflict`, `timeout`.
  case serverEndedSession = "server.ended_session"
  /// A write reached a server in recovery or a read-only session. `action` (the SQL command).
  case serverRefusedWrite = "server.refused_write"
  /// A setting changed or will after a restart. `setting`, `value`, `old_value`.
  case serverParameterChanged = "server.parameter_changed"
  /// Somebody asked the server whether it answers (`pg_isready`).
  ///
  /// `state`: `accepting`, `rejecting`, `no_response`; `host`, `port`.
  case serverProbed = "server.probed"
  /// A checkpoint ended. `lsn`, `duration_s`, `text`.
  case serverCheckpoint = "server.checkpoint"

  // MARK: Recovery
  /// The server follows a primary from here on.
  case recoveryStandbyEntered = "recovery.standby_entered"
  /// Redo begins. `lsn`.
  case recoveryStarted = "recovery.started"
  /// Redo is under way. `lsn`, `duration_s`.
  case recoveryProgress = "recovery.progress"
  /// A consistent state was reached. `lsn`.
  case recoveryConsistent = "recovery.consistent"
  /// The standby has no more WAL and waits. `lsn`.
  case recoveryWaitingForWAL = "recovery.waiting_for_wal"
  /// Reading the WAL met its end. `lsn`.
  case recoveryEndOfWAL = "recovery.end_of_wal"
  /// Redo ended. `lsn`, `duration_s`.
  case recoveryRedoDone = "recovery.redo_done"
  /// The time of the last transaction that was replayed. `time` (*required*).
  case recoveryLastTransaction = "recovery.last_transaction"
  /// The server has left archive recovery.
  case recoveryCompleted = "recovery.completed"
  /// Recovery was paused or waits for an operator. `reason`.
  case recoveryPaused = "recovery.paused"

  // MARK: Timelines
  /// The promoted server chose its new timeline. `timeline` (*required*).
  case timelineSelected = "timeline.selected"
  /// A member's own timeline and position, told while it decides how to follow. `timeline`, `lsn`.
  case timelineLocal = "timeline.local"
  /// The leader's timeline, told by a member. `timeline`.
  case timelineOfLeader = "timeline.of_leader"
  /// Lines of a timeline history. `text`.
  case timelineHistory = "timeline.history"
  /// A standby fetches a history file. `timeline`.
  case timelineFetching = "timeline.fetching"
  /// The upstream's old timeline ended at a position. `timeline`, `lsn`.
  case timelineEnded = "timeline.ended"
  /// The server holds WAL that is not in the history of the timeline that it should follow.
  ///
  /// `timeline` (the new one), `old_timeline`, `lsn` (the server's own recovery point), `reason`: `forked_before`,
  /// `min_recovery`, `not_child`, `not_in_history`, `behind`, `sequence`, `agent`, `other`.
  case timelineDiverged = "timeline.diverged"

  // MARK: Replication
  /// A standby streams. `lsn`, `timeline`, `member`.
  case replicationStreaming = "replication.streaming"
  /// A stream broke. `error`, `reason`: `closed`, `timeout`, `other`.
  case replicationBroken = "replication.broken"
  /// A standby could not connect to its upstream.
  ///
  /// `error`, `host`, `address`, `port`, `reason`: `refused`, `timeout`, `dns`, `no_route`, `starting_up`,
  /// `shutting_down`, `authentication`, `other`.
  case replicationConnectFailed = "replication.connect_failed"
  /// The upstream ended the stream in an orderly way: it stops, or its timeline ended.
  case replicationTerminated = "replication.terminated"
  /// The WAL receiver ended. `reason`: `admin`, `timeout`, `other`.
  case replicationReceiverStopped = "replication.receiver_stopped"
  /// A WAL sender ended. `reason`: `timeout`, `promotion`, `other`.
  case replicationSenderStopped = "replication.sender_stopped"
  /// The upstream no longer has a segment that a standby needs.
  ///
  /// `segment`, `role` (`upstream` if the upstream says it, not the standby).
  case replicationWALMissing = "replication.wal_missing"
  /// A standby asked for WAL beyond what the upstream has. `lsn`, `end_lsn`, `role` as above.
  case replicationAhead = "replication.ahead"
  /// A standby is behind. `member`, `lag`, `duration_s`.
  case replicationLagging = "replication.lagging"
  /// A slot was invalidated: the WAL behind it is given up. `slot`, `lsn`, `role` as above.
  case replicationSlotLost = "replication.slot_lost"
  /// A slot was made, dropped or refused.
  ///
  /// `slot`, `reason`: `created`, `dropped`, `expired`, `active`, `missing`, `failed`.
  case replicationSlotChanged = "replication.slot_changed"
  /// The set of synchronous standbys changed. `members`, `reason`.
  case replicationSyncChanged = "replication.sync_changed"
  /// Synchronous mode has no standby. `reason`.
  case replicationSyncMissing = "replication.sync_missing"
  /// Replay conflicts with queries on a standby. `reason`.
  case replicationConflict = "replication.conflict"

  // MARK: Rewind, clone, bootstrap
  /// pg_rewind begins. `leader`, `host`.
  case rewindStarted = "rewind.started"
  /// pg_rewind found the point of divergence. `lsn`, `timeline`.
  case rewindDiverged = "rewind.diverged"
  /// pg_rewind is done.
  case rewindSucceeded = "rewind.succeeded"
  /// pg_rewind found nothing to do.
  case rewindNotRequired = "rewind.not_required"
  /// pg_rewind failed. `error`, `code`, `leader`.
  case rewindFailed = "rewind.failed"
  /// pg_rewind cannot be used. `reason`: `disabled`, `unreachable`, `running`, `archive`, `other`; `error`.
  case rewindImpossible = "rewind.impossible"
  /// A member's data directory is removed or renamed before it is built anew. `path`, `reason`.
  case cloneDataRemoved = "clone.data_removed"
  /// A member begins to copy another one's data. `leader`, `member`, `reason`.
  case cloneStarted = "clone.started"
  /// The copy is complete. `reason` (the method), `member`.
  case cloneSucceeded = "clone.succeeded"
  /// The copy broke off. `error`, `code`, `member`.
  case cloneFailed = "clone.failed"
  /// A new cluster is being initialised.
  case bootstrapStarted = "bootstrap.started"
  /// A new cluster was initialised.
  case bootstrapSucceeded = "bootstrap.succeeded"
  /// A new cluster could not be initialised. `error`, `reason`.
  case bootstrapFailed = "bootstrap.failed"
  /// A member without data waits for a leader that will bootstrap or offer a copy.
  case bootstrapWaiting = "bootstrap.waiting"

  // MARK: Faults
  /// No space is left. `path`.
  case faultDiskFull = "fault.disk_full"
  /// No connection slot is left. `reason`: `clients`, `reserved`, `senders`, `pool`, `user`.
  case faultConnectionsExhausted = "fault.connections_exhausted"
  /// Memory ran out. `reason`.
  case faultOutOfMemory = "fault.out_of_memory"
  /// File descriptors or processes ran out. `error`.
  case faultFileDescriptors = "fault.file_descriptors"
  /// Data and cluster record belong to different clusters. `system_id`, `other_system_id`, `name`.
  case faultSystemIDMismatch = "fault.system_id_mismatch"
  /// The data directory is missing, empty or cannot be read. `error`, `path`.
  case faultDataLost = "fault.data_lost"
  /// Data, WAL or a history file is damaged. `error`, `reason`: `page`, `wal`, `history`, `control_file`, `other`.
  case faultDataCorrupt = "fault.data_corrupt"
  /// A host name did not resolve. `host`, `error`.
  case faultNameUnresolved = "fault.name_unresolved"
  /// Somebody could not log in. `user`, `host`, `reason`: `password`, `hba`, `role`, `other`.
  case faultAuthentication = "fault.authentication"
  /// The watchdog cannot do its work. `error`, `reason`.
  case faultWatchdog = "fault.watchdog"
  /// WAL could not be archived. `error`, `code`, `segment`.
  case faultArchiving = "fault.archiving"
  /// A setting is wrong or breaks a rule. `setting`, `value`, `error`.
  case faultConfiguration = "fault.configuration"
  /// A fault that fits no other kind; the line is shown to the reader. `error`.
  case faultOther = "fault.other"

  // MARK: Clients
  /// A client's write was acknowledged. `row_id`, `text`.
  case clientWriteSucceeded = "client.write_succeeded"
  /// A client's write failed. `error`, `reason`: `read_only`, `other`.
  case clientWriteFailed = "client.write_failed"
  /// A client's read was answered. `total`, `row_id`.
  case clientReadSucceeded = "client.read_succeeded"
  /// A client's read failed. `error`.
  case clientReadFailed = "client.read_failed"
  /// A client could not connect. `error`.
  case clientConnectFailed = "client.connect_failed"
  /// A client connects or has connected. `host`, `port`.
  case clientConnected = "client.connected"
  /// A client works again after failures. `count`.
  case clientRestored = "client.restored"

  // MARK: Proxy
  /// The proxy process began or a worker was started. `version`, `pid`.
  case proxyStarting = "proxy.starting"
  /// The proxy process ends or stops a listener. `frontend`, `reason`.
  case proxyStopping = "proxy.stopping"
  /// A worker process died. `pid`, `code`, `signal`.
  case proxyWorkerDied = "proxy.worker_died"
  /// A server was taken out.
  ///
  /// `backend`, `server` (both *required*), `status`, `code`, `error`, `duration_ms`, `active`, `sessions`, `reason`:
  /// `check`, `maintenance`, `drain`, `dns`, `tracked`.
  case proxyServerDown = "proxy.server_down"
  /// A server was taken in.
  ///
  /// `backend`, `server` (both *required*), `status`, `code`, `duration_ms`, `active`, `reason` as above.
  case proxyServerUp = "proxy.server_up"
  /// A backend has no server left. `backend` (*required*).
  case proxyNoServer = "proxy.no_server"
  /// A health check failed, the server is not yet down.
  ///
  /// `backend`, `server`, `status`, `error`, `value` (health/max), `state`.
  case proxyCheckFailed = "proxy.check_failed"
  /// A health check succeeded, the server is not yet up. `backend`, `server`, `status`, `value`, `state`.
  case proxyCheckSucceeded = "proxy.check_succeeded"
  /// A client reached the proxy. `peer` (client `address:port`), `local_address`, `frontend`.
  case proxyConnected = "proxy.connected"
  /// A session through the proxy ended.
  ///
  /// `peer`, `frontend`, `backend`, `server` (`<NOSRV>` if none), `termination`, `duration_ms`, `code`.
  case proxySessionEnded = "proxy.session_ended"
  /// A server's address changed by name resolution. `backend`, `server`, `address`.
  case proxyAddressChanged = "proxy.address_changed"

  // MARK: Pooler
  /// The pooler process began. `version`.
  case poolerStarting = "pooler.starting"
  /// The pooler ends. `reason`: `signal`, `admin`, `fatal`, `other`; `error`.
  case poolerStopping = "pooler.stopping"
  /// The pooler opened a connection towards the server (TCP only).
  ///
  /// `pointer`, `peer` (`address:port`), `local_address`, `database`, `user`.
  case poolerServerConnected = "pooler.server_connected"
  /// The pooler closed a connection towards the server.
  ///
  /// `pointer`, `peer`, `age_s`, `reason`: `crashed`, `connect_failed`, `connect_timeout`, `dns`, `login_failed`,
  /// `query_timeout`, `obsolete`, `lifetime`, `idle`, `other`; `error`.
  case poolerServerClosed = "pooler.server_closed"
  /// The server turned the pooler's login away. `error`, `pointer`.
  case poolerLoginFailed = "pooler.login_failed"
  /// The pooler sent a client away.
  ///
  /// `reason`: `wait_timeout`, `login_timeout`, `server_login`, `too_many`, `no_database`, `authentication`,
  /// `crashed`, `shutting_down`, `other`; `error`, `age_s`, `peer`.
  case poolerClientFailed = "pooler.client_failed"
  /// The pooler was paused, suspended or disabled. `action`.
  case poolerPaused = "pooler.paused"
  /// The pooler goes on. `action`.
  case poolerResumed = "pooler.resumed"

  // MARK: Containers and hosts
  /// A container or unit ended.
  ///
  /// `name` (*required*), `code`, `signal`, `reason`: `unit` where a service manager's unit ended, not a container.
  case runtimeExited = "runtime.exited"
  /// A container or unit changed state.
  ///
  /// `name` (*required*), `state`: `starting`, `started`, `stopping`, `stopped`, `killing`, `killed`, `restarting`,
  /// `removed`, `paused`, `unpaused`, `healthy`, `unhealthy`, `created`, `oom`, `disconnected`; `process`.
  case runtimeStateChanged = "runtime.state_changed"
  /// The containers whose output follows. `members`.
  case runtimeAttached = "runtime.attached"
  /// Somebody stops the whole project.
  case runtimeStoppingAll = "runtime.stopping_all"

  // MARK: What tools list
  /// A listing of the cluster begins. `scope`, `system_id`.
  case clusterListed = "cluster.listed"
  /// One member of a listing. `member` (*required*), `host`, `role`, `state`, `timeline`, `lag`.
  case clusterMemberListed = "cluster.member_listed"
  /// One entry of the timeline history. `timeline`, `lsn`, `reason`, `time`, `leader`.
  case clusterHistoryListed = "cluster.history_listed"
  /// A listing says that automatic failover is off.
  case clusterMaintenanceListed = "cluster.maintenance_listed"
  /// A listing says that a planned change is due. `action`, `time`.
  case clusterChangeScheduled = "cluster.change_scheduled"
}

extension EventKind {
  /// The position of the kind among `allCases`, for a table with a place for each.
  ///
  /// An enumeration without payload is one byte that counts its cases; a search among them would cost more than
  /// everything else that is asked of an event.
  package var number: Int { Int(unsafeBitCast(self, to: UInt8.self)) }

  /// How many kinds there are.
  package static let count = allCases.count

  /// The hash of the number: that of the name, which is what an enumeration with names gets, costs ten times as much.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(unsafeBitCast(self, to: UInt8.self))
  }
}
