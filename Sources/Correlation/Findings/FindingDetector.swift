import Contract
import Model

/// States one finding of an incident if the lines show it.
protocol FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding]
}

/// Runs all detectors; their order is the order of findings that are equally grave.
enum FindingDetectors {
  private static var all: [any FindingDetector.Type] {
    [
      LeaderLost.self, DemotedWithoutStore.self, FailsafeActive.self, DualPrimary.self, NoPromotableMember.self,
      ClusterPaused.self, PromotionStalled.self, PromotionFailed.self, TimelineSwitch.self, TimelineSkipped.self,
      TimelineSplitFinding.self, MemberStartFailed.self, RewindOutcome.self, ReinitRan.self, WALRemoved.self,
      SystemIDMismatch.self, BootstrapFailed.self, WaitingForLeader.self, ReplicaCreationFailed.self,
      RecoveryStuck.self, PatroniStartFailed.self, PatroniKilled.self, PostgresStalled.self, WatchdogUnavailable.self,
      DataDamaged.self,
      StandbyAhead.self, StoreMemberLost.self, UncleanStop.self, ReplicaLagging.self, ReplicationBroken.self,
      CrashRestart.self, DiskFull.self, ConnectionsExhausted.self, ReadOnlyWritesFinding.self, SlowProxyDetection.self,
      NoServerAvailable.self, ProxyFlapping.self, PoolerStuck.self, StoreQuorumLost.self, StoreUnreachable.self,
      StoreSlow.self, WritesLost.self, SequenceGap.self, RowCountChanged.self, NameResolutionFailed.self,
    ]
  }

  static func findings(in facts: IncidentFacts) -> [Finding] {
    let found = all.flatMap { $0.findings(in: facts) }
    return found.enumerated().sorted { left, right in
      (left.element.severity.rank, left.offset) < (right.element.severity.rank, right.offset)
    }.map(\.element)
  }
}

extension Severity {
  /// 0 for the gravest.
  var rank: Int {
    switch self {
    case .critical: 0
    case .warning: 1
    case .info: 2
    }
  }
}

extension IncidentFacts {
  /// A finding with the lines that show it.
  func finding(
    _ code: FindingCode,
    _ severity: Severity,
    member: String? = nil,
    confidence: Double = 0.95,
    by lines: [Occurrence?],
    _ summary: String
  ) -> Finding {
    Finding(
      code: code,
      severity: severity,
      member: member,
      summary: summary,
      confidence: confidence,
      evidence: observations.evidence(lines.compactMap { $0 })
    )
  }
}
