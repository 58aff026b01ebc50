import Contract
import Model

extension Report {
  /// Eight minutes in which nothing broke; etcd's log was not read.
  static let quiet = Report(
    schema: "failscope.report/1",
    generator: Generator(name: "failscope", version: "0.1.0"),
    input: .failover,
    cluster: Cluster(
      name: "postgres-cluster",
      dcs: "etcd",
      members: [
        Member(name: "pg1", roleAtStart: .leader, roleAtEnd: .leader, stateAtEnd: .running, timelineAtEnd: 2),
        Member(name: "pg2", roleAtStart: .replica, roleAtEnd: .replica, stateAtEnd: .streaming, timelineAtEnd: 2),
      ],
      primaryAtStart: "pg1",
      primaryAtEnd: "pg1",
      timelineAtStart: 2,
      timelineAtEnd: 2
    ),
    coverage: Coverage.failover,
    verdict: Verdict(status: .healthy, headline: "pg1 leads on timeline 2, pg2 streams from it.")
  )

  /// The failover, a resolved switchover hours later, and an outage that lasts at the end of the log.
  static let threeIncidents: Report = {
    var report = Report.failover
    report.incidents = [.failover, .switchover, .ongoing]
    report.verdict = Verdict(status: .outage, headline: "No member is a writable primary at the end of the log.")
    return report
  }()
}

extension Incident {
  /// A planned change of leader without a failed client operation, and with next to nothing known.
  static let switchover = Incident(
    id: "switchover-20250811T020000Z-77aa",
    kind: .switchover,
    status: .resolved,
    severity: .info,
    title: "Switchover pg2 → pg1, 1.9 s without writes",
    summary: "Somebody asked for a switchover from pg2 to pg1. It took 1.9 s, and no client failed.",
    startedAt: instant("23:00:00.000"),
    endedAt: instant("23:00:05.000"),
    duration: 5,
    rootCause: RootCause(code: .operatorSwitchover, member: "pg2", confidence: 1, explanation: "It was requested."),
    milestones: Milestones(writableAt: instant("23:00:02.100"), redundancyRestoredAt: instant("23:00:05.000")),
    oldPrimary: "pg2",
    newPrimary: "pg1",
    timelineFrom: 3,
    timelineTo: 4,
    impact: Impact(
      writeOutage: ImpactWindow(
        from: instant("23:00:00.000"),
        to: instant("23:00:02.000"),
        duration: 2,
        minimum: 1,
        maximum: 3,
        observedBy: .server
      ),
      lostWrites: LostWrites(verdict: .none, explanation: "The old primary was shut down cleanly."),
      dualPrimary: .excluded
    )
  )

  /// A quorum loss that lasts: open windows, phases and segments everywhere.
  static let ongoing = Incident(
    id: "dcs_outage-20250811T030000Z-10be",
    kind: .dcsOutage,
    status: .ongoing,
    severity: .critical,
    title: "DCS outage, no writes for more than 4 min",
    summary: "etcd lost its quorum, and pg1 demoted itself. There is no primary at the end of the log.",
    startedAt: instant("21:54:00.000"),
    endedAt: nil,
    duration: nil,
    rootCause: RootCause(
      code: .unknown,
      confidence: 0.2,
      explanation: "No log of etcd was read.",
      alternatives: [AlternativeCause(code: .dcsQuorumLost, confidence: 0.45, rejectedBecause: "no line of etcd.")]
    ),
    milestones: Milestones(faultAt: instant("21:54:00.000")),
    oldPrimary: "pg1",
    impact: Impact(
      writeOutage: ImpactWindow(
        from: instant("21:54:00.000"),
        to: nil,
        duration: nil,
        minimum: 241.5,
        maximum: nil,
        observedBy: .cluster
      ),
      otherWriteOutages: [
        ImpactWindow(
          from: instant("21:53:00.000"),
          to: instant("21:53:09.000"),
          duration: 9,
          minimum: 8.5,
          maximum: 9.5,
          observedBy: .client
        )
      ],
      lostWrites: LostWrites(
        verdict: .possible,
        upper: 3,
        walBytes: 18_400,
        explanation: "Replication is asynchronous."
      ),
      dualPrimary: .possible
    ),
    phases: [
      Phase(
        name: .dcsOutage,
        from: instant("21:54:00.000"),
        minimum: 241.5,
        uncertainty: 0.5,
        explanation: "No member reaches etcd."
      )
    ],
    downtime: [
      DowntimeSegment(
        from: instant("21:54:00.000"),
        to: instant("21:54:20.000"),
        duration: 20,
        waitingFor: "the leader to give up",
        explanation: "It tried for retry_timeout."
      ),
      DowntimeSegment(from: instant("21:54:20.000"), waitingFor: "the DCS", explanation: "It has no quorum."),
    ]
  )
}
