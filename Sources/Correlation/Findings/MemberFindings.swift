import Contract
import Model

/// PostgreSQL cannot start on a member.
enum MemberStartFailed: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let listed = facts.of(.clusterMemberListed).filter { $0.fields[.state] == "start failed" }
    let logged = facts.of(.serverStartFailed).filter { failure in
      guard let member = failure.member else { return true }
      // A start that succeeded soon after was only a hiccup.
      return facts.observations.servers[member]?.spans.contains {
        $0.from > failure.at && $0.from.seconds(since: failure.at) < 15
          && ($0.state == .recovery || $0.state == .primary)
      } != true
    }
    guard let first = logged.first ?? listed.first, let member = first.member else { return [] }
    return [
      facts.finding(
        .memberStartFailed,
        .critical,
        member: member,
        by: [first, listed.last == first ? nil : listed.last],
        "PostgreSQL does not start on \(member)."
      )
    ]
  }
}

/// What became of pg_rewind.
enum RewindOutcome: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    var findings: [Finding] = []
    if let done = facts.of(.rewindSucceeded).last {
      findings.append(
        facts.finding(
          .rewindRan,
          .info,
          member: done.member,
          by: [done],
          "pg_rewind brought \(done.member ?? "the member") back onto the new timeline."
        )
      )
    }
    if let failed = facts.of(.rewindFailed).last, facts.of(.rewindSucceeded).isEmpty {
      findings.append(
        facts.finding(
          .rewindFailed,
          .critical,
          member: failed.member,
          by: [failed],
          "pg_rewind failed on \(failed.member ?? "a member")."
        )
      )
    }
    if let impossible = facts.of(.rewindImpossible).last, facts.of(.rewindSucceeded).isEmpty {
      findings.append(
        facts.finding(
          .rewindImpossible,
          .warning,
          member: impossible.member,
          by: [impossible],
          "pg_rewind cannot be used on \(impossible.member ?? "a member")."
        )
      )
    }
    return findings
  }
}

/// A member was built anew.
enum ReinitRan: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    for member in facts.draft.lostMembers {
      let after = Window(from: facts.draft.lossOf(member), to: facts.window.to)
      let occurrences = facts.observations.occurrences
      if let done = occurrences.last(.cloneSucceeded, member: member, in: after) {
        return [
          facts.finding(.reinitRan, .info, member: member, by: [done], "\(member) was built anew from another member.")
        ]
      }
      let ordered = occurrences.of(.operatorCommand, .operatorRequested, .operatorAnswered, in: after).first {
        $0.fields[.action] == "reinit" && ($0.member == member || $0.fields[.member] == member)
      }
      let back = facts.observations.restoration(of: member, after: after.from)
      if let ordered, let back, back >= ordered.at {
        return [
          facts.finding(
            .reinitRan,
            .info,
            member: member,
            confidence: 0.9,
            by: [ordered],
            "\(member) was reinitialised and streams again."
          )
        ]
      }
    }
    return []
  }
}

/// The upstream no longer has the WAL that a replica needs.
enum WALRemoved: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lines = facts.of(.replicationWALMissing)
    let lost = facts.draft.lostMembers
    guard let first = lines.first(where: { lost.isEmpty || lost.contains($0.member ?? "") }) ?? lines.first else {
      return []
    }
    let member = lost.first ?? first.member
    return [
      facts.finding(
        .walRemoved,
        .critical,
        member: member,
        by: [first, lines.last == first ? nil : lines.last],
        "The WAL that \(member ?? "a replica") needs is no longer on its upstream."
      )
    ]
  }
}

/// Data and cluster record belong to different clusters.
enum SystemIDMismatch: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard let line = facts.of(.faultSystemIDMismatch).first else { return [] }
    return [
      facts.finding(
        .systemIDMismatch,
        .critical,
        member: line.member,
        by: [line],
        "\(line.member ?? "A member")'s data belongs to another cluster than the DCS record."
      )
    ]
  }
}

