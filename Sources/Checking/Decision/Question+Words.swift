import Contract
import Remediation

// Clauses that several decisions share.

extension Question {
  var withoutTarget: Decision {
    .unclear("The report does not tell which member this is about.", tell: "The report's lines.", look: [list])
  }

  /// What a member looks like now, as the beginning of a sentence.
  var sightOfTarget: String { sight(condition) }

  func sight(_ condition: LiveCondition) -> String {
    switch condition {
    case .busy(let state): "\(name) is \(state)"
    case .settled(let condition): sight(condition)
    }
  }

  func sight(_ condition: MemberCondition) -> String {
    switch condition {
    case .leader: "\(name) leads"
    case .primary: "\(name) is out of recovery without leading"
    case .streaming: "\(name) streams\(onTimelineOf(member))"
    case .running:
      cluster.isOnOlderTimeline(member, than: leader)
        ? "\(name) is on timeline \(member.timeline?.value ?? 0), \(leaderName) on \(leader.timeline ?? 0)"
        : "\(name) is up and does not stream"
    case .diverged:
      "\(name) has WAL of timeline \(member.timeline?.value ?? 0) beyond the point at which that ended: it has diverged"
    case .startFailed: "\(name)'s server does not start (\(member.state?.value ?? "start failed"))"
    case .down: "\(name) is down\(cause)"
    case .unreachable:
      cluster.isAbsentFromStore(member)
        ? "\(name) has no key in the DCS: its Patroni does not run, or is cut off\(cause)"
        : "\(name) does not answer\(cause)"
    case .unknown: "Nothing asked tells how \(name) is"
    }
  }

  private var cause: String { problem.isEmpty ? "" : " (\(problem))" }

  /// Why the member did not answer, in the words of the system.
  var problem: String {
    member.serverProblem?.words ?? member.agentProblem?.words ?? member.state.map { "state \($0.value)" } ?? ""
  }

  var onTimeline: String { leader.timeline.map { " on timeline \($0)" } ?? "" }

  func onTimelineOf(_ member: ObservedMember) -> String {
    member.timeline.map { " on timeline \($0.value)" } ?? ""
  }

  var leaderTrouble: String {
    switch leader.health {
    case .healthy: "is well"
    case .missing(let why), .unknown(let why): why
    }
  }

  func timelinesText(_ count: Int) -> String { count == 1 ? "one timeline" : "\(count) timelines" }
}
