// Written by `make vocabulary` from the comments of Sources/Model/EventKind.swift.

extension Vocabulary {
  /// What the kinds of events mean, and which fields they have.
  static let events = #"""
    THE AGENT BESIDE THE SERVER
      agent.heartbeat
          One HA loop ended with nothing to do. name, role (leader, replica,
          standby_leader, none), leader, paused.
      agent.lock_owner
          The agent says who holds the leader lock. leader, name.
      agent.started
          The agent process began. version.
      agent.stopping
          The agent process ends in an orderly way.
      agent.start_failed
          The agent exits because it cannot work. reason: configuration,
          dcs_section, name_conflict, other; error.
      agent.slow
          An HA loop took longer than the interval between loops.
      agent.exception
          The agent met an error that it does not handle. error.
      agent.server_unresponsive
          The agent gets no answer from a server that should run. error.
      agent.server_down
          The agent finds its server not running.
      agent.restart
          The agent restarts its server on request or on its own. reason, state:
          initiated, done, failed.
      agent.pause_changed
          Automatic failover was switched off or on, as the agent notices. state:
          paused, resumed.
      agent.task_running
          A long task is still under way. action: reinit, bootstrap, restart,
          promote …

    THE LEADER LOCK
      leader.acquired
          The member took the leader lock and wants its server promoted. role
          (leader, standby_leader), reason: lock, held, already_primary.
      leader.renewed
          The leader renewed its lock while it was busy. action.
      leader.renew_failed
          The leader could not renew its lock.
      leader.lost
          The member noticed that it no longer holds the lock. action.
      leader.released
          The member gave the lock back of its own accord. reason: shutdown,
          operator, no_data, system_id, crash, start_failed, not_running,
          pre_promote, other.
      leader.demoting
          The member begins to give up leadership. reason: dcs, renew_failed,
          no_lock, operator, not_healthiest, not_allowed, crash, startup_timeout,
          watchdog, lock_lost, standby_cluster, other; mode.
      leader.demoted
          The member has given up leadership. reason as for leader.demoting.
      leader.kept
          The member goes on as primary although it could not renew the lock or does
          not hold it. reason: renew_failed, paused, failsafe.

    CANDIDATES FOR THE LOCK
      candidate.refused
          The member does not take the free lock. reason: not_healthiest, lag,
          timeline, tag, watchdog, sync, no_position, priority, pre_promote,
          lost_race, primary_alive, peer_ahead, not_allowed, quorum, paused,
          waiting; member (the other one), timeline, old_timeline.
      candidate.peer_refused
          The member finds another one not fit to lead. member, reason as above.
      candidate.peer_answered
          Another member answered the race's question. member, role, lsn, timeline,
          text.
      candidate.peer_unreachable
          Another member's agent did not answer. member, host, address, error,
          reason: refused, timeout, dns, no_route, other.

    PROMOTION
      promotion.requested
          The server was told to leave recovery.
      promotion.waiting
          The agent waits until the server has left recovery.
      promotion.failed
          A promotion was given up. reason, error.

    WHAT PEOPLE ASK FOR
      operator.requested
          A request for a planned change reached the cluster. action (switchover,
          failover, restart, reinit …), leader, candidate, scheduled_at.
      operator.proceeding
          The leader carries the request out. action, candidate, name.
      operator.refused
          The request cannot be carried out. action, reason, member.
      operator.completed
          The new leader cleans up after a planned change.
      operator.command
          A command line as somebody typed it. action, scope, member, candidate,
          text.
      operator.answered
          A tool's answer to a command. action, state: done, failed; member, error.

    THE CONFIGURATION STORE, AS ITS USERS SEE IT
      dcs.unreachable
          A member cannot read or write the store. error, address, host.
      dcs.reconnected
          A member talks to the store again, or to another of its servers. address.
      dcs.lease_lost
          A member's lease or session is gone. reason.
      dcs.failsafe
          The leader runs on without the store because all members answer. role.