/// initdb, clone or first start failed.
enum BootstrapFailed: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard facts.kind == .bootstrapFailure, let line = facts.of(.bootstrapFailed).first else { return [] }
    return [
      facts.finding(
        .bootstrapFailed,
        .critical,
        member: line.member,
        by: [line],
        "The new cluster could not be initialised."
      )
    ]
  }
}

/// Members wait for a leader that will not come.
enum WaitingForLeader: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lines = facts.of(.bootstrapWaiting)
    guard facts.kind == .bootstrapFailure, lines.count >= 3, let first = lines.first, let last = lines.last else {
      return []
    }
    return [
      facts.finding(
        .waitingForLeader,
        .critical,
        member: first.member,
        by: [first, last],
        "\(first.member ?? "A member") waits for a leader to bootstrap, and there is none."
      )
    ]
  }
}

/// A base backup broke off.
enum ReplicaCreationFailed: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard let line = facts.of(.cloneFailed).last else { return [] }
    return [
      facts.finding(
        .replicaCreationFailed,
        .warning,
        member: line.member,
        by: [line],
        "Copying data to \(line.member ?? "a member") broke off."
      )
    ]
  }
}

/// Patroni exits.
enum PatroniStartFailed: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard let line = facts.of(.agentStartFailed).last else { return [] }
    return [
      facts.finding(
        .patroniStartFailed,
        .critical,
        member: line.member,
        by: [line],
        "Patroni on \(line.member ?? "a member") exits at start."
      )
    ]
  }
}

/// The agent was dead or frozen and PostgreSQL ran on.
enum PatroniKilled: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard let change = facts.change, !change.isPlanned,
      let silence = AgentStall(of: change.oldPrimary, facts: facts).silence
    else { return [] }
    let last = facts.observations.agents[change.oldPrimary]?.lastSign(upTo: silence.from)
    return [
      facts.finding(
        .patroniKilled,
        .warning,
        member: change.oldPrimary,
        confidence: 0.85,
        by: [last],
        "\(change.oldPrimary)'s Patroni was dead or frozen while its PostgreSQL ran on."
      )
    ]
  }
}

/// The server is alive and answers nothing.
enum PostgresStalled: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lines = facts.of(.agentServerUnresponsive)
    guard let first = lines.first, let member = first.member, lines.count >= 2,
      facts.of(.serverShutdownRequested, .serverShutDown, .runtimeExited, .agentServerDown, member: member).isEmpty
    else { return [] }
    return [
      facts.finding(
        .postgresStalled,
        .critical,
        member: member,
        confidence: 0.7,
        by: [first, lines.last],
        "\(member)'s server runs but does not answer its Patroni."
      )
    ]
  }
}

/// Fencing was asked for and is not active.
enum WatchdogUnavailable: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard let line = facts.of(.faultWatchdog).first else { return [] }
    return [
      facts.finding(
        .watchdogUnavailable,
        .info,
        member: line.member,
        by: [line],
        "\(line.member ?? "A member")'s watchdog is not active."
      )
    ]
  }
}

/// Data is gone, unreadable, or its control file was rewritten.
enum DataDamaged: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    var findings: [Finding] = []
    if let line = facts.of(.faultDataLost).first {
      findings.append(
        facts.finding(
          .dataDirectoryLost,
          .critical,
          member: line.member,
          by: [line],
          "\(line.member ?? "A member")'s data directory is gone or unreadable."
        )
      )
    }
    let codes: [(String, FindingCode, String)] = [
      ("wal", .walCorrupt, "WAL is damaged"), ("history", .historyFileInvalid, "a timeline history file is invalid"),
      ("control_file", .controlFileRewritten, "the control file shows signs of pg_resetwal"),
    ]
    for (reason, code, words) in codes {
      guard let line = facts.of(.faultDataCorrupt).first(where: { $0.reason == reason }) else { continue }
      findings.append(
        facts.finding(code, .critical, member: line.member, by: [line], "On \(line.member ?? "a member") \(words).")
      )
    }
    return findings
  }
}

