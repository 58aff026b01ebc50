import Model
package import Remediation

/// How a member fares now.
package enum LiveCondition: Hashable, Sendable {
  /// As the advice itself distinguishes them.
  case settled(MemberCondition)
  /// A copy, a rewind or a start is under way, in Patroni's words.
  case busy(String)

  package var word: String {
    switch self {
    case .settled(.startFailed): "start_failed"
    case .settled(let condition): condition.rawValue
    case .busy: "busy"
    }
  }
}

extension ObservedCluster {
  /// States of a server in which Patroni is at work on it (`PostgresqlState` in `patroni/postgresql/misc.py`).
  private static let busyStates: Set<String> = [
    "creating replica", "starting", "restarting", "initializing new cluster", "running custom bootstrap script",
    "stopping", "starting after custom bootstrap",
  ]
  private static let failedStates: Set<String> = [
    "start failed", "restart failed", "initdb failed", "custom bootstrap failed",
  ]
  private static let stoppedStates: Set<String> = ["stopped", "stop failed", "crashed"]

  /// The condition of a member, as the decision table of the advice knows it.
  package func condition(of member: ObservedMember, leader: LeaderSight) -> LiveCondition {
    if member.isInRecovery?.value == false {
      return .settled(member.name == leader.name ? .leader : primaryCondition(of: member))
    }
    // What its own server says counts more than what Patroni wrote down.
    if member.server?.isInRecovery == nil, let condition = conditionByState(of: member) { return condition }
    if member.name == leader.name { return .settled(.leader) }
    return .settled(standbyCondition(of: member, leader: leader))
  }

  /// Of several primaries without anybody's lock each is one too many.
  private func primaryCondition(of member: ObservedMember) -> MemberCondition {
    primaries.count == 1 && lockHolders.isEmpty && listedBy != .dcs ? .leader : .primary
  }

  private func conditionByState(of member: ObservedMember) -> LiveCondition? {
    if member.isDown { return .settled(.down) }
    if member.isOutOfReach || isAbsentFromStore(member) { return .settled(.unreachable) }
    guard let state = member.state?.value else { return nil }
    if Self.busyStates.contains(state) { return .busy(state) }
    if Self.failedStates.contains(state) { return .settled(.startFailed) }
    if Self.stoppedStates.contains(state) {
      // A Patroni that runs starts its server, unless it is told not to.
      let isAtWork = member.agent != nil && isPaused == false && state != "stop failed"
      return isAtWork ? .busy("\(state), with its Patroni at work") : .settled(.down)
    }
    return nil
  }

  private func standbyCondition(of member: ObservedMember, leader: LeaderSight) -> MemberCondition {
    if hasDiverged(member) { return .diverged }
    let isBehind = isOnOlderTimeline(member, than: leader)
    switch member.isStreaming?.value {
    case true?: return isBehind ? .running : .streaming
    case false?: return .running
    case nil: return isBehind ? .running : .unknown
    }
  }

  /// Whether Patroni's record has no key of it, which a Patroni that runs renews.
  package func isAbsentFromStore(_ member: ObservedMember) -> Bool {
    listedBy == .dcs && member.role == nil && !member.isHeard
  }

  /// Whether its timeline is known to have ended; the leader's is nil if nobody tells.
  package func isOnOlderTimeline(_ member: ObservedMember, than leader: LeaderSight) -> Bool {
    guard let own = member.timeline?.value, let current = leader.timeline else { return false }
    return own < current
  }

  /// Whether it has WAL beyond the point at which its timeline ended: what proves that it went another way.
  package func hasDiverged(_ member: ObservedMember) -> Bool {
    // Two sources may have looked at different moments.
    guard let timeline = member.timeline, let position = member.position, timeline.source == position.source,
      let end = history?.first(where: { $0.from == timeline.value })?.lsn
    else { return false }
    return position.value > end
  }
}