    THE CONFIGURATION STORE, AS IT SEES ITSELF
      dcs.starting
          A store member's process began. version, name.
      dcs.ready
          A store member serves clients.
      dcs.stopping
          A store member ends. reason.
      dcs.election_started
          A store member stands for election. id, term.
      dcs.leader_elected
          The store has a leader (again). id, leader, term.
      dcs.leader_lost
          A store member knows no leader. id, leader, term.
      dcs.quorum_lost
          The store's leader stepped down for want of a quorum. id, term.
      dcs.peer_lost
          A store member cannot reach another one. peer, address, error.
      dcs.peer_restored
          A store member reaches another one again. peer.
      dcs.slow
          The store answered late. duration_ms, reason: apply, fdatasync, heartbeat,
          read_index, other.
      dcs.timed_out
          The store failed a request. reason: no_leader, leader_changed, timeout,
          too_many, lease_not_found, other; error.
      dcs.space_exceeded
          The store's database is full.
      dcs.corrupt
          The store's data is damaged or inconsistent. error.
      dcs.clock_drift
          The store's members disagree about the time. duration_ms, peer.
      dcs.member_changed
          A member joined or left the store, or the store tells who its members are.
          id, action: added, removed, voters; members (ids separated by blanks or
          commas).

    THE SERVER'S LIFE
      server.start_requested
          The agent is about to start its server. role (leader, replica,
          standby_leader), reason: crash, demotion, start, other.
      server.launched
          The agent started a postmaster. pid.
      server.starting
          The server process began. version.
      server.start_failed
          The server did not start or its startup process died. reason:
          startup_process, timeout, lock_file, checkpoint, configuration, memory,
          bind, other; error.
      server.ready
          The server accepts reads and writes.
      server.ready_read_only
          The server is in recovery and accepts reads.
      server.shutdown_requested
          The server was told to stop. mode: smart, fast, immediate.
      server.shutting_down
          The server is writing its shutdown checkpoint.
      server.shut_down
          The server has stopped in an orderly way.
      server.stop_slow
          Stopping the server takes too long, or needs force. reason, error.
      server.was_shut_down
          At start: the server had been shut down. time, role (replica if in
          recovery).
      server.was_interrupted
          At start: the server had gone down without a shutdown, or the data is a
          base backup. time, role (replica if in recovery).
      server.crash_recovery
          The server or the agent recovers from an unclean stop. reason.
      server.backend_crashed
          A server process was killed by a signal or exited wrongly. process, pid,
          signal, code.
      server.resetting_sessions
          The server ends all sessions because one process crashed.
      server.reinitializing
          The server starts over inside after a crash.
      server.refused_session
          The server turned a client away. reason: starting_up, shutting_down,
          recovery, not_accepting.
      server.ended_session
          The server cut a session. reason: admin, crash, immediate,
          postmaster_exit, conflict, timeout.
      server.refused_write
          A write reached a server in recovery or a read-only session. action (the
          SQL command).
      server.parameter_changed
          A setting changed or will after a restart. setting, value, old_value.
      server.probed
          Somebody asked the server whether it answers (pg_isready). state:
          accepting, rejecting, no_response; host, port.
      server.checkpoint
          A checkpoint ended. lsn, duration_s, text.

    RECOVERY
      recovery.standby_entered
          The server follows a primary from here on.
      recovery.started
          Redo begins. lsn.
      recovery.progress
          Redo is under way. lsn, duration_s.
      recovery.consistent
          A consistent state was reached. lsn.
      recovery.waiting_for_wal
          The standby has no more WAL and waits. lsn.
      recovery.end_of_wal
          Reading the WAL met its end. lsn.
      recovery.redo_done
          Redo ended. lsn, duration_s.
      recovery.last_transaction
          The time of the last transaction that was replayed. time (required).
      recovery.completed
          The server has left archive recovery.
      recovery.paused
          Recovery was paused or waits for an operator. reason.

