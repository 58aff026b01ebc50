import Contract

extension CodeMeaning {
  static let incidentKinds: [CodeMeaning] = [
    CodeMeaning(
      IncidentKind.failover,
      "Another member took over, and nobody had asked for it",
      means: """
        The primary was lost and a replica was promoted in its place. Between the two, writes failed.
        """,
      why: """
        A container, a host or PostgreSQL itself died, Patroni froze or was cut off from the DCS, and the leader lock
        expired or was given up. Patroni then lets the replicas race for the lock.
        """,
      signs: """
        A member prints `promoted self to leader by acquiring session lock`, and no switchover or manual failover was
        requested before it.
        """,
      next: """
        Read the critical path: it says which part of the outage was spent on what. Then see to the old primary, which
        may have to be rewound or rebuilt before redundancy is back.
        """,
      see: ["detection", "promotion", "leader_lost", "timeline_split"]
    ),
    CodeMeaning(
      IncidentKind.switchover,
      "Leadership was moved on request",
      means: """
        Somebody, or a schedule, asked for another leader. The old one was shut down cleanly and the new one promoted,
        so no acknowledged write is lost.
        """,
      why: """
        Maintenance, an upgrade, rebalancing, or a test: `patronictl switchover`, `patronictl failover` or the REST API.
        """,
      signs: """
        The old leader prints `switchover: demoting myself` (up to Patroni 3.1 `manual failover: demoting myself`) and
        PostgreSQL a fast shutdown; the new one acquires the lock within a second or two.
        """,
      next: """
        Compare the client's outage with the promotion: the difference is the proxy and the pooler, and can be tuned.
        """,
      see: ["operator_switchover", "demotion", "pool_reconnect"]
    ),
    CodeMeaning(
      IncidentKind.primaryOutage,
      "The primary was away and nobody replaced it",
      means: """
        Writes failed because the primary was down or read-only, and no other member was promoted.
        """,
      why: """
        PostgreSQL crashed and was restarted in place, the cluster was paused, no replica was fit to be promoted, or the
        outage was shorter than the life of the leader lock.
        """,
      signs: """
        The same member leads before and after, often with `starting primary after failure` or `doing crash recovery`,
        or the replicas say why they do not race.
        """,
      next: """
        Find out why nobody took over before you look at the crash itself: a cluster that cannot fail over has no high
        availability.
        """,
      see: ["no_promotable_member", "cluster_paused", "crash_restart"]
    ),
    CodeMeaning(
      IncidentKind.dcsOutage,
      "The configuration store was away, and the primary had to react",
      means: """
        The DCS (etcd, Consul, ZooKeeper, Kubernetes) could not be reached or had no quorum, and the primary demoted
        itself or went on in failsafe mode.
        """,
      why: """
        A leader that cannot renew its lock must assume that another one will be elected, so it stops taking writes.
        The database itself may be perfectly healthy.
        """,
      signs: """
        `demoting self because DCS is not accessible and I was a leader`, or `continue to run as a leader because
        failsafe mode is enabled`, with time-outs of the DCS before it.
        """,
      next: """
        Repair the DCS first; the cluster follows by itself. Consider failsafe_mode, which keeps the primary up as long
        as all members confirm it.
        """,
      see: ["dcs_quorum_lost", "demoted_without_dcs", "enable_failsafe"]
    ),
    CodeMeaning(
      IncidentKind.splitBrain,
      "Two members acted as primary at the same time",
      means: """
        Two servers accepted writes at once. What clients wrote to the losing side exists on that server only.
        """,
      why: """
        The old primary went on without its agent, for example because Patroni was killed or frozen and no watchdog
        stopped the machine, while the lock expired and another member was promoted.
        """,
      signs: """
        Writes, checkpoints or heartbeats of the old primary after the new one is ready to accept connections, or the
        same row ids with different contents.
        """,
      next: """
        Stop the old primary before anything else, and keep its data directory until its extra writes were compared and
        saved. Do not reinitialise it before.
        """,
      see: ["dual_primary", "fence_old_primary", "salvage_diverged_writes"]
    ),
    CodeMeaning(
      IncidentKind.replicaOutage,
      "A member that is not the primary fell out",
      means: """
        A replica stopped, does not start, diverged, lags, or lost the WAL that it needs. Clients that write notice
        nothing, but the next failure of the primary finds one candidate less.
        """,
      why: """
        Crashes and full disks as anywhere, WAL that was recycled while the replica was away, or an earlier failover
        that left the member on a branch of its own.
        """,
      signs: """
        `start failed`, `requested WAL segment ... has already been removed`, `is not a child of this server's history`,
        or a heartbeat that says running where it should say streaming.
        """,
      next: """
        Check how many replicas are left, then repair this one: a restart where it only died, a rewind or reinit where
        its data no longer fits.
        """,
      see: ["member_start_failed", "wal_removed", "reinit_member"]
    ),
    CodeMeaning(
      IncidentKind.bootstrapFailure,
      "A cluster could not get its first primary",
      means: """
        A new cluster was not initialised, cloned or restored, so no member ever led.
        """,
      why: """
        initdb or the restore failed, permissions or libraries are missing, or the DCS still has the initialize key of a
        cluster that lived there before.
        """,
      signs: """
        `waiting for leader to bootstrap` in a loop, `failed to bootstrap`, or a system ID mismatch at the first start.
        """,
      next: """
        Decide which is true: an old record in the DCS in front of empty directories, or good data in front of a wrong
        record. Delete nothing before that is clear.
        """,
      see: ["waiting_for_leader", "bootstrap_failed", "system_id_mismatch"]
    ),
    CodeMeaning(
      IncidentKind.routingOutage,
      "A writable primary existed, and clients were not led to it",
      means: """
        The database was able to take writes, but the proxy had no server for them or sent them elsewhere.
        """,
      why: """
        Health checks failed or were slow, the proxy restarted, its check looks at a port that does not tell the role,
        or the way to Patroni's REST API was blocked.
        """,
      signs: """
        `backend ... has no server available!` while the leader prints its heartbeat, or read-only errors while another
        member leads.
        """,
      next: """
        Ask the member what the check asks: curl its REST API port under /primary from the proxy's host.
        """,
      see: ["no_server_available", "proxy_misrouting", "tune_health_check"]
    ),
    CodeMeaning(
      IncidentKind.poolerOutage,
      "The pooler was down or handed out no connections",
      means: """
        Primary and proxy worked, but PgBouncer was stopped, waited on dead connections, or had none to give.
        """,
      why: """
        A restart drops all its clients; a dead server connection is only given up after server_connect_timeout, and
        after a failed login PgBouncer waits out server_login_retry.
        """,
      signs: """
        `process up`, `server conn crashed?`, `server login has been failing` or `query_wait_timeout` in PgBouncer's
        log, with a healthy leader at the same time.
        """,
      next: """
        Look at SHOW POOLS and SHOW SERVERS on PgBouncer's console; RECONNECT makes it drop old connections at once.
        """,
      see: ["pooler_stuck", "tune_pooler", "pooler_restart"]
    ),
    CodeMeaning(
      IncidentKind.saturation,
      "A resource ran out while the primary was alive",
      means: """
        Connection slots, disk space or file descriptors were used up, so clients failed although the primary led.
        """,
      why: """
        A burst of connections or a leak, WAL that is kept for a slot nobody reads, failed archiving, growing data.
        """,
      signs: """
        `sorry, too many clients already`, `remaining connection slots are reserved`, or `No space left on device`.
        """,
      next: """
        Make room first, then find what used it up. Patroni does not fail over for this: it keeps the lock as long as it
        reaches the server.
        """,
      see: ["connections_exhausted", "disk_full", "free_disk_space"]
    ),
  ]

