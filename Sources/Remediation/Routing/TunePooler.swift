import Contract

/// Lets the pooler give up a dead connection sooner and try again sooner.
enum TunePooler: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    guard advice.has(.poolerStuck) else { return [] }
    return [
      Remedy(
        code: .tunePooler,
        urgency: .later,
        summary: "Shorten the pooler's waits: by default it hangs 15 s in a connection attempt and waits another 15 s "
          + "after a failed login.",
        commands: CommandWriter.configuration(
          "pgbouncer.ini, section [pgbouncer]",
          "server_login_retry = 1",
          "server_connect_timeout = 3",
          "query_wait_timeout = 30",
          "dns_max_ttl = 5",
          "dns_nxdomain_ttl = 2",
          "tcp_keepidle = 5",
          "tcp_keepintvl = 2",
          "tcp_keepcnt = 3",
          "tcp_user_timeout = 10000"
        ) + ["psql -h POOLER_HOST -p 6432 -U POOLER_ADMIN pgbouncer -c RELOAD"],
        risk: "More login attempts while the server is away. query_wait_timeout ends clients that wait longer.",
        verify: ["in a planned switchover, the pooler's new connection follows the proxy's UP within two seconds"],
        answers: [.poolerStuck]
      )
    ]
  }
}
