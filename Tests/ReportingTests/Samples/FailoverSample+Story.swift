import Contract
import Model

extension Phase {
  static let failover = [
    Phase(
      name: .detection,
      from: instant("21:57:23.240"),
      to: instant("21:57:43.597"),
      duration: 20.357,
      uncertainty: 2,
      slack: 0,
      explanation: "The replica and PgBouncer saw the connections break at once; the leader lock was free only when "
        + "its ttl was over.",
      evidence: [SampleLines.streamBroke, SampleLines.requestFailed]
    ),
    Phase(
      name: .redundancyLost,
      from: instant("21:57:23.240"),
      to: nil,
      duration: nil,
      minimum: 38.308,
      uncertainty: 0.4,
      explanation: "pg1 has not come back by the end of the log.",
      evidence: [SampleLines.exited]
    ),
    Phase(
      name: .routingOutage,
      from: instant("21:57:41.000"),
      to: instant("21:57:47.000"),
      duration: 6,
      uncertainty: 1,
      slack: 11.3,
      explanation: "The backend postgres_primary had no server.",
      evidence: [SampleLines.noServer]
    ),
    Phase(
      name: .election,
      from: instant("21:57:43.597"),
      to: instant("21:57:43.740"),
      duration: 0.143,
      uncertainty: 0.001,
      slack: 0,
      explanation: "pg2 was the only candidate.",
      evidence: [SampleLines.requestFailed, SampleLines.promoted]
    ),
    Phase(
      name: .promotion,
      member: "pg2",
      from: instant("21:57:43.740"),
      to: instant("21:57:58.833"),
      duration: 15.093,
      uncertainty: 0.001,
      slack: 0,
      explanation: "The promotion waited 15.0 s for the WAL receiver, which waited for the name pg1.",
      evidence: [SampleLines.promoted, SampleLines.stillNoName, SampleLines.ready]
    ),
    Phase(
      name: .routingSwitch,
      member: "pg2",
      from: instant("21:57:43.740"),
      to: instant("21:57:47.500"),
      duration: 3.76,
      uncertainty: 0.5,
      slack: 11.3,
      explanation: "HAProxy saw pg2 answer 200 on /primary twice.",
      evidence: [SampleLines.proxyUp]
    ),
    Phase(
      name: .poolReconnect,
      from: instant("21:57:47.500"),
      to: instant("21:57:54.493"),
      duration: 6.993,
      uncertainty: 0.5,
      slack: 4.3,
      explanation: "PgBouncer waited out server_connect_timeout on a connection into nowhere.",
      evidence: [SampleLines.poolBroke, SampleLines.poolBack]
    ),
    Phase(
      name: .readOnlyWindow,
      member: "pg2",
      from: instant("21:57:47.500"),
      to: instant("21:57:58.833"),
      duration: 11.333,
      uncertainty: 0.5,
      slack: nil,
      explanation: "HAProxy routed writes to pg2 while it was still in recovery.",
      evidence: [SampleLines.readOnly, SampleLines.lastError]
    ),
    Phase(
      name: .clientRecovery,
      from: instant("21:57:58.833"),
      to: instant("21:57:59.530"),
      duration: 0.697,
      uncertainty: 0.2,
      slack: 0,
      explanation: "The client's next attempt succeeded.",
      evidence: [SampleLines.firstWrite]
    ),
  ]
}

extension TimelineEntry {
  static let failover: [TimelineEntry] =
    [
      entry(SampleLines.lastWrite, "21:57:23.201", "client.write.succeeded", "last successful write (ID 201)"),
      entry(
        SampleLines.exited,
        "21:57:23.240",
        "runtime.exited",
        "container exited with code 137",
        "docker",
        "pg1",
        uncertainty: 0.4
      ),
      entry(SampleLines.streamBroke, "21:57:23.629", "replication.broken", "WAL stream broke", "postgresql", "pg2"),
      entry(
        SampleLines.proxyDown,
        "21:57:41.000",
        "proxy.server.down",
        "pg1 DOWN in postgres_primary (Layer4 timeout); no server left",
        "haproxy",
        uncertainty: 0.5
      ),
      entry(
        SampleLines.requestFailed,
        "21:57:43.597",
        "candidate.silent",
        "no answer from pg1 in the leader race",
        "patroni",
        "pg2"
      ),
      entry(SampleLines.promoted, "21:57:43.740", "leader.acquired", "took the leader lock", "patroni", "pg2"),
      entry(
        SampleLines.promoteRequest,
        "21:57:43.742",
        "promotion.requested",
        "received promote request",
        "postgresql",
        "pg2"
      ),
      entry(
        SampleLines.proxyUp,
        "21:57:47.000",
        "proxy.server.up",
        "pg2 UP in postgres_primary (Layer7 200)",
        "haproxy",
        uncertainty: 0.5
      ),
      entry(
        SampleLines.poolBack,
        "21:57:54.493",
        "pooler.connected",
        "first connection that reaches pg2",
        "pgbouncer"
      ),
    ]
    + ["21:57:54.504", "21:57:55.509", "21:57:56.513", "21:57:57.518", "21:57:58.521"].map {
      entry(SampleLines.writeError, $0, "client.write.failed", "write refused: read-only transaction")
    } + [
      entry(
        SampleLines.stillNoName,
        "21:57:58.721",
        "replication.broken",
        "name pg1 does not resolve: WAL receiver ends",
        "postgresql",
        "pg2"
      ),
      entry(SampleLines.newTimeline, "21:57:58.763", "timeline.selected", "selected timeline 3", "postgresql", "pg2"),
      entry(
        SampleLines.ready,
        "21:57:58.833",
        "server.ready",
        "ready to accept connections, writable",
        "postgresql",
        "pg2"
      ),
      entry(SampleLines.firstWrite, "21:57:59.530", "client.write.succeeded", "first successful write (ID 232)"),
    ]

  private static func entry(
    _ evidence: Evidence,
    _ clock: String,
    _ kind: String,
    _ summary: String,
    _ component: String = "monitor",
    _ member: String? = nil,
    uncertainty: Double = 0.001
  ) -> TimelineEntry {
    TimelineEntry(
      at: instant(clock),
      uncertainty: uncertainty,
      source: evidence.source,
      component: component,
      member: member,
      kind: kind,
      summary: summary,
      evidence: evidence
    )
  }
}
