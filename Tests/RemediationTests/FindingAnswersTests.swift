import Contract
import Remediation
import Testing

/// The codes that tests go through.
enum AllFindings {
  static let codes = FindingCode.allCases
}

@Suite("Findings and what answers them")
struct FindingAnswersTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var finding: FindingCode
    var answers: Set<RemedyCode>
    var kind = IncidentKind.failover
    var status = IncidentStatus.degraded
    var sample = ClusterSample()
    var testDescription: String { finding.rawValue }
  }

  @Test("each finding has its remedies, and each of them says so", arguments: rows)
  func answers(_ row: Row) {
    let advice = row.sample.remedies(row.kind, [row.finding], status: row.status)
    let answering = Set(advice.filter { $0.answers.contains(row.finding) }.map(\.code))
    #expect(answering.isSuperset(of: row.answers), "\(answering)")
  }

  @Test(
    "findings that need nothing done get nothing",
    arguments: [
      FindingCode.timelineSwitch, .reinitRan, .rewindRan, .standbyLeader, .sequenceGap, .replicaLagging,
    ]
  )
  func informative(_ code: FindingCode) {
    let advice = ClusterSample(condition: .streaming).remedies(.failover, [code], status: .resolved)
    #expect(advice.isEmpty)
  }

  @Test("a clean switchover needs nothing at all")
  func switchover() {
    let advice = ClusterSample(condition: .streaming).remedies(
      .switchover,
      [.timelineSwitch, .sequenceGap],
      status: .resolved,
      lostWrites: .none
    )
    #expect(advice.isEmpty)
  }

  @Test("every remedy answers a finding that is there")
  func noAnswersToNothing() {
    for code in AllFindings.codes {
      for condition in MemberCondition.allCases {
        for remedy in ClusterSample(condition: condition).remedies(.failover, [code]) {
          #expect(remedy.answers.allSatisfy { $0 == code }, "\(remedy.code) for \(code)")
        }
      }
    }
  }

  @Test("clocks and missing logs are answered outside of incidents too")
  func topLevel() {
    let findings = [FindingCode.clockSkew, .missingSource].map { ClusterSample().finding($0) }
    #expect(remedies(forTopLevel: findings, context: ClusterSample().context).codes == [.fixClock, .collectMoreLogs])
  }
}

// MARK: - The contract's table

extension FindingAnswersTests {
  static let rows: [Row] = members + leadership + stores + routing + servers + logs

  private static func stopped(_ exit: Int? = nil) -> ClusterSample {
    var sample = ClusterSample(condition: .down)
    sample.isAgentAlive = false
    sample.exitCode = exit
    return sample
  }

  private static var leaderless: ClusterSample {
    var sample = ClusterSample(condition: .startFailed)
    sample.leader = nil
    sample.otherCondition = .unknown
    sample.isLeaderHealthy = false
    return sample
  }

  private static var withoutStore: ClusterSample {
    ClusterSample(
      condition: .running,
      store: StoreOutlook(name: "etcd", isOut: true, lostMembers: [.container("etcd2")])
    )
  }

  private static let members: [Row] = [
    Row(finding: .leaderLost, answers: [.restartMember], sample: stopped()),
    Row(finding: .leaderLost, answers: [.restartMember, .restartOnFailure], sample: stopped(137)),
    Row(finding: .timelineSplit, answers: [.reinitMember, .rewindMember, .salvageDivergedWrites]),
    Row(finding: .memberStartFailed, answers: [.reinitMember], sample: ClusterSample(condition: .startFailed)),
    Row(
      finding: .memberStartFailed,
      answers: [.reinitMember, .restartMember],
      kind: .replicaOutage,
      sample: ClusterSample(condition: .startFailed)
    ),
    Row(finding: .rewindFailed, answers: [.reinitMember]),
    Row(finding: .rewindImpossible, answers: [.reinitMember, .enableRewind]),
    Row(
      finding: .walRemoved,
      answers: [.reinitMember, .useReplicationSlots, .keepMoreWAL],
      kind: .replicaOutage,
      sample: ClusterSample(condition: .running)
    ),
    Row(
      finding: .systemIDMismatch,
      answers: [.reinitMember, .rebuildDataDirectory],
      kind: .replicaOutage,
      sample: stopped()
    ),
    Row(
      finding: .replicaCreationFailed,
      answers: [.checkCloneSource],
      kind: .replicaOutage,
      sample: ClusterSample(condition: .unknown)
    ),
    Row(
      finding: .dataDirectoryLost,
      answers: [.reinitMember],
      kind: .replicaOutage,
      sample: ClusterSample(condition: .startFailed)
    ),
    Row(
      finding: .walCorrupt,
      answers: [.reinitMember],
      kind: .replicaOutage,
      sample: ClusterSample(condition: .startFailed)
    ),
    Row(
      finding: .historyFileInvalid,
      answers: [.reinitMember],
      kind: .replicaOutage,
      sample: ClusterSample(condition: .startFailed)
    ),
    Row(
      finding: .controlFileRewritten,
      answers: [.reinitMember],
      kind: .replicaOutage,
      sample: ClusterSample(condition: .running)
    ),
    Row(
      finding: .walCorrupt,
      answers: [.restoreFromBackup],
      kind: .primaryOutage,
      status: .ongoing,
      sample: leaderless
    ),
    Row(
      finding: .standbyAhead,
      answers: [.reinitMember],
      kind: .replicaOutage,
      sample: ClusterSample(condition: .running)
    ),
    Row(
      finding: .replicationBroken,
      answers: [.restartMember],
      kind: .replicaOutage,
      sample: ClusterSample(condition: .running)
    ),
  ]

