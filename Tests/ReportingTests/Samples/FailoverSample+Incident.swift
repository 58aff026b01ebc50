import Contract
import Model

extension Incident {
  static let failover = Incident(
    id: "failover-20250810T215723Z-5c1e",
    kind: .failover,
    status: .degraded,
    severity: .critical,
    title: "Failover pg1 → pg2, 36.3 s without writes",
    summary: "The container of pg1, the primary, was killed (exit code 137) at 21:57:23. Its leader lock expired about "
      + "20 s later, and pg2 was promoted to timeline 3. The promotion took 15.1 s because the WAL receiver waited for "
      + "the name pg1 to resolve; meanwhile HAProxy sent writes to pg2, which refused 5 of them as read-only. Writes "
      + "work again since 21:57:59. pg1 has not come back: there is no replica.",
    startedAt: instant("21:57:23.240"),
    endedAt: nil,
    duration: nil,
    rootCause: .failover,
    milestones: Milestones(
      faultAt: instant("21:57:23.240"),
      firstErrorAt: instant("21:57:54.504"),
      lockFreeAt: instant("21:57:43.597"),
      leaderElectedAt: instant("21:57:43.740"),
      writableAt: instant("21:57:58.833"),
      routedAt: instant("21:57:47.500"),
      clientRecoveredAt: instant("21:57:59.530")
    ),
    oldPrimary: "pg1",
    newPrimary: "pg2",
    timelineFrom: 2,
    timelineTo: 3,
    impact: .failover,
    phases: Phase.failover,
    downtime: DowntimeSegment.failover,
    whatIf: WhatIf.failover,
    timeline: TimelineEntry.failover,
    findings: Finding.failover,
    remediation: Remedy.failover
  )
}

extension RootCause {
  static let failover = RootCause(
    code: .containerStopped,
    member: "pg1",
    component: "docker",
    confidence: 0.93,
    explanation: "Docker reports that pg1 exited with code 137, which is SIGKILL: docker kill, the end of a stop's "
      + "grace period, or the kernel's memory killer. No shutdown request stands in pg1's log before it.",
    evidence: [SampleLines.exited, SampleLines.streamBroke],
    contributing: [
      ContributingCause(
        code: .cause(.configurationError),
        explanation: "primary_conninfo has no connect_timeout, so the WAL receiver held up the promotion."
      )
    ],
    alternatives: [
      AlternativeCause(
        code: .outOfMemory,
        confidence: 0.3,
        rejectedBecause: "exit code 137 fits, but no line of the kernel or of PostgreSQL speaks of memory."
      ),
      AlternativeCause(
        code: .hostLost,
        confidence: 0.05,
        rejectedBecause: "the host's Docker was alive to report the exit."
      ),
    ]
  )
}

extension Impact {
  static let failover = Impact(
    writeOutage: ImpactWindow(
      from: instant("21:57:23.201"),
      to: instant("21:57:59.530"),
      duration: 36.329,
      minimum: 36.3,
      maximum: 36.5,
      observedBy: .client
    ),
    readOnlyWindow: ImpactWindow(
      from: instant("21:57:54.504"),
      to: instant("21:57:58.521"),
      duration: 4.017,
      minimum: 4.017,
      maximum: 4.017,
      observedBy: .client
    ),
    routingOutage: ImpactWindow(
      from: instant("21:57:41.000"),
      to: instant("21:57:47.000"),
      duration: 6,
      minimum: 5,
      maximum: 7,
      observedBy: .proxy
    ),
    failedWrites: 5,
    failedReads: 0,
    errors: [ErrorCount(text: "cannot execute INSERT in a read-only transaction", count: 5)],
    lostWrites: LostWrites(
      verdict: .none,
      lower: 0,
      upper: 0,
      walBytes: nil,
      explanation: "pg2 replayed a transaction of 21:57:23.196, the last one that a client saw acknowledged (ID 201).",
      evidence: [SampleLines.lastTransaction, SampleLines.lastWrite]
    ),
    dualPrimary: .excluded
  )
}

extension DowntimeSegment {
  static let failover = [
    DowntimeSegment(
      from: instant("21:57:23.201"),
      to: instant("21:57:43.597"),
      duration: 20.396,
      waitingFor: "the dead leader's lock to expire",
      explanation: "pg1 renewed its lock last at about 21:57:21; etcd kept it for ttl, and pg2 could not race before.",
      settings: [SettingAdvice(component: "patroni", setting: "ttl", observed: "about 20 s", suggested: "15 s")]
    ),
    DowntimeSegment(
      from: instant("21:57:43.597"),
      to: instant("21:57:43.740"),
      duration: 0.143,
      waitingFor: "the leader race",
      explanation: "pg2 asked pg1 over REST, got no answer within 2 s, and took the lock."
    ),
    DowntimeSegment(
      from: instant("21:57:43.740"),
      to: instant("21:57:58.833"),
      duration: 15.093,
      waitingFor: "PostgreSQL on pg2 to leave recovery",
      explanation: "Between the promote request and the end of redo lie 15.0 s in which the WAL receiver was stuck in "
        + "the resolution of the name pg1.",
      settings: [
        SettingAdvice(
          component: "postgresql",
          setting: "primary_conninfo connect_timeout",
          observed: nil,
          suggested: "3 s"
        )
      ]
    ),
    DowntimeSegment(
      from: instant("21:57:58.833"),
      to: instant("21:57:59.530"),
      duration: 0.697,
      waitingFor: "the client's next attempt",
      explanation: "The client tries once a second."
    ),
  ]
}

extension WhatIf {
  static let failover = WhatIf(
    settings: [
      WhatIfSetting(component: "patroni", setting: "ttl", value: "15 s", observed: "16 to 24 s"),
      WhatIfSetting(component: "haproxy", setting: "inter", value: "1 s"),
    ],
    duration: 31.33,
    minimum: 29.2,
    maximum: 33.9,
    segments: [
      WhatIfSegment(
        waitingFor: "the leader lock to expire",
        recorded: 20.357,
        duration: 15.357,
        minimum: 14.9,
        maximum: 17.9,
        explanation: "The lock would have expired 15 s after its last renewal, instead of about 20 s."
      ),
      WhatIfSegment(
        waitingFor: "the WAL receiver to give up",
        recorded: 15.236,
        duration: 15.276,
        minimum: 15.276,
        maximum: 15.276,
        explanation: "As it was: no setting that was asked about bounds it."
      ),
      WhatIfSegment(
        waitingFor: "the client's next attempt",
        duration: 0.697,
        minimum: 0,
        maximum: 1,
        explanation: "As it was."
      ),
    ],
    unanswered: [
      "haproxy.inter bounds the proxy's health checks, which had 4.3 s of slack: to shorten it changes nothing."
    ],
    violations: ["patroni.ttl=15 s: Patroni takes no less than 20 s."]
  )
}
