import Contract
import Model

/// Reads settings off the log: those that lines print, and those that its rhythm gives away.
struct SettingsReader {
  let observations: Observations
  let incidents: [IncidentFacts]

  func settings() -> [ObservedSetting] {
    [loopWait, ttl].compactMap { $0 } + brokenRules
  }

  /// `loop_wait`: the time between two heartbeats of an agent with nothing to do.
  private var loopWait: ObservedSetting? {
    guard let rhythm else { return nil }
    let beats = observations.agents.values.first { $0.rhythm == rhythm }?.heartbeats.prefix(2) ?? []
    return ObservedSetting(
      component: "patroni",
      setting: "loop_wait",
      value: "\(Int(rhythm.rounded()))",
      lower: max(1, rhythm - 0.5).roundedToMilliseconds,
      upper: (rhythm + 0.5).roundedToMilliseconds,
      from: .inferred,
      evidence: beats.map(observations.evidence)
    )
  }

  /// The usual time between two heartbeats of the agents that print enough of them.
  private var rhythm: Double? {
    observations.agents.values.compactMap { $0.heartbeats.count >= 4 ? $0.rhythm : nil }.median
  }

  /// `ttl`: an unreleased lock is free at the earliest `ttl` after its last renewal, and is noticed within a loop.
  private var ttl: ObservedSetting? {
    for facts in incidents where facts.kind == .failover {
      guard let change = facts.change, !change.isPlanned, let free = facts.milestones.lockFreeAt,
        facts.of(.leaderReleased).isEmpty,
        let agent = observations.agents[change.oldPrimary],
        let last = agent.heartbeats.last(where: { $0.at <= change.faultAt && $0.fields[.role] == "leader" })
      else { continue }
      let seconds = free.seconds(since: last.at)
      let loop = agent.rhythm ?? rhythm ?? 10
      guard seconds > loop * 1.5 else { continue }
      // The candidates look once a loop, and a question that nobody answers costs them two seconds more.
      let noticing = loop + 3
      return ObservedSetting(
        component: "patroni",
        setting: "ttl",
        value: nil,
        lower: max(1, (seconds - noticing).rounded(.down)),
        upper: (seconds + 1).rounded(.up),
        from: .inferred,
        evidence: [last, change.acquired].compactMap { $0 }.map(observations.evidence)
      )
    }
    return nil
  }

  private var brokenRules: [ObservedSetting] {
    observations.occurrences.of(.faultConfiguration).prefix(5).map { line in
      ObservedSetting(
        component: line.component.name,
        setting: line.fields[.setting] ?? "configuration",
        value: line.fields[.value],
        from: .logged,
        evidence: [observations.evidence(line)],
        problem: line.fields[.error] ?? line.text
      )
    }
  }
}
