import Contract

// Findings about the way from clients to the primary.

extension CodeMeaning {
  static let clientFindings: [CodeMeaning] = [
    CodeMeaning(
      FindingCode.readOnlyWrites,
      "Writes reached a server in recovery",
      means: """
        Clients were connected, and every write was refused as read-only.
        """,
      why: """
        Routing follows the leader lock, which is taken before PostgreSQL has left recovery; or sessions stayed on a
        demoted server.
        """,
      signs: """
        `cannot execute INSERT in a read-only transaction` (SQLSTATE 25006) from server or client.
        """,
      next: """
        Let clients treat 25006 like a lost connection: close, wait, retry. Shorten the promotion.
        """,
      see: ["check_writable_before_routing", "retry_in_application", "read_only_window"]
    ),
    CodeMeaning(
      FindingCode.slowProxyDetection,
      "The proxy kept sending traffic to a dead server",
      means: """
        Others knew of the loss seconds before the proxy took the server out of rotation.
        """,
      why: """
        Checks are rare or tolerant: a silent host costs fall × time-out + (fall − 1) × fastinter, plus up to inter.
        With inter 3s fall 3 that is 15 to 18 s.
        """,
      signs: """
        A large gap between the first broken connection and `Server ... is DOWN`.
        """,
      next: """
        Set fastinter 1s, fall 2, timeout check, and on-marked-down shutdown-sessions.
        """,
      see: ["tune_health_check"]
    ),
    CodeMeaning(
      FindingCode.noServerAvailable,
      "The proxy had no server",
      means: """
        For some time every new connection to the backend failed.
        """,
      why: """
        The old primary was DOWN and the new one not yet UP. A short window belongs to every failover and switchover.
        """,
      signs: """
        `backend ... has no server available!`, sessions with <NOSRV> and SC.
        """,
      next: """
        Compare its length with the promotion: what goes beyond it is check interval.
        """,
      see: ["tune_health_check", "routing_switch"]
    ),
    CodeMeaning(
      FindingCode.proxyFlapping,
      "A server went up and down again and again",
      means: """
        The proxy changed its mind several times within a short while, cutting or moving sessions each time.
        """,
      why: """
        Checks at the edge of their time-out, a busy host, packet loss, or two members that take turns as leader.
        """,
      signs: """
        Alternating `is DOWN` and `is UP` of the same server.
        """,
      next: """
        Raise fall or the check's time-out a little, and look for the load behind it.
        """,
      see: ["tune_health_check", "network_degraded"]
    ),
    CodeMeaning(
      FindingCode.poolerStuck,
      "The pooler waited although a server was there",
      means: """
        PgBouncer sat on a dead connection or waited out its login retry while the proxy had a live server.
        """,
      why: """
        server_connect_timeout and server_login_retry are 15 s each by default, and a connection through a proxy that
        has no server may hang that long.
        """,
      signs: """
        `server conn crashed? (age=15s)` or `connect timeout` after the proxy's UP.
        """,
      next: """
        Lower both settings, and tcp_keepalive or tcp_user_timeout for vanished hosts; RECONNECT helps at once.
        """,
      see: ["tune_pooler", "pool_reconnect"]
    ),
  ]
}