    TIMELINES
      timeline.selected
          The promoted server chose its new timeline. timeline (required).
      timeline.local
          A member's own timeline and position, told while it decides how to follow.
          timeline, lsn.
      timeline.of_leader
          The leader's timeline, told by a member. timeline.
      timeline.history
          Lines of a timeline history. text.
      timeline.fetching
          A standby fetches a history file. timeline.
      timeline.ended
          The upstream's old timeline ended at a position. timeline, lsn.
      timeline.diverged
          The server holds WAL that is not in the history of the timeline that it
          should follow. timeline (the new one), old_timeline, lsn (the server's own
          recovery point), reason: forked_before, min_recovery, not_child,
          not_in_history, behind, sequence, agent, other.

    REPLICATION
      replication.streaming
          A standby streams. lsn, timeline, member.
      replication.broken
          A stream broke. error, reason: closed, timeout, other.
      replication.connect_failed
          A standby could not connect to its upstream. error, host, address, port,
          reason: refused, timeout, dns, no_route, starting_up, shutting_down,
          authentication, other.
      replication.terminated
          The upstream ended the stream in an orderly way: it stops, or its timeline
          ended.
      replication.receiver_stopped
          The WAL receiver ended. reason: admin, timeout, other.
      replication.sender_stopped
          A WAL sender ended. reason: timeout, promotion, other.
      replication.wal_missing
          The upstream no longer has a segment that a standby needs. segment, role
          (upstream if the upstream says it, not the standby).
      replication.ahead
          A standby asked for WAL beyond what the upstream has. lsn, end_lsn, role
          as above.
      replication.lagging
          A standby is behind. member, lag, duration_s.
      replication.slot_lost
          A slot was invalidated: the WAL behind it is given up. slot, lsn, role as
          above.
      replication.slot_changed
          A slot was made, dropped or refused. slot, reason: created, dropped,
          expired, active, missing, failed.
      replication.sync_changed
          The set of synchronous standbys changed. members, reason.
      replication.sync_missing
          Synchronous mode has no standby. reason.
      replication.conflict
          Replay conflicts with queries on a standby. reason.

    REWIND, CLONE, BOOTSTRAP
      rewind.started
          pg_rewind begins. leader, host.
      rewind.diverged
          pg_rewind found the point of divergence. lsn, timeline.
      rewind.succeeded
          pg_rewind is done.
      rewind.not_required
          pg_rewind found nothing to do.
      rewind.failed
          pg_rewind failed. error, code, leader.
      rewind.impossible
          pg_rewind cannot be used. reason: disabled, unreachable, running, archive,
          other; error.
      clone.data_removed
          A member's data directory is removed or renamed before it is built anew.
          path, reason.
      clone.started
          A member begins to copy another one's data. leader, member, reason.
      clone.succeeded
          The copy is complete. reason (the method), member.
      clone.failed
          The copy broke off. error, code, member.
      bootstrap.started
          A new cluster is being initialised.
      bootstrap.succeeded
          A new cluster was initialised.
      bootstrap.failed
          A new cluster could not be initialised. error, reason.
      bootstrap.waiting
          A member without data waits for a leader that will bootstrap or offer a
          copy.

    FAULTS
      fault.disk_full
          No space is left. path.
      fault.connections_exhausted
          No connection slot is left. reason: clients, reserved, senders, pool,
          user.
      fault.out_of_memory
          Memory ran out. reason.
      fault.file_descriptors
          File descriptors or processes ran out. error.
      fault.system_id_mismatch
          Data and cluster record belong to different clusters. system_id,
          other_system_id, name.
      fault.data_lost
          The data directory is missing, empty or cannot be read. error, path.
      fault.data_corrupt
          Data, WAL or a history file is damaged. error, reason: page, wal, history,
          control_file, other.
      fault.name_unresolved
          A host name did not resolve. host, error.
      fault.authentication
          Somebody could not log in. user, host, reason: password, hba, role, other.
      fault.watchdog
          The watchdog cannot do its work. error, reason.
      fault.archiving
          WAL could not be archived. error, code, segment.
      fault.configuration
          A setting is wrong or breaks a rule. setting, value, error.
      fault.other
          A fault that fits no other kind; the line is shown to the reader. error.