  private static let leadership: [Row] = [
    Row(
      finding: .dualPrimary,
      answers: [.fenceOldPrimary, .salvageDivergedWrites, .enableWatchdog],
      kind: .splitBrain,
      sample: ClusterSample(condition: .primary)
    ),
    Row(finding: .promotionStalled, answers: [.setConnectTimeout]),
    Row(
      finding: .patroniKilled,
      answers: [.restartPatroni, .enableWatchdog],
      sample: {
        var sample = ClusterSample(condition: .running)
        sample.isAgentAlive = false
        return sample
      }()
    ),
    Row(finding: .watchdogUnavailable, answers: [.enableWatchdog]),
    Row(finding: .writesLost, answers: [.salvageDivergedWrites, .enableSynchronousMode]),
    Row(finding: .writesAtRisk, answers: [.enableSynchronousMode]),
    Row(finding: .rowCountChanged, answers: [.salvageDivergedWrites]),
  ]

  private static let stores: [Row] = [
    Row(
      finding: .demotedWithoutDCS,
      answers: [.restoreDCS, .enableFailsafe],
      kind: .dcsOutage,
      status: .ongoing,
      sample: withoutStore
    ),
    Row(finding: .failsafeActive, answers: [.restoreDCS], kind: .dcsOutage, status: .ongoing, sample: withoutStore),
    Row(finding: .dcsQuorumLost, answers: [.restoreDCS], kind: .dcsOutage, status: .ongoing, sample: withoutStore),
    Row(finding: .dcsUnreachable, answers: [.fixNetwork]),
    Row(finding: .dcsSlow, answers: [.fixDCSLatency]),
    Row(
      finding: .dcsMemberLost,
      answers: [.restoreDCSMember],
      sample: ClusterSample(store: StoreOutlook(lostMembers: [.container("etcd2")]))
    ),
    Row(finding: .dcsSingleMember, answers: [.resizeDCS]),
    Row(
      finding: .waitingForLeader,
      answers: [.removeDCSState, .restoreFromBackup],
      kind: .bootstrapFailure,
      status: .ongoing,
      sample: leaderless
    ),
    Row(
      finding: .systemIDMismatch,
      answers: [.removeDCSState],
      kind: .bootstrapFailure,
      status: .ongoing,
      sample: leaderless
    ),
  ]

  private static let routing: [Row] = [
    Row(finding: .readOnlyWrites, answers: [.checkWritableBeforeRouting, .retryInApplication]),
    Row(finding: .slowProxyDetection, answers: [.tuneHealthCheck]),
    Row(finding: .noServerAvailable, answers: [.tuneHealthCheck]),
    Row(finding: .noServerAvailable, answers: [.tuneHealthCheck, .fixNetwork], kind: .routingOutage, status: .ongoing),
    Row(finding: .proxyFlapping, answers: [.tuneHealthCheck]),
    Row(finding: .poolerStuck, answers: [.tunePooler]),
  ]

  private static let servers: [Row] = [
    Row(finding: .crashRestart, answers: [.investigateCrash]),
    Row(finding: .uncleanStop, answers: [.investigateCrash]),
    Row(finding: .diskFull, answers: [.freeDiskSpace]),
    Row(finding: .connectionsExhausted, answers: [.addConnectionHeadroom]),
    Row(finding: .postgresStalled, answers: [.investigateStall]),
    Row(
      finding: .bootstrapFailed,
      answers: [.fixConfiguration],
      kind: .bootstrapFailure,
      status: .ongoing,
      sample: leaderless
    ),
    Row(finding: .patroniStartFailed, answers: [.fixConfiguration], kind: .replicaOutage, sample: stopped()),
    Row(
      finding: .recoveryStuck,
      answers: [.collectMoreLogs, .restoreFromBackup],
      kind: .primaryOutage,
      status: .ongoing,
      sample: leaderless
    ),
  ]

  private static let logs: [Row] = [
    Row(finding: .dnsFailure, answers: [.fixDNS]),
    Row(finding: .clockSkew, answers: [.fixClock]),
    Row(finding: .missingSource, answers: [.collectMoreLogs]),
    Row(finding: .truncatedLog, answers: [.collectMoreLogs]),
    Row(finding: .timelineSkipped, answers: [.collectMoreLogs]),
  ]
}
