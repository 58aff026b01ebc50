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
    let rhythms = observations.agents.sorted { $0.key < $1.key }.compactMap { _, agent in agent.heartbeats.count >= 4 ? agent.rhythm : nil }
    guard let rhythm = rhythms.median else { return nil }
    let beats = observations.agents.values.first { $0.rhythm == rhythm }?.heartbeats.prefix(2) ?? []
    return ObservedSetting(
      component: "patroni", setting: "loop_wait", value: "\(Int(rhythm.rounded()))", lower: max(1, rhythm - 0.5), upper: rhythm + 0.5,
      from: .inferred, evidence: beats.map(observations.evidence))
  }

  /// `ttl`: an unreleased lock is free at the earliest `ttl` after its last renewal, and is noticed within a loop.
  private var ttl: ObservedSetting? {
    for facts in incidents where facts.kind == .failover {
      guard let change = facts.change, !change.isPlanned, let free = facts.milestones.lockFreeAt, facts.of(.leaderReleased).isEmpty,
        let agent = observations.agents[change.oldPrimary],
        let last = agent.heartbeats.last(where: { $0.at <= change.faultAt && $0.fields[.role] == "leader" })
      else { continue }
      let seconds = free.seconds(since: last.at)
      let loop = agent.rhythm ?? 10
      guard seconds > loop * 1.5 else { continue }
      return ObservedSetting(
        component: "patroni", setting: "ttl", value: nil, lower: max(1, seconds - 2 * loop), upper: seconds + loop, from: .inferred,
        evidence: [last, change.acquired].compactMap { $0 }.map(observations.evidence))
    }
    return nil
  }

  private var brokenRules: [ObservedSetting] {
    observations.occurrences.of(.faultConfiguration).prefix(5).map { line in
      ObservedSetting(
        component: line.component.name, setting: line.fields[.setting] ?? "configuration", value: line.fields[.value], from: .logged,
        evidence: [observations.evidence(line)], problem: line.fields[.error] ?? line.text)
    }
  }
}
