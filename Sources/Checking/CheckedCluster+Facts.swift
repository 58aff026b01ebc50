import Contract
import Model
import Remediation

extension CheckedCluster {
  /// The cluster in the words of the check.
  init(_ cluster: ObservedCluster, leader: LeaderSight, unheard: [String]) {
    self.init(
      name: cluster.scope,
      systemIdentifier: cluster.systemIdentifier(leader: leader),
      leader: leader.name,
      timeline: leader.timeline,
      isPaused: cluster.isPaused,
      members: (cluster.members + unheard.map { ObservedMember(name: $0) }).map {
        CheckedMember($0, in: cluster, leader: leader)
      }
    )
  }
}

extension CheckedMember {
  init(_ member: ObservedMember, in cluster: ObservedCluster, leader: LeaderSight) {
    let condition = cluster.condition(of: member, leader: leader)
    self.init(
      name: member.name,
      summary: Self.summary(of: member, condition, in: cluster, leader: leader),
      condition: condition.word,
      facts: Self.facts(of: member)
    )
  }

  private static func summary(
    of member: ObservedMember,
    _ condition: LiveCondition,
    in cluster: ObservedCluster,
    leader: LeaderSight
  ) -> String {
    let timeline = member.timeline.map { " on timeline \($0.value)" } ?? ""
    let problem = (member.serverProblem ?? member.agentProblem).map { ": \($0.words)" } ?? ""
    let lag = member.lag.map { $0.value > 0 ? ", \($0.value) bytes behind" : ", no lag" } ?? ""
    switch condition {
    case .busy(let state): return "is \(state)"
    case .settled(.leader):
      let silence = member.serverProblem.map { ", but its server does not answer: \($0.words)" } ?? ""
      return member.isInRecovery?.value == true && member.role?.value != "standby_leader"
        ? "holds the lock, but is in recovery\(timeline)" : "leads\(timeline)\(silence)"
    case .settled(.primary): return "is out of recovery without leading\(timeline)"
    case .settled(.streaming):
      let sender = member.server?.receiver?.sender.flatMap { sender in
        cluster.members.first { $0.place == sender }?.name ?? sender.description
      }
      return "streams" + (sender.map { " from \($0)" } ?? "") + timeline + lag
    case .settled(.running): return "is up and does not stream\(timeline)"
    case .settled(.diverged): return "has diverged\(timeline)"
    case .settled(.startFailed): return "does not start (\(member.state?.value ?? "start failed"))"
    case .settled(.down): return "is down" + (problem.isEmpty ? member.state.map { " (\($0.value))" } ?? "" : problem)
    case .settled(.unreachable):
      let isAbsent = cluster.isAbsentFromStore(member)
      return (isAbsent ? "has no key in the DCS" : "does not answer") + (member.isAsked ? problem : ", was not asked")
    case .settled(.unknown): return unknown(member, timeline: timeline)
    }
  }

  private static func unknown(_ member: ObservedMember, timeline: String) -> String {
    guard let state = member.state?.value else {
      return member.isInRecovery == nil ? "was not asked, and nobody asked knows of it" : "is in recovery\(timeline)"
    }
    return "is \(state)\(timeline); nothing asked tells whether it streams"
  }

  private static func facts(of member: ObservedMember) -> [CheckedFact] {
    func fact<Value>(_ name: String, _ fact: Fact<Value>?, _ text: (Value) -> String) -> CheckedFact? {
      fact.map { CheckedFact(name: name, value: text($0.value), source: $0.source.rawValue) }
    }
    let facts = [
      fact("role", member.role) { $0 },
      fact("state", member.state) { $0 },
      fact("in_recovery", member.isInRecovery) { String($0) },
      fact("timeline", member.timeline) { String($0) },
      fact("position", member.position) { $0.description },
      fact("streaming", member.isStreaming) { String($0) },
      fact("lag_bytes", member.lag) { String($0) },
      fact("replay_paused", member.isReplayPaused) { String($0) },
      fact("restart_pending", member.isRestartPending) { String($0) },
      fact("system_identifier", member.systemIdentifier) { $0 },
    ]
    return facts.compactMap { $0 } + slots(of: member)
  }

  private static func slots(of member: ObservedMember) -> [CheckedFact] {
    (member.server?.slots ?? []).map { slot in
      let words = [slot.isActive ? "active" : "inactive", slot.walStatus].compactMap { $0 }.joined(separator: ", ")
      return CheckedFact(name: "slot \(slot.name)", value: words, source: FactSource.postgresql.rawValue)
    }
  }
}
