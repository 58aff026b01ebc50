import Clocks
import Correlation
import Model

/// Reads one member's condition at the end of the log from its own lines, its agent's and the last listing.
struct MemberConditionReader {
  let member: String
  let observations: Observations

  private var occurrences: Occurrences { observations.occurrences }
  private var history: ServerHistory? { observations.servers[member] }

  var condition: MemberCondition {
    if let listed = listedCondition { return listed }
    let state = history?.finalState ?? .unknown
    let isLeader = observations.leadership.terms.last?.member == member
    switch state {
    case .primary:
      if isLeader { return isSilent ? .unreachable : .leader }
      return isHeardSinceLeaderTookOver ? .primary : .unreachable
    case .down:
      return hasExited ? .down : failedToStart ? .startFailed : isDiverged ? .diverged : .down
    case .stopping, .starting, .resetting:
      return failedToStart ? .startFailed : isSilent ? .down : .unknown
    case .recovery, .promoting:
      if isDiverged { return .diverged }
      if isLeader { return .leader }
      if isSilent { return .unreachable }
      return observations.replication[member]?.isStreamingAtEnd == true ? .streaming : .running
    case .unknown:
      if hasGivenUp { return .down }
      return isLeader ? .leader : isSilent ? .unreachable : .unknown
    }
  }

  /// What the last listing says, if nothing happened to the member since.
  ///
  /// `running` does not exclude divergence.
  private var listedCondition: MemberCondition? {
    guard let listed = occurrences.last(.clusterMemberListed, member: member) else { return nil }
    let change = history?.spans.last?.began
    guard listed.index > change?.index ?? -1, !isExited(after: listed) else { return nil }
    switch listed.fields[.state] {
    case "streaming": return .streaming
    case "start failed", "restart failed": return .startFailed
    case "stopped", "crashed", "stop failed": return .down
    default: return nil
    }
  }

  /// Whether the server itself said that it cannot follow, and no rewind, copy or lasting stream came after.
  private var isDiverged: Bool {
    let telling: Set<String> = ["forked_before", "min_recovery", "not_child", "not_in_history"]
    let told = occurrences.of(.timelineDiverged, .rewindFailed, .rewindImpossible, member: member).last { line in
      line.kind != .timelineDiverged || telling.contains(line.reason ?? "")
    }
    guard let told else { return false }
    let healed = occurrences.last(.rewindSucceeded, .cloneSucceeded, member: member)
    let stream = observations.replication[member]?.lastingStream(after: told.at)
    return (healed?.index ?? -1) < told.index && stream == nil
  }

  private var failedToStart: Bool {
    guard let span = history?.spans.last else { return false }
    return occurrences.contains(
      .serverStartFailed,
      member: member,
      in: Window(from: span.from.advanced(bySeconds: -15), to: nil)
    )
  }

  /// Whether the last that its agent said is why it exits.
  private var hasGivenUp: Bool {
    let last = observations.agents[member]?.signs.last
    return last?.kind == .faultSystemIDMismatch || last?.kind == .agentStartFailed
  }

  private var hasExited: Bool {
    guard let exit = occurrences.of(.runtimeExited, .agentStopping, member: member).last(where: { !$0.isAgentKilled })
    else { return false }
    let sign = observations.agents[member]?.signs.last { $0.kind != .agentStopping }
    return (sign?.index ?? -1) < exit.index
  }

  private func isExited(after listed: Occurrence) -> Bool {
    occurrences.of(.runtimeExited, member: member).contains { $0.index > listed.index }
  }

  private var lastSign: Occurrence? {
    occurrences.last(of: member) { $0.role == .agent || $0.role == .server }
  }

  /// Whether nothing was heard of it for three rounds of its agent.
  ///
  /// A server's own log may be silent for days.
  private var isSilent: Bool {
    guard let last = lastSign, let rhythm = observations.agents[member]?.rhythm else { return false }
    let listed = occurrences.last(.clusterMemberListed, member: member)
    let latest = max(last.at, listed?.at ?? last.at)
    return observations.lastAt.seconds(since: latest) > max(20, rhythm * 3)
  }

  private var isHeardSinceLeaderTookOver: Bool {
    guard let last = lastSign, let term = observations.leadership.terms.last else { return false }
    return last.at.seconds(since: term.from) > 2 && !isSilent
  }
}
