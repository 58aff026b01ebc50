import Contract

// Remedies on the way from clients to the primary.

extension CodeMeaning {
  static let routingRemedies: [CodeMeaning] = [
    CodeMeaning(
      RemedyCode.setConnectTimeout,
      "Bound the WAL receiver's connection attempt",
      does: """
        Gives the replica's connection to the primary a connect time-out, for example PGCONNECT_TIMEOUT=3 in the
        environment of Patroni, which the server inherits.
        """,
      why: """
        A promotion waits until the WAL receiver is gone; without a limit that takes as long as the connection attempt to
        the dead primary.
        """,
      when: """
        Seconds of silence lie between the promote request and the end of redo.
        """,
      mind: """
        Patroni writes primary_conninfo itself, so do not edit it. The limit does not cover a slow name look-up: use
        addresses, or options timeout:1 attempts:1 in resolv.conf. The environment changes at the next start.
        """,
      see: ["promotion_stalled", "fix_dns"]
    ),
    CodeMeaning(
      RemedyCode.checkWritableBeforeRouting,
      "Route writes only to a writable server",
      does: """
        Makes sure that a server takes writes before clients reach it: target_session_attrs=read-write in clients that
        know all hosts, or a proxy check that asks pg_is_in_recovery().
        """,
      why: """
        Patroni's /primary says who holds the lock, which is true some moments before the server has left recovery.
        """,
      when: """
        Writes were refused as read-only on the new primary.
        """,
      mind: """
        /read-write is another name for /primary and changes nothing. In HAProxy an external or agent check can ask the
        server; keep /primary beside it.
        """,
      see: ["read_only_writes", "retry_in_application"]
    ),
    CodeMeaning(
      RemedyCode.retryInApplication,
      "Let the application try again",
      does: """
        Treats lost connections and SQLSTATE 25006, 57P01 to 57P03 and class 08 as a reason to reconnect and repeat the
        transaction.
        """,
      why: """
        No cluster switches without a moment of errors; a retry turns it into latency.
        """,
      when: """
        Clients saw errors during a failover or switchover.
        """,
      mind: """
        Repeat only what may safely run twice: a commit whose answer was lost may have succeeded. Wait a little longer
        after each attempt.
        """,
      see: ["read_only_writes", "client_recovery"]
    ),
    CodeMeaning(
      RemedyCode.tuneHealthCheck,
      "Tune the proxy's health check",
      does: """
        Sets inter, fastinter, downinter, fall, rise, timeout check and on-marked-down shutdown-sessions.
        """,
      why: """
        The time to DOWN for a silent host is up to inter + fall × time-out + (fall − 1) × fastinter, the time to UP up
        to downinter + (rise − 1) × fastinter.
        """,
      when: """
        The proxy was slow to see the loss or the new primary, had no server for long, or flapped.
        """,
      mind: """
        Good values are inter 2s fastinter 1s downinter 1s fall 2 rise 1 and timeout check 1s. Check with
        haproxy -c -f before the reload.
        """,
      see: ["slow_proxy_detection", "no_server_available", "proxy_flapping"]
    ),
    CodeMeaning(
      RemedyCode.tunePooler,
      "Tune the pooler's time-outs",
      does: """
        Lowers server_connect_timeout and server_login_retry, and sets tcp_user_timeout or keepalives, in PgBouncer.
        """,
      why: """
        With the defaults clients may wait 15 s for a dead attempt and 15 s more after a failed login.
        """,
      when: """
        The pooler was the last to find the new primary.
        """,
      mind: """
        2 to 5 s are safe on a local network. RELOAD is enough; RECONNECT drops old server connections at once.
        """,
      see: ["pooler_stuck"]
    ),
    CodeMeaning(
      RemedyCode.addConnectionHeadroom,
      "Make room for connections",
      does: """
        Puts a pooler in front, lowers pool sizes, raises max_connections or reserved_connections.
        """,
      why: """
        A server that refuses clients is as good as down for them, and Patroni needs a slot too.
        """,
      when: """
        Connection slots ran out.
        """,
      mind: """
        max_connections needs a restart, on the primary before the standbys when it is lowered and after them when it is
        raised. End idle sessions with idle_session_timeout.
        """,
      see: ["connections_exhausted"]
    ),
    CodeMeaning(
      RemedyCode.restartOnFailure,
      "Let the runtime restart what dies",
      does: """
        Sets restart: unless-stopped in compose, or Restart=always in the unit, for proxy, pooler and members.
        """,
      why: """
        A process that comes back by itself after seconds needs nobody at night.
        """,
      when: """
        A component stopped and stayed down.
        """,
      mind: """
        A member whose data diverged is not repaired by it. Avoid tight loops with a restart delay.
        """,
      see: ["container_stopped", "pooler_restart"]
    ),
  ]
}