/// A member's position lies beyond the primary's.
enum StandbyAhead: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard let line = facts.of(.replicationAhead).first else { return [] }
    return [
      facts.finding(
        .standbyAhead,
        .critical,
        member: line.member,
        by: [line],
        "A standby asks for WAL beyond what its upstream has."
      )
    ]
  }
}

/// The server had gone down without a shutdown.
enum UncleanStop: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard facts.kind == .primaryOutage || facts.kind == .failover || facts.kind == .replicaOutage,
      let member = facts.subject
    else { return [] }
    let lines = facts.of(.serverCrashRecovery, .serverWasInterrupted, member: member)
    let clone = facts.of(.cloneSucceeded, member: member).first
    guard let line = lines.first, clone.map({ $0.at > line.at }) ?? true else { return [] }
    return [
      facts.finding(
        .uncleanStop,
        .warning,
        member: member,
        by: [line],
        "\(member)'s server had gone down without a shutdown."
      )
    ]
  }
}

/// A replica is too far behind.
enum ReplicaLagging: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let own = facts.of(.candidateRefused).filter { $0.reason == "lag" }
    let other = facts.of(.candidatePeerRefused).filter { $0.reason == "lag" }
    guard let line = own.first ?? other.first ?? facts.of(.replicationLagging).first else { return [] }
    let member = line.kind == .candidateRefused ? line.member : line.fields[.member]
    return [
      facts.finding(
        .replicaLagging,
        .warning,
        member: member,
        by: [line],
        "\(member ?? "A replica") is too far behind to be promoted."
      )
    ]
  }
}

/// A member is up but does not stream.
enum ReplicationBroken: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    facts.draft.lostMembers.compactMap { member in
      guard facts.observations.restoration(of: member, after: facts.draft.lossOf(member)) == nil,
        facts.observations.servers[member]?.finalState == .recovery,
        let last = facts.observations.replication[member]?.breaks.last
      else { return nil }
      return facts.finding(
        .replicationBroken,
        .warning,
        member: member,
        by: [last],
        "\(member) is up but does not stream."
      )
    }
  }
}

/// One backend's crash reset every session.
enum CrashRestart: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard let crash = facts.of(.serverBackendCrashed).first else { return [] }
    let reset = facts.of(.serverReinitializing, .serverResettingSessions).first
    guard reset != nil else { return [] }
    return [
      facts.finding(
        .crashRestart,
        .critical,
        member: crash.member,
        by: [crash, reset],
        "A killed server process on \(crash.member ?? "the primary") reset every session."
      )
    ]
  }
}

/// No space left.
enum DiskFull: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lines = facts.of(.faultDiskFull)
    guard let first = lines.first else { return [] }
    return [
      facts.finding(
        .diskFull,
        .critical,
        member: first.member,
        by: [first, lines.last == first ? nil : lines.last],
        "\(first.member ?? "A server") has no space left."
      )
    ]
  }
}

/// No connection slots left.
enum ConnectionsExhausted: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lines = facts.of(.faultConnectionsExhausted)
    guard let first = lines.first, facts.kind == .saturation || lines.count >= 3 else { return [] }
    return [
      facts.finding(
        .connectionsExhausted,
        .critical,
        member: first.member,
        by: [first, lines.last == first ? nil : lines.last],
        "Connection slots ran out on \(first.member ?? "the server"): \(lines.count) refusals."
      )
    ]
  }
}

/// Host names did not resolve.
enum NameResolutionFailed: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lines =
      facts.of(.faultNameUnresolved)
      + facts.of(.replicationConnectFailed, .candidatePeerUnreachable).filter { $0.reason == "dns" }
      + facts.of(.poolerServerClosed).filter { $0.reason == "dns" }
    guard let first = lines.min(by: { $0.index < $1.index }) else { return [] }
    let host = first.fields[.host] ?? first.fields[.member]
    return [
      facts.finding(
        .dnsFailure,
        .warning,
        member: first.member,
        by: [first],
        "The name \(host ?? "of a host") did not resolve."
      )
    ]
  }
}
