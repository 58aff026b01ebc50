/// The reasons that events give, in words.
enum ReasonWords {
  /// A reason's code as a reader says it; a code without words of its own is only made readable.
  static func words(_ code: String) -> String {
    table[code] ?? code.replacing("_", with: " ")
  }

  private static let table = [
    "admin": "an administrator's order",
    "authentication": "login refused",
    "closed": "connection closed",
    "connect_failed": "no connection",
    "connect_timeout": "no connection in time",
    "crash": "a crash",
    "crashed": "connection lost",
    "dcs": "the DCS is out of reach",
    "dns": "its name does not resolve",
    "forked_before": "the new timeline forked off before the member's own position",
    "hba": "no entry in pg_hba.conf",
    "lag": "it is too far behind",
    "lock_lost": "its lock is gone",
    "lost_race": "another member was quicker",
    "min_recovery": "the new timeline does not contain its recovery point",
    "no_leader": "it has no leader",
    "no_lock": "it does not hold the lock",
    "no_position": "its WAL position is not known",
    "no_route": "no route to it",
    "not_allowed": "it may not lead",
    "not_child": "its timeline is no ancestor of the new one",
    "not_healthiest": "it does not count as the healthiest member",
    "operator": "somebody asked for it",
    "password": "wrong password",
    "paused": "automatic failover is off",
    "peer_ahead": "another member has more WAL",
    "primary_alive": "the primary answers",
    "quorum": "no quorum",
    "refused": "connection refused",
    "server_login": "the server's logins have been failing",
    "shutdown": "it shuts down",
    "shutting_down": "the server is shutting down",
    "starting_up": "the server is starting up",
    "startup_timeout": "its server did not start in time",
    "sync": "it is no synchronous standby",
    "tag": "its tags forbid it",
    "timeline": "it is on another timeline",
    "timeout": "no answer in time",
    "too_many": "too many connections",
    "wait_timeout": "no server connection in time",
    "watchdog": "it has no watchdog",
  ]
}
