import Contract
import Model

extension Report {
  /// A failover from pg1 to pg2 after pg1's container was killed: 36.3 s without writes, pg1 not back.
  static let failover = Report(
    schema: "failscope.report/1",
    generator: Generator(name: "failscope", version: "0.1.0"),
    input: .failover,
    cluster: Cluster(
      name: "postgres-cluster",
      systemIdentifier: "7536998765432109876",
      dcs: "etcd",
      members: [
        Member(
          name: "pg1",
          aliases: ["192.168.100.6", "postgres_primary/pg1"],
          roleAtStart: .leader,
          roleAtEnd: .unknown,
          stateAtEnd: .stopped,
          timelineAtEnd: 2
        ),
        Member(
          name: "pg2",
          aliases: ["postgres_primary/pg2"],
          roleAtStart: .replica,
          roleAtEnd: .leader,
          stateAtEnd: .running,
          timelineAtEnd: 3
        ),
      ],
      primaryAtStart: "pg1",
      primaryAtEnd: "pg2",
      timelineAtStart: 2,
      timelineAtEnd: 3
    ),
    incidents: [.failover],
    findings: [
      Finding(
        code: .clockSkew,
        severity: .warning,
        summary: "The monitor's clock prints whole seconds and runs 0.4 s behind the others.",
        confidence: 0.8,
        evidence: [SampleLines.lastWrite]
      )
    ],
    coverage: Coverage.failover,
    settingsObserved: ObservedSetting.failover,
    verdict: Verdict(
      status: .degraded,
      headline: "pg2 is the primary on timeline 3; pg1 has not come back, so there is no replica."
    )
  )
}

extension Input {
  static let failover = Input(
    sources: [
      source("pg1", ["docker"], member: "pg1", lines: 2, events: 1),
      source("pg2", ["patroni", "postgresql"], member: "pg2", lines: 47, events: 29),
      source("haproxy", ["haproxy"], lines: 10, events: 5),
      source("pgbouncer", ["pgbouncer"], lines: 45, events: 8),
      source(
        "monitor",
        ["monitor"],
        lines: 24,
        events: 19,
        clock: SourceClock(
          zone: "UTC",
          zoneFrom: .inferred,
          offset: -0.4,
          lower: -0.7,
          upper: -0.2,
          offsetFrom: .inferred
        )
      ),
    ],
    lines: 128,
    bytes: 15_547,
    recognisedLines: 123,
    eventCount: 62,
    firstAt: instant("21:57:21.333"),
    lastAt: instant("21:58:01.548"),
    warnings: ["5 lines of monitor are no record of any known component, such as line 58: \"...\""]
  )

  private static func source(
    _ name: String,
    _ components: [String],
    member: String? = nil,
    lines: Int,
    events: Int,
    clock: SourceClock = SourceClock(
      zone: "UTC",
      zoneFrom: .explicit,
      offset: 0,
      lower: 0,
      upper: 0,
      offsetFrom: .reference
    )
  ) -> InputSource {
    InputSource(
      name: name,
      path: "compose.log",
      framing: "compose",
      components: components,
      member: member,
      lines: lines,
      recognisedLines: lines - (name == "monitor" ? 5 : 0),
      events: events,
      firstAt: instant("21:57:21.333"),
      lastAt: instant("21:58:01.548"),
      clock: clock
    )
  }
}

extension Coverage {
  static let failover = [
    Coverage(
      member: "pg1",
      component: "patroni",
      source: "pg1",
      firstAt: instant("21:57:21.333"),
      lastAt: instant("21:57:21.333"),
      lines: 1,
      gaps: [Gap(from: instant("21:57:21.333"), to: instant("21:58:01.548"), duration: 40.215)],
      wouldChange: "Why pg1 stopped. Fetch it: docker logs --timestamps --since 2025-08-10T21:47:00Z pg1"
    ),
    Coverage(
      member: "pg2",
      component: "patroni",
      source: "pg2",
      firstAt: instant("21:57:21.376"),
      lastAt: instant("21:57:59.936"),
      lines: 24
    ),
    Coverage(
      component: "haproxy",
      source: "haproxy",
      firstAt: instant("21:57:24.500"),
      lastAt: instant("21:57:54.500"),
      lines: 10
    ),
    Coverage(
      component: "etcd",
      wouldChange: "When the leader key expired, now known to 4 s only. Fetch it: docker logs --timestamps etcd"
    ),
  ]
}

extension ObservedSetting {
  static let failover = [
    ObservedSetting(component: "patroni", setting: "loop_wait", value: "3 s", lower: 2.9, upper: 3.1, from: .inferred),
    ObservedSetting(component: "patroni", setting: "ttl", lower: 16.4, upper: 20.1, from: .inferred),
    ObservedSetting(
      component: "haproxy",
      setting: "inter",
      value: "3 s",
      lower: 3,
      upper: 3,
      from: .logged,
      evidence: [SampleLines.proxyDown],
      problem: "three checks of 3 s with pauses of 3 s leave a dead server in rotation for up to 18 s"
    ),
    ObservedSetting(
      component: "pgbouncer",
      setting: "server_connect_timeout",
      value: "15 s",
      lower: 15,
      upper: 15,
      from: .inferred
    ),
  ]
}