  static let incidentStatuses: [CodeMeaning] = [
    CodeMeaning(
      IncidentStatus.resolved,
      "Service and redundancy are back",
      means: """
        Writes work again and every member that had been lost follows the primary.
        """,
      why: """
        Automatic repair finished, or somebody finished it, before the log ended.
        """,
      signs: """
        A successful write after the last failed one, and `started streaming WAL` from the member that was away.
        """,
      next: """
        Nothing is urgent. The findings and the critical path tell what would make the next incident shorter.
        """,
      see: ["redundancy_lost", "rejoin"]
    ),
    CodeMeaning(
      IncidentStatus.degraded,
      "Writes work, but a member is not back",
      means: """
        Clients are served, yet the cluster has less redundancy than before. The next failure may have nobody to
        take over.
        """,
      why: """
        The old primary was not started again, cannot start, or does not stream because its data diverged.
        """,
      signs: """
        Writes succeed at the end of the log, and one member has no streaming heartbeat after the incident.
        """,
      next: """
        Look at the member list of the report and carry out the first remedy. Do not plan maintenance on the primary
        until a replica streams.
        """,
      see: ["restart_member", "reinit_member", "rejoin"]
    ),
    CodeMeaning(
      IncidentStatus.ongoing,
      "It is not over at the end of the log",
      means: """
        There is no writable primary, or clients still fail, in the last lines that were read.
        """,
      why: """
        The outage lasts, or the log was cut while it lasted: a log that ends cannot tell the two apart.
        """,
      signs: """
        Failed writes, a missing leader or a proxy without a server, and no line after it that takes it back.
        """,
      next: """
        Run patronictl list now. If the cluster is well, fetch the log again up to this minute, so that the report can
        tell how it ended.
        """,
      see: ["truncated_log", "collect_more_logs", "no_promotable_member"]
    ),
  ]
}
