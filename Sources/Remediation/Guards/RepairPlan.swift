import Contract

import Contract
/// What is advised for one member.
package struct RepairPlan: OptionSet, Hashable, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// Stop a former primary that still accepts writes.
  package static let fence = RepairPlan(rawValue: 1 << 0)
  /// Copy the member's data aside.
  package static let salvage = RepairPlan(rawValue: 1 << 1)
  /// Start what has stopped.
  package static let restart = RepairPlan(rawValue: 1 << 2)
  /// Let Patroni delete the member's data and copy the leader's.
  package static let reinit = RepairPlan(rawValue: 1 << 3)
  /// Let pg_rewind overwrite what the leader does not have.
  package static let rewind = RepairPlan(rawValue: 1 << 4)
  /// Move the data directory away by hand, where Patroni does not run.
  package static let rebuild = RepairPlan(rawValue: 1 << 5)
  /// Switch pg_rewind on for the next time.
  package static let enableRewind = RepairPlan(rawValue: 1 << 6)
  /// Nothing usable is left here and no leader is seen: a backup has to be fetched.
  package static let restore = RepairPlan(rawValue: 1 << 7)

  /// The steps after which what the member alone had is gone from its place.
  package static let destructive: RepairPlan = [.reinit, .rewind, .rebuild]
}

// MARK: - The decision

extension RepairState {
  /// What is advised for the member.
  package var plan: RepairPlan {
    guard !isHealed else { return [] }
    var plan = repair
    let isDataInReach = !condition.isGood && condition != .unknown && !isRepairOrdered
    if holdsUniqueWrites, isDataInReach, !isReplaced, !codes.contains(.dataDirectoryLost) { plan.insert(.salvage) }
    return plan
  }

  /// The repair itself, without what has to be saved before.
  private var repair: RepairPlan {
    switch condition {
    case .leader: hasDamagedData && !isLeaderHealthy ? .restore : []
    case .streaming, .unknown: []
    case .primary: isLeader ? [] : .fence
    case .running: hasUnusableData ? newData : canRestartHelp ? .restart : []
    case .diverged: newData
    case .startFailed: afterFailedStart
    case .down, .unreachable: afterStop
    }
  }

  /// A member that does not stream may connect anew, unless it is turned away or waits for a setting.
  private var canRestartHelp: Bool {
    codes.contains(.replicationBroken) && !isLoginRefused && startFailure != .environment
  }

  /// What has merely stopped is started; only data that is known to be of no use is replaced.
  private var afterStop: RepairPlan {
    if isForeign { return newData.isDisjoint(with: .destructive) ? [] : [.rebuild, .reinit] }
    return hasDamagedData ? newData.union(.restart) : .restart
  }

  /// A server that does not start: settings are no reason to wipe data, and neither is a full disk.
  private var afterFailedStart: RepairPlan {
    if codes.contains(.diskFull) || startFailure == .environment, !hasDamagedData, !isForeign { return .restart }
    if hasUnusableData || isOldPrimary || startFailure == .data || codes.contains(.rewindImpossible) { return newData }
    return newData.union(.restart)
  }

  /// Ways to give the member the leader's data; none unless it has one to copy and is not the source itself.
  private var newData: RepairPlan {
    guard !isLeader, isLeaderHealthy else { return hasDamagedData ? .restore : [] }
    guard !isRepairOrdered, !isReplaced else { return [] }
    var plan: RepairPlan = condition.isStopped && !isAgentAlive ? .rebuild : .reinit
    if canRewind { plan.formUnion([.rewind, .enableRewind]) }
    if codes.contains(.rewindImpossible) { plan.insert(.enableRewind) }
    return plan
  }

  /// pg_rewind needs readable data that merely went another way, and must not have been tried in vain.
  private var canRewind: Bool {
    let isSplit = codes.contains(.timelineSplit) || condition == .diverged
    return isSplit && !hasDamagedData && !isForeign && !condition.isStopped
      && codes.isDisjoint(with: [.rewindFailed, .rewindImpossible, .walRemoved, .standbyAhead])
  }
}
