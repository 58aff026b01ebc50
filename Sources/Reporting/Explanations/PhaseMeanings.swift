import Contract

extension CodeMeaning {
  static let phases: [CodeMeaning] = outagePhases + clientPhases + conditionPhases

  private static let outagePhases: [CodeMeaning] = [
    CodeMeaning(
      PhaseName.detection,
      "From the loss of the primary to a free leader lock",
      means: """
        The cluster does not yet know, or may not yet act on, the loss of its leader.
        """,
      why: """
        A leader that dies cannot give its lock back; it expires after ttl, counted from the last renewal. So the phase
        lasts between ttl minus loop_wait and ttl. After a clean stop the lock is released at once.
        """,
      signs: """
        It begins with the first broken connection or the exit of the process and ends when the lock is released, has
        expired, or the replicas begin to ask each other.
        """,
      next: """
        If it dominates the outage, lower ttl, but keep loop_wait + 2 × retry_timeout ≤ ttl, or a slow DCS will cause
        failovers of its own.
        """,
      see: ["leader_lost", "election"]
    ),
    CodeMeaning(
      PhaseName.election,
      "From a free lock to a member that holds it",
      means: """
        The replicas compare their WAL positions over Patroni's REST API, and one of them takes the lock.
        """,
      why: """
        Usually under a second. A member that is gone costs the 2 s time-out of the REST call; a replica that still
        receives WAL, lags too far or waits for synchronous peers holds back.
        """,
      signs: """
        `Got response from`, `Request failed to` and `following a different leader because i am not the healthiest node`
        until `promoted self to leader by acquiring session lock`.
        """,
      next: """
        If it took long, read what each candidate said about itself: lag, timeline, nofailover tag, watchdog.
        """,
      see: ["no_promotable_member", "promotion"]
    ),
    CodeMeaning(
      PhaseName.promotion,
      "From the acquired lock to a server out of recovery",
      means: """
        Patroni asks PostgreSQL to become primary: the WAL receiver stops, received WAL is replayed, a new timeline
        begins, and the server becomes writable.
        """,
      why: """
        Normally well under a second. It takes long when much WAL is to be replayed, or when the WAL receiver hangs in a
        connection or a name look-up to the dead primary.
        """,
      signs: """
        `received promote request`, then `redo done`, `selected new timeline ID`, `archive recovery complete` and
        `database system is ready to accept connections`.
        """,
      next: """
        Look at the gap between `received promote request` and `redo done`: work there is replay, silence is a wait.
        """,
      see: ["promotion_stalled", "set_connect_timeout"]
    ),
    CodeMeaning(
      PhaseName.demotion,
      "From the decision to demote to a server that refuses writes",
      means: """
        A leader gives up: it stops PostgreSQL and starts it again as a replica, or is told to hand over.
        """,
      why: """
        It lost the lock or the DCS, or somebody asked for a switchover. A clean stop writes a shutdown checkpoint, which
        takes as long as there are dirty buffers.
        """,
      signs: """
        `Demoting self (graceful)`, `(immediate)` or `(offline)`, followed by PostgreSQL's shutdown lines.
        """,
      next: """
        If a switchover spends its time here, run CHECKPOINT on the primary just before it.
        """,
      see: ["operator_switchover", "demoted_without_dcs"]
    ),
  ]

  private static let clientPhases: [CodeMeaning] = [
    CodeMeaning(
      PhaseName.readOnlyWindow,
      "Writes could reach a server that is in recovery",
      means: """
        Routing led to a server that was not writable yet, or not any more, so writes were or would have been refused.
        """,
      why: """
        Patroni answers 200 on /primary as soon as the member holds the lock, also while PostgreSQL still leaves
        recovery. On the other side, sessions stay on a demoted server until the proxy cuts them.
        """,
      signs: """
        `cannot execute INSERT in a read-only transaction` from server or client; the window itself runs from the
        proxy's UP to `ready to accept connections`.
        """,
      next: """
        Shorten the promotion, let applications retry on SQLSTATE 25006, and let the proxy end sessions when a server
        goes down.
        """,
      see: ["read_only_writes", "promotion_stalled", "check_writable_before_routing"]
    ),
    CodeMeaning(
      PhaseName.routingOutage,
      "The proxy has no server for writes",
      means: """
        Every server of the write backend is down in the proxy's eyes; new connections fail at once.
        """,
      why: """
        Between the old primary's DOWN and the new one's UP there is always such a window; it grows with promotion time
        and the check interval.
        """,
      signs: """
        `backend ... has no server available!` until the next `is UP` of that backend.
        """,
      next: """
        Compare it with the promotion. If it goes on after the new primary is ready, tune inter, rise and fastinter.
        """,
      see: ["no_server_available", "tune_health_check"]
    ),
    CodeMeaning(
      PhaseName.routingSwitch,
      "From the acquired lock to the proxy's UP",
      means: """
        The cluster has a new leader and the proxy has to learn it.
        """,
      why: """
        The proxy asks every inter (or downinter) and wants rise good answers in a row, so it takes up to
        downinter + (rise − 1) × fastinter.
        """,
      signs: """
        From `promoted self to leader` to `Server .../pg2 is UP`.
        """,
      next: """
        Lower downinter and fastinter for the write backend; checks against Patroni's REST API are cheap.
        """,
      see: ["tune_health_check", "slow_proxy_detection"]
    ),
    CodeMeaning(
      PhaseName.poolReconnect,
      "From the proxy's UP to the pooler's first connection",
      means: """
        A server is there, but PgBouncer has not reached it yet, so clients wait in its queue.
        """,
      why: """
        It may sit on an attempt that leads nowhere for server_connect_timeout, and waits server_login_retry after a
        failed login. Both are 15 s by default.
        """,
      signs: """
        `closing because: server conn crashed?`, `connect timeout` or `connect failed`, then `new connection to server`.
        """,
      next: """
        Lower both settings to 2 to 5 s; they cost nothing in normal operation.
        """,
      see: ["pooler_stuck", "tune_pooler"]
    ),
    CodeMeaning(
      PhaseName.clientRecovery,
      "From a writable, routed primary to the first successful write",
      means: """
        Everything on the server's side is ready, and the client has to notice.
        """,
      why: """
        Clients try again in their own rhythm, hold broken connections until a time-out, or wait in the pooler.
        """,
      signs: """
        From the later of `ready to accept connections` and the proxy's UP to the client's first successful write.
        """,
      next: """
        If it is long, look at the application's retry interval, connection pool validation and TCP keepalives.
        """,
      see: ["retry_in_application", "pool_reconnect"]
    ),
  ]

