package import Contract

extension Question {
  /// The decision about the remedy, whatever it is.
  ///
  /// docs/check.md has the same table for people.
  package var decision: Decision {
    if let obstacle { return obstacle }
    return switch remedy.code {
    case .reinitMember, .rewindMember, .rebuildDataDirectory: newData
    case .salvageDivergedWrites: salvage
    case .restartMember: restart
    case .fenceOldPrimary: fence
    case .restartPatroni: restartPatroni
    case .checkCloneSource: cloneSource
    case .fixConfiguration: configuration
    case .promoteManually: promotion
    case .resumeCluster: resumption
    case .removeDCSState: removalOfStoreState
    case .restoreFromBackup: restoration
    case .restoreDCS: store
    case .fixNetwork: network
    case .enableFailsafe: failsafe
    case .enableSynchronousMode: synchronousMode
    case .enableRewind: rewindSetting
    case .enableWatchdog: watchdog
    case .useReplicationSlots: slots
    case .keepMoreWAL, .walKeepSize: walKept
    case .memberSlotsTtl: slotsKept
    case .setConnectTimeout: names
    case .addConnectionHeadroom: connections
    case .fixArchiving: archiving
    case .investigateStall: stall
    case .fixClock: clock
    case .restoreDCSMember, .resizeDCS, .fixDCSLatency: elsewhere("the DCS's own members", in: "the DCS was not asked")
    case .freeDiskSpace:
      elsewhere("the free space on \(name)'s disk", in: "a server does not tell how full its disk is")
    case .fixDNS: elsewhere("a look-up on the members' hosts", in: "names are looked up by each host for itself")
    case .investigateCrash:
      elsewhere("the kernel's log and core dumps of then", in: "a running server does not tell what killed it")
    case .collectMoreLogs: elsewhere("the logs of then", in: "this is about lines that the report lacked")
    case .restartOnFailure: elsewhere("the unit's or container's restart policy", in: "the host was not asked")
    case .tuneHealthCheck: elsewhere("The proxy's haproxy.cfg, or a planned switchover", in: "the proxy was not asked")
    case .tunePooler:
      elsewhere("The pooler's pgbouncer.ini, or SHOW CONFIG at its console", in: "the pooler was not asked")
    case .checkWritableBeforeRouting:
      elsewhere("The proxy's haproxy.cfg, and the clients' connection strings", in: "the proxy was not asked")
    case .retryInApplication: elsewhere("a planned switchover under load", in: "the application was not asked")
    }
  }

  /// What the cluster cannot tell.
  private func elsewhere(_ place: String, in reason: String) -> Decision {
    .unclear(Self.sentence(reason), tell: Self.sentence(place), look: looks)
  }

  /// The commands of a remedy that only look.
  private var looks: [String] {
    remedy.commands.filter { command in
      Self.looking.contains { command.hasPrefix($0) || command.contains(" \($0)") }
    }
  }

  /// How commands of the advice begin that change nothing.
  private static let looking = [
    "etcdctl --endpoints", "etcdctl member list", "consul ", "curl -sS", "df ", "du ", "time getent", "sudo dmesg",
    "coredumpctl list", "docker inspect", "docker logs", "docker compose logs", "docker compose ps", "kubectl logs",
    "kubectl get", "kubectl describe", "journalctl", "chronyc tracking", "timedatectl status", "ls -l", "haproxy -c",
  ]

  static func sentence(_ clause: String) -> String { clause.prefix(1).uppercased() + clause.dropFirst() + "." }
}

// MARK: - What speaks against every remedy

extension Question {
  /// Another cluster, or a leader whose history is not that of the report.
  private var obstacle: Decision? {
    if identity == .other {
      guard remedy.code.acts else {
        return .unclear("The cluster that was asked is not the report's.", tell: "The report's own cluster.")
      }
      return .dangerous("The cluster that was asked is not the report's.")
    }
    if let since = past.timelinesSince(leader), since < 0, remedy.code.acts {
      return .dangerous(
        "\(leaderName) is on timeline \(leader.timeline ?? 0), older than the report's: the cluster was restored, or is "
          + "another one.",
        look: [history]
      )
    }
    return nil
  }
}

extension RemedyCode {
  /// Whether its commands act on members or their data, so that they do harm to the wrong ones.
  package var acts: Bool {
    switch self {
    case .restartMember, .fenceOldPrimary, .salvageDivergedWrites, .promoteManually, .resumeCluster, .reinitMember,
      .rewindMember, .removeDCSState, .restoreFromBackup, .restartPatroni, .rebuildDataDirectory, .restoreDCS,
      .restoreDCSMember, .fixConfiguration, .enableFailsafe, .enableSynchronousMode, .enableRewind,
      .useReplicationSlots, .keepMoreWAL, .memberSlotsTtl, .walKeepSize, .addConnectionHeadroom, .freeDiskSpace:
      true
    case .enableWatchdog, .setConnectTimeout, .collectMoreLogs, .checkCloneSource, .investigateStall, .resizeDCS,
      .investigateCrash, .checkWritableBeforeRouting, .retryInApplication, .tuneHealthCheck, .tunePooler, .fixNetwork,
      .fixDCSLatency, .fixDNS, .fixClock, .fixArchiving, .restartOnFailure:
      false
    }
  }
}
