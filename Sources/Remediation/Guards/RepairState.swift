package import Contract

/// All that decides what may be done to one member.
///
/// Small and plain on purpose: the decision is a pure function of it, and a test walks through every combination.
package struct RepairState: Hashable, Sendable {
  /// What was found about this member.
  package var codes: Set<FindingCode>
  package var condition: MemberCondition
  /// Whether it held the lock last; such a member is never wiped.
  package var isLeader: Bool
  /// Whether another member is shown as a writable leader to copy from.
  package var isLeaderHealthy: Bool
  package var lostWrites: LostWritesVerdict
  package var isPaused: Bool
  /// Whether the log shows the member repaired: rewound, built anew, streaming again.
  package var isHealed: Bool
  /// Whether a reinit is under way.
  package var isRepairOrdered: Bool
  /// Whether it was the primary before the incident, and another one is now.
  package var isOldPrimary: Bool
  package var startFailure: StartFailure
  /// Whether nothing but a shutdown checkpoint can lie beyond the fork.
  package var isSplitHarmless: Bool
  /// Whether its Patroni runs, so that a reinit reaches it.
  package var isAgentAlive: Bool
  /// Whether the upstream turns its replication login away, which no restart changes.
  package var isLoginRefused: Bool

  package init(
    codes: Set<FindingCode> = [],
    condition: MemberCondition,
    isLeader: Bool = false,
    isLeaderHealthy: Bool = true,
    lostWrites: LostWritesVerdict = .unknown,
    isPaused: Bool = false,
    isHealed: Bool = false,
    isRepairOrdered: Bool = false,
    isOldPrimary: Bool = false,
    startFailure: StartFailure = .none,
    isSplitHarmless: Bool = false,
    isAgentAlive: Bool = true,
    isLoginRefused: Bool = false
  ) {
    self.codes = codes
    self.condition = condition
    self.isLeader = isLeader
    self.isLeaderHealthy = isLeaderHealthy
    self.lostWrites = lostWrites
    self.isPaused = isPaused
    self.isHealed = isHealed
    self.isRepairOrdered = isRepairOrdered
    self.isOldPrimary = isOldPrimary
    self.startFailure = startFailure
    self.isSplitHarmless = isSplitHarmless
    self.isAgentAlive = isAgentAlive
    self.isLoginRefused = isLoginRefused
  }
}

// MARK: - What the findings mean for the member's data

extension RepairState {
  /// Findings after which the member's own data cannot be used to follow the leader.
  static let unusableData: Set<FindingCode> = [
    .walRemoved, .standbyAhead, .rewindFailed, .timelineSplit, .dataDirectoryLost, .walCorrupt, .historyFileInvalid,
    .controlFileRewritten, .systemIDMismatch,
  ]

  /// Findings that say that the data itself is gone or damaged.
  static let damagedData: Set<FindingCode> = [
    .dataDirectoryLost, .walCorrupt, .historyFileInvalid, .controlFileRewritten,
  ]

  var hasUnusableData: Bool { !codes.isDisjoint(with: Self.unusableData) }

  /// Whether the data belongs to another cluster, or the DCS record does: Patroni exits until that is settled.
  var isForeign: Bool { codes.contains(.systemIDMismatch) }

  var hasDamagedData: Bool { !codes.isDisjoint(with: Self.damagedData) }

  /// Whether it has new data already: a rewind or reinit ran, and nothing shows that it went wrong again.
  var isReplaced: Bool {
    !codes.isDisjoint(with: [.reinitRan, .rewindRan]) && condition != .diverged && condition != .startFailed
  }

  /// Whether the member may hold acknowledged writes that exist nowhere else.
  package var holdsUniqueWrites: Bool {
    let isSplit = codes.contains(.timelineSplit) || condition == .diverged
    if isSplit, !isSplitHarmless { return true }
    if codes.contains(.standbyAhead) || condition == .primary { return true }
    let mayMiss =
      lostWrites == .confirmed || lostWrites == .possible
      || !codes.isDisjoint(with: [.dualPrimary, .writesLost, .writesAtRisk, .rowCountChanged])
    return mayMiss && (isOldPrimary || isSplit)
  }
}
