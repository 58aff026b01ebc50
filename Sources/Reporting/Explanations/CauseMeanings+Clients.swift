import Contract

// Root causes on the way from the clients to the primary.

extension CodeMeaning {
  static let clientCauses: [CodeMeaning] = [
    CodeMeaning(
      RootCauseCode.healthCheckFailure,
      "Health checks failed against a healthy server",
      means: """
        The proxy took a good primary out of rotation because its check was not answered.
        """,
      why: """
        Port 8008 was blocked, Patroni's REST API was slow, or the check's time-out is too tight for a busy host.
        """,
      signs: """
        `Server ... is DOWN` with a Layer4 or Layer7 time-out while that member prints its heartbeat as leader.
        """,
      next: """
        Try the check by hand from the proxy's host, and give it a `timeout check` of its own.
        """,
      see: ["routing_outage", "tune_health_check"]
    ),
    CodeMeaning(
      RootCauseCode.proxyRestart,
      "The proxy was restarted",
      means: """
        HAProxy ended and came back; connections through it were cut.
        """,
      why: """
        A deployment or a crash. A reload keeps old connections in the old process, a restart does not.
        """,
      signs: """
        `Exiting Master process`, `New worker forked`, `Loading success`, or the container's exit line.
        """,
      next: """
        Use reload instead of restart, and run two proxies behind a floating address.
        """,
      see: ["routing_outage", "restart_on_failure"]
    ),
    CodeMeaning(
      RootCauseCode.proxyMisrouting,
      "The proxy sent writes to the wrong server",
      means: """
        Clients reached a server that is not the primary although the primary was there.
        """,
      why: """
        The check does not ask for the role (plain TCP, or /health instead of /primary), or a server line points elsewhere.
        """,
      signs: """
        Read-only errors while another member leads, or both servers UP in the write backend for long.
        """,
      next: """
        Check with `option httpchk` and GET /primary on port 8008, and compare each server line with the member's
        address.
        """,
      see: ["read_only_writes", "check_writable_before_routing"]
    ),
    CodeMeaning(
      RootCauseCode.poolerRestart,
      "The pooler was restarted",
      means: """
        PgBouncer ended and came back; every client connection through it was cut.
        """,
      why: """
        A deployment, a crash, or a configuration change that was applied by restart.
        """,
      signs: """
        `got SIGTERM` or `got SIGINT, shutting down`, and `process up: PgBouncer` afterwards.
        """,
      next: """
        Use RELOAD for settings, and so_reuseport with two processes for restarts without a gap.
        """,
      see: ["pooler_outage", "restart_on_failure"]
    ),
    CodeMeaning(
      RootCauseCode.connectionsExhausted,
      "Connection slots ran out",
      means: """
        The server or the pooler refused clients because its limit was reached.
        """,
      why: """
        A leak or a storm of reconnections, often right after an outage, or pools larger than max_connections.
        """,
      signs: """
        `sorry, too many clients already`, `remaining connection slots are reserved`, `no more connections allowed`.
        """,
      next: """
        Add up the pools of all poolers and applications and compare the sum with max_connections.
        """,
      see: ["saturation", "add_connection_headroom"]
    ),
    CodeMeaning(
      RootCauseCode.replicaLag,
      "The replicas were too far behind",
      means: """
        A replica could not be promoted, or served stale reads, because it lagged.
        """,
      why: """
        A long query on the replica that blocks replay, a slow disk or network, a bulk load on the primary.
        """,
      signs: """
        `My wal position exceeds maximum replication lag`, or `recovery still waiting after ... ms`.
        """,
      next: """
        Look at pg_stat_replication: the column where the lag begins (sent, write, flush, replay) tells the cause.
        """,
      see: ["no_promotable_member", "replica_lagging"]
    ),
  ]
}
