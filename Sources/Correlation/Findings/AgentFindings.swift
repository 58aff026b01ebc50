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
