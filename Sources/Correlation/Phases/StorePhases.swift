import Contract
import Model

/// What the configuration store's trouble did: its outage, and the time that the leader ran on without it.
struct StorePhases {
  let facts: IncidentFacts
  let path: CriticalPath
  private var builder: PhaseBuilder { PhaseBuilder(facts: facts) }

  func phases() -> [Phase] {
    outages + [failsafe].compactMap { $0 }
  }

  private var outages: [Phase] {
    let members = [facts.oldPrimary].compactMap { $0 }
    return members.flatMap { member in
      facts.observations.store.unreachable(for: member, in: facts.window).map { span in
        builder.phase(
          .dcsOutage,
          member: member,
          from: .init(span.by),
          to: builder.edge(at: span.window.to, .agentHeartbeat, .leaderRenewed, .dcsReconnected, .leaderAcquired),
          slack: path.graph?.wait(.store)?.end == span.window.to ? path.slack(of: .store) : nil,
          "\(member) could not work with the DCS."
        )
      }
    }
  }

  private var failsafe: Phase? {
    let lines = facts.of(.dcsFailsafe) + facts.of(.leaderKept).filter { $0.reason == "failsafe" }
    guard let first = lines.min(by: { $0.index < $1.index }), let member = first.member else { return nil }
    let end = facts.observations.agents[member]?.heartbeats.first(after: lines.map(\.at).max() ?? first.at)
    return builder.phase(
      .failsafe,
      member: member,
      from: .init(first),
      to: end.map { .init($0) },
      "\(member) ran on as primary without the DCS because every member answered."
    )
  }
}