    CLIENTS
      client.write_succeeded
          A client's write was acknowledged. row_id, text.
      client.write_failed
          A client's write failed. error, reason: read_only, other.
      client.read_succeeded
          A client's read was answered. total, row_id.
      client.read_failed
          A client's read failed. error.
      client.connect_failed
          A client could not connect. error.
      client.connected
          A client connects or has connected. host, port.
      client.restored
          A client works again after failures. count.

    PROXY
      proxy.starting
          The proxy process began or a worker was started. version, pid.
      proxy.stopping
          The proxy process ends or stops a listener. frontend, reason.
      proxy.worker_died
          A worker process died. pid, code, signal.
      proxy.server_down
          A server was taken out. backend, server (both required), status, code,
          error, duration_ms, active, sessions, reason: check, maintenance, drain,
          dns, tracked.
      proxy.server_up
          A server was taken in. backend, server (both required), status, code,
          duration_ms, active, reason as above.
      proxy.no_server
          A backend has no server left. backend (required).
      proxy.check_failed
          A health check failed, the server is not yet down. backend, server,
          status, error, value (health/max), state.
      proxy.check_succeeded
          A health check succeeded, the server is not yet up. backend, server,
          status, value, state.
      proxy.connected
          A client reached the proxy. peer (client address:port), local_address,
          frontend.
      proxy.session_ended
          A session through the proxy ended. peer, frontend, backend, server
          (<NOSRV> if none), termination, duration_ms, code.
      proxy.address_changed
          A server's address changed by name resolution. backend, server, address.

    POOLER
      pooler.starting
          The pooler process began. version.
      pooler.stopping
          The pooler ends. reason: signal, admin, fatal, other; error.
      pooler.server_connected
          The pooler opened a connection towards the server (TCP only). pointer,
          peer (address:port), local_address, database, user.
      pooler.server_closed
          The pooler closed a connection towards the server. pointer, peer, age_s,
          reason: crashed, connect_failed, connect_timeout, dns, login_failed,
          query_timeout, obsolete, lifetime, idle, other; error.
      pooler.login_failed
          The server turned the pooler's login away. error, pointer.
      pooler.client_failed
          The pooler sent a client away. reason: wait_timeout, login_timeout,
          server_login, too_many, no_database, authentication, crashed,
          shutting_down, other; error, age_s, peer.
      pooler.paused
          The pooler was paused, suspended or disabled. action.
      pooler.resumed
          The pooler goes on. action.

    CONTAINERS AND HOSTS
      runtime.exited
          A container or unit ended. name (required), code, signal, reason: unit
          where a service manager's unit ended, not a container.
      runtime.state_changed
          A container or unit changed state. name (required), state: starting,
          started, stopping, stopped, killing, killed, restarting, removed, paused,
          unpaused, healthy, unhealthy, created, oom, disconnected; process.
      runtime.attached
          The containers whose output follows. members.
      runtime.stopping_all
          Somebody stops the whole project.

    WHAT TOOLS LIST
      cluster.listed
          A listing of the cluster begins. scope, system_id.
      cluster.member_listed
          One member of a listing. member (required), host, role, state, timeline,
          lag.
      cluster.history_listed
          One entry of the timeline history. timeline, lsn, reason, time, leader.
      cluster.maintenance_listed
          A listing says that automatic failover is off.
      cluster.change_scheduled
          A listing says that a planned change is due. action, time.

    """#
}