  private static let conditionPhases: [CodeMeaning] = [
    CodeMeaning(
      PhaseName.dcsOutage,
      "The DCS fails a member",
      means: """
        At least one member could not read or write the configuration store.
        """,
      why: """
        No quorum, no network, a slow disk under etcd, or a restart of the local agent.
        """,
      signs: """
        From the first DCS error (`Error communicating with DCS`, time-outs of etcd) to the first loop that works again.
        """,
      next: """
        Compare it with retry_timeout and ttl: shorter trouble is ridden out, longer trouble demotes the leader.
        """,
      see: ["dcs_quorum_lost", "dcs_unreachable", "dcs_slow"]
    ),
    CodeMeaning(
      PhaseName.dualPrimary,
      "Two members act as primary",
      means: """
        While it lasts, writes may be accepted twice, and those on one side will be lost.
        """,
      why: """
        The old primary runs on without a living Patroni, or behind a partition, after another member was promoted.
        """,
      signs: """
        It begins when the second member is writable and ends when one of them stops or is demoted.
        """,
      next: """
        Find out which clients reached the losing side in that window, and save their writes.
        """,
      see: ["split_brain", "unmanaged_primary", "salvage_diverged_writes"]
    ),
    CodeMeaning(
      PhaseName.unmanagedPrimary,
      "PostgreSQL runs on as primary without its Patroni",
      means: """
        The agent that could demote the server is dead or frozen, and the server goes on taking writes.
        """,
      why: """
        Patroni was killed, ran out of memory or hangs in a system call, and no watchdog resets the machine.
        """,
      signs: """
        Patroni's heartbeats stop on a leader while its PostgreSQL still writes checkpoints or serves clients.
        """,
      next: """
        Restart Patroni. With watchdog.mode automatic or required, the machine would have been reset before the lock
        expired.
        """,
      see: ["patroni_killed", "enable_watchdog", "dual_primary"]
    ),
    CodeMeaning(
      PhaseName.stall,
      "A component gave no sign of life, and then went on",
      means: """
        A process that prints regularly was silent far longer than its rhythm, without a restart.
        """,
      why: """
        The machine was starved, suspended or migrated, the disk hung, or the process waited on a lock or the network.
        """,
      signs: """
        A gap between two heartbeats much longer than loop_wait, sometimes with `Loop time exceeded`.
        """,
      next: """
        Look at CPU steal, I/O wait, swapping and hypervisor events of that minute.
        """,
      see: ["patroni_stalled", "postgres_stalled"]
    ),
    CodeMeaning(
      PhaseName.failsafe,
      "The leader runs on without the DCS",
      means: """
        The DCS was out of reach, and the leader stayed primary because every known member confirmed that it may.
        """,
      why: """
        failsafe_mode is on: the leader asks all members with POST /failsafe, and demotes as soon as one does not answer.
        """,
      signs: """
        `continue to run as a leader because failsafe mode is enabled and all members are accessible`, each loop.
        """,
      next: """
        Repair the DCS soon: in this state the loss of any one member turns into an outage.
        """,
      see: ["failsafe_active", "restore_dcs"]
    ),
    CodeMeaning(
      PhaseName.timelineSplit,
      "A member holds WAL that the new primary does not have",
      means: """
        Two histories exist: the new timeline, and a member that went past the point where it forked off.
        """,
      why: """
        The old primary wrote WAL that had not been replicated when the other was promoted.
        """,
      signs: """
        `new timeline N forked off current database system timeline M before current recovery point`; it ends with a
        rewind or a reinit of that member.
        """,
      next: """
        Find out what is in the extra WAL before it is discarded: pg_waldump from the fork on shows it.
        """,
      see: ["timeline_split", "rewind_member", "reinit_member"]
    ),
    CodeMeaning(
      PhaseName.rejoin,
      "From the lost member's start to its streaming",
      means: """
        The member is up again and works its way back: crash recovery, rewind or a new copy, then catching up.
        """,
      why: """
        How long it takes depends on the WAL to replay, on the difference to rewind, or on the size of the database.
        """,
      signs: """
        From its first line after the outage to `started streaming WAL from primary`.
        """,
      next: """
        If it does not end, read the member's own PostgreSQL log: Patroni may call a diverged member running.
        """,
      see: ["member_start_failed", "rewind_failed"]
    ),
    CodeMeaning(
      PhaseName.redundancyLost,
      "From the first lost member to the last one streaming again",
      means: """
        The cluster served with fewer copies than it should have. This is often much longer than the write outage.
        """,
      why: """
        The old primary has to come back as a replica, which may need a person.
        """,
      signs: """
        It begins with the loss and ends with the start of the stream that lasts; a stream that breaks off again does
        not count.
        """,
      next: """
        Watch this number besides the outage: a second failure within it is the expensive one.
        """,
      see: ["rejoin", "degraded"]
    ),
  ]
}
