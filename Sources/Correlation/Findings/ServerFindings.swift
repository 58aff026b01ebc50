import Contract
import Model

/// PostgreSQL cannot start on a member.
enum MemberStartFailed: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    facts.observations.directory.members.compactMap { member in
      let listed = facts.of(.clusterMemberListed, member: member).filter { $0.fields[.state] == "start failed" }
      let logged = facts.of(.serverStartFailed, member: member).filter { !isHiccup($0, of: member, facts) }
      guard let first = logged.first ?? listed.first else { return nil }
      return facts.finding(
        .memberStartFailed,
        .critical,
        member: member,
        by: [first, listed.last == first ? nil : listed.last],
        "PostgreSQL does not start on \(member)."
      )
    }
  }

  /// A start that succeeded soon after was only a hiccup.
  private static func isHiccup(_ failure: Occurrence, of member: String, _ facts: IncidentFacts) -> Bool {
    facts.observations.servers[member]?.spans.contains {
      $0.from > failure.at && $0.from.seconds(since: failure.at) < 15
        && ($0.state == .recovery || $0.state == .primary)
    } == true
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

/// Data is gone, unreadable, or its control file was rewritten.
enum DataDamaged: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    var findings: [Finding] = []
    if let line = facts.of(.faultDataLost).first(where: { !isControlFile($0) }) {
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
      let lines = facts.of(.faultDataCorrupt).filter { $0.reason == reason }
      guard let line = lines.first else { continue }
      findings.append(
        facts.finding(code, .critical, member: line.member, by: [line], "On \(line.member ?? "a member") \(words).")
      )
    }
    return findings
  }

  /// A control file that is there and cannot be read is no lost directory.
  private static func isControlFile(_ line: Occurrence) -> Bool {
    line.fields[.path]?.hasSuffix("pg_control") == true && line.fields[.error]?.hasPrefix("No such file") != true
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
