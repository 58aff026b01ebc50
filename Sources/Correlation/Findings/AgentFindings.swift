import Contract
import Model

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
    if let change = facts.change, !change.isPlanned, let stall = facts.agentStall {
      let last = facts.observations.agents[change.oldPrimary]?.lastSign(upTo: stall.silence.from)
      return [
        facts.finding(
          .patroniKilled,
          .warning,
          member: change.oldPrimary,
          confidence: stall.killed == nil ? 0.85 : 0.95,
          by: [stall.killed ?? last, stall.lifeSign],
          "\(change.oldPrimary)'s Patroni was \(condition(stall)) while its PostgreSQL ran on."
        )
      ]
    }
    guard let killed = facts.of(.runtimeExited).first(where: { facts.observations.outlivesAgent($0) }) else {
      return absence(in: facts)
    }
    let member = killed.member ?? "A member"
    return [
      facts.finding(
        .patroniKilled,
        .warning,
        member: killed.member,
        by: [killed],
        "\(member)'s Patroni was killed while its PostgreSQL ran on."
      )
    ]
  }

  /// Nothing listened where the proxy asks Patroni, although the server went on.
  private static func absence(in facts: IncidentFacts) -> [Finding] {
    guard facts.kind == .routingOutage, let absence = facts.agentAbsences.first else { return [] }
    return [
      facts.finding(
        .patroniKilled,
        .warning,
        member: absence.member,
        confidence: 0.8,
        by: absence.evidence.map { $0 },
        "\(absence.member)'s Patroni was gone for a while; its PostgreSQL ran on."
      )
    ]
  }

  private static func condition(_ stall: AgentStall) -> String {
    switch stall.isDead {
    case true: "dead"
    case false: "frozen"
    case nil: "dead or frozen"
    }
  }
}

extension Observations {
  /// Whether the line tells that an agent was killed beside a server that lines of its own show to have gone on.
  func outlivesAgent(_ exit: Occurrence) -> Bool {
    guard exit.isAgentKilled, let member = exit.member else { return false }
    let after = Window(from: exit.at.advanced(bySeconds: 1), to: nil)
    let next = occurrences.of(member: member, in: after).first { line in
      line.hasOwnTime && (line.role == .server || line.kind == .agentHeartbeat)
    }
    guard let next else { return false }
    let state = serverState(of: member, at: next.at)
    return state == .primary || state == .recovery
  }
}

/// Fencing was asked for and is not active.
enum WatchdogUnavailable: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let refusals = facts.of(
      .candidateRefused,
      .candidatePeerRefused,
      .promotionFailed,
      .leaderDemoted
    ).filter { $0.reason == "watchdog" }
    guard let line = (facts.of(.faultWatchdog) + refusals).min(by: { $0.index < $1.index }) else { return [] }
    let member = line.kind == .candidatePeerRefused ? line.fields[.member] : line.member
    return [
      facts.finding(
        .watchdogUnavailable,
        .info,
        member: member,
        by: [line],
        "\(member ?? "A member")'s watchdog is not active."
      )
    ]
  }
}
