import Contract

extension Finding {
  static let failover = [
    Finding(
      code: .leaderLost,
      severity: .critical,
      member: "pg1",
      summary: "pg1 vanished without a shutdown; its lock was left to expire.",
      confidence: 0.97,
      evidence: [SampleLines.exited, SampleLines.streamBroke, SampleLines.requestFailed, SampleLines.noName]
    ),
    Finding(
      code: .noServerAvailable,
      severity: .critical,
      summary: "HAProxy had no server for writes for 6 s.",
      confidence: 1,
      evidence: [SampleLines.noServer]
    ),
    Finding(
      code: .promotionStalled,
      severity: .warning,
      member: "pg2",
      summary: "15.0 s passed between the promote request and the end of redo, though there was nothing to replay.",
      confidence: 0.9,
      evidence: [SampleLines.promoteRequest, SampleLines.stillNoName]
    ),
    Finding(
      code: .readOnlyWrites,
      severity: .warning,
      member: "pg2",
      summary: "5 writes reached pg2 while it was in recovery.",
      confidence: 1,
      evidence: [SampleLines.readOnly, SampleLines.lastError]
    ),
    Finding(
      code: .poolerStuck,
      severity: .warning,
      summary: "PgBouncer waited 6.8 s on a dead connection although pg2 was UP.",
      confidence: 0.7,
      evidence: [SampleLines.poolBroke, SampleLines.poolBack]
    ),
    Finding(
      code: .timelineSwitch,
      severity: .info,
      member: "pg2",
      summary: "pg2 began timeline 3.",
      confidence: 1,
      evidence: [SampleLines.newTimeline]
    ),
    Finding(
      code: .sequenceGap,
      severity: .info,
      summary: "Ids jump from 201 to 232: sequences are logged ahead, no row is missing.",
      confidence: 0.9,
      evidence: [SampleLines.lastWrite, SampleLines.firstWrite]
    ),
  ]
}

extension Remedy {
  static let failover = [
    Remedy(
      code: .restartMember,
      urgency: .now,
      summary: "Start pg1 again; it rejoins as a replica of pg2.",
      commands: ["docker start pg1"],
      risk: nil,
      preconditions: ["pg2 is the leader in patronictl list"],
      verify: ["docker exec pg2 patronictl -c /etc/patroni.yml list shows pg1 streaming on timeline 3"],
      answers: [.leaderLost]
    ),
    Remedy(
      code: .setConnectTimeout,
      urgency: .soon,
      summary: "Bound the WAL receiver's connection attempt, so that a promotion never waits for a dead primary.",
      commands: [
        "docker compose run --rm --no-deps -e PGCONNECT_TIMEOUT=3 pg2 sh -c 'env | grep PGCONNECT_TIMEOUT' "
          + "&& docker compose up -d --no-deps pg2"
      ],
      risk: "The container of pg2, the primary, is created anew: switch over first.",
      verify: ["docker exec pg2 env shows PGCONNECT_TIMEOUT=3"],
      answers: [.promotionStalled]
    ),
    Remedy(
      code: .checkWritableBeforeRouting,
      urgency: .soon,
      summary: "Let clients connect with target_session_attrs=read-write, so that they reach a writable server only.",
      answers: [.readOnlyWrites]
    ),
    Remedy(
      code: .tunePooler,
      urgency: .later,
      summary: "Lower PgBouncer's server_connect_timeout to 3 s.",
      commands: ["sed -i 's/^server_connect_timeout.*/server_connect_timeout = 3/' /etc/pgbouncer/pgbouncer.ini"],
      answers: [.poolerStuck]
    ),
  ]
}
