import Contract
import Remediation
import Testing

/// Walks through every combination of what decides about a member, with no, one or two findings.
@Suite("What may be done to a member")
struct RepairPlanTests {
  @Test(
    "nothing destructive where it would discard data, lacks a source, or is done already",
    arguments: MemberCondition.allCases
  )
  func guards(_ condition: MemberCondition) {
    var count = 0
    for state in RepairStates(condition: condition) {
      count += 1
      let plan = state.plan
      guard !plan.isDisjoint(with: .destructive) else { continue }
      let isMerelyStopped = [.down, .unreachable].contains(condition) && state.codes.isDisjoint(with: Self.uselessData)
      if state.isLeader || !state.isLeaderHealthy || state.isHealed || state.isRepairOrdered || isMerelyStopped
        || [.leader, .primary, .streaming, .unknown].contains(condition)
      {
        Issue.record("\(plan) for \(state)")
        return
      }
      if state.holdsUniqueWrites, !plan.contains(.salvage), !state.codes.contains(.dataDirectoryLost) {
        Issue.record("not salvaged: \(state)")
        return
      }
    }
    #expect(count > 10_000)
  }

  private static let uselessData: Set<FindingCode> = [
    .dataDirectoryLost, .walCorrupt, .historyFileInvalid, .controlFileRewritten, .systemIDMismatch,
  ]

  @Test("nothing at all for a member that is back", arguments: MemberCondition.allCases)
  func healed(_ condition: MemberCondition) {
    let plans = RepairStates(condition: condition).filter(\.isHealed).map(\.plan)
    #expect(plans.allSatisfy { $0.isEmpty })
  }

  @Test("a pause changes what has to be said, not what is decided", arguments: MemberCondition.allCases)
  func paused(_ condition: MemberCondition) {
    for state in RepairStates(condition: condition) where state.isPaused {
      var resumed = state
      resumed.isPaused = false
      guard state.plan != resumed.plan else { continue }
      Issue.record("\(state)")
      return
    }
  }

  @Test("only a primary without the lock is fenced", arguments: MemberCondition.allCases)
  func fencing(_ condition: MemberCondition) {
    let fenced = RepairStates(condition: condition).filter { $0.plan.contains(.fence) }
    #expect(fenced.isEmpty == (condition != .primary))
    #expect(fenced.allSatisfy { !$0.isLeader })
  }

  @Test("a rewind is never advised after one that failed, and never without the reinit that always works")
  func rewind() {
    for condition in MemberCondition.allCases {
      for state in RepairStates(condition: condition) where state.plan.contains(.rewind) {
        guard state.plan.contains(.reinit),
          state.codes.isDisjoint(with: [.rewindFailed, .rewindImpossible, .walRemoved])
        else {
          Issue.record("\(state)")
          return
        }
      }
    }
  }

  // MARK: - The table of docs/remedies.md

  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var state: RepairState
    var plan: RepairPlan
    var testDescription: String { name }
  }

  @Test("decisions as the table in docs/remedies.md has them", arguments: rows)
  func table(_ row: Row) {
    #expect(row.state.plan == row.plan)
  }

  static let rows: [Row] = stopped + diverged + failedStarts + replicas + turnedAway + leaders

  private static let turnedAway: [Row] = [
    Row(
      name: "replication login refused",
      state: RepairState(codes: [.replicationBroken], condition: .running, isLoginRefused: true),
      plan: []
    ),
    Row(
      name: "replay paused over a setting",
      state: RepairState(codes: [.recoveryStuck, .replicationBroken], condition: .running, startFailure: .environment),
      plan: []
    ),
    Row(
      name: "replication login refused, WAL gone besides",
      state: RepairState(codes: [.replicationBroken, .walRemoved], condition: .running, isLoginRefused: true),
      plan: .reinit
    ),
  ]

  private static let stopped: [Row] = [
    Row(name: "stopped replica", state: RepairState(condition: .down), plan: .restart),
    Row(
      name: "stopped old primary",
      state: RepairState(codes: [.leaderLost], condition: .down, isOldPrimary: true),
      plan: .restart
    ),
    Row(
      name: "stopped old primary, writes at risk",
      state: RepairState(
        codes: [.leaderLost, .writesAtRisk],
        condition: .down,
        lostWrites: .possible,
        isOldPrimary: true
      ),
      plan: [.salvage, .restart]
    ),
    Row(name: "vanished member", state: RepairState(codes: [.leaderLost], condition: .unreachable), plan: .restart),
    Row(
      name: "stopped leader that nobody replaced",
      state: RepairState(codes: [.leaderLost], condition: .down, isLeader: true, isLeaderHealthy: false),
      plan: .restart
    ),
    Row(
      name: "damaged data, Patroni gone",
      state: RepairState(codes: [.walCorrupt], condition: .down, isAgentAlive: false),
      plan: [.rebuild, .restart]
    ),
    Row(
      name: "foreign data, Patroni exits",
      state: RepairState(codes: [.systemIDMismatch], condition: .down, isAgentAlive: false),
      plan: [.rebuild, .reinit]
    ),
    Row(
      name: "foreign data, no leader seen",
      state: RepairState(codes: [.systemIDMismatch], condition: .down, isLeaderHealthy: false),
      plan: []
    ),
  ]

  private static let diverged: [Row] = [
    Row(
      name: "diverged old primary",
      state: RepairState(codes: [.timelineSplit], condition: .diverged, isOldPrimary: true),
      plan: [.salvage, .reinit, .rewind, .enableRewind]
    ),
    Row(
      name: "diverged by a shutdown checkpoint only",
      state: RepairState(codes: [.timelineSplit], condition: .diverged, lostWrites: .none, isSplitHarmless: true),
      plan: [.reinit, .rewind, .enableRewind]
    ),
    Row(
      name: "diverged, no healthy leader",
      state: RepairState(codes: [.timelineSplit], condition: .diverged, isLeaderHealthy: false),
      plan: .salvage
    ),
    Row(
      name: "diverged, rewind failed",
      state: RepairState(codes: [.timelineSplit, .rewindFailed], condition: .diverged, isOldPrimary: true),
      plan: [.salvage, .reinit]
    ),
    Row(
      name: "diverged, rewind not possible",
      state: RepairState(codes: [.timelineSplit, .rewindImpossible], condition: .diverged, isOldPrimary: true),
      plan: [.salvage, .reinit, .enableRewind]
    ),
    Row(
      name: "diverged, reinit under way",
      state: RepairState(codes: [.timelineSplit], condition: .diverged, isRepairOrdered: true),
      plan: []
    ),
    Row(
      name: "second primary",
      state: RepairState(codes: [.dualPrimary], condition: .primary),
      plan: [.fence, .salvage]
    ),
  ]

  private static let failedStarts: [Row] = [
    Row(
      name: "old primary does not start",
      state: RepairState(codes: [.memberStartFailed], condition: .startFailed, isOldPrimary: true, startFailure: .data),
      plan: .reinit
    ),
    Row(
      name: "replica does not start",
      state: RepairState(codes: [.memberStartFailed], condition: .startFailed, startFailure: .unclear),
      plan: [.restart, .reinit]
    ),
    Row(
      name: "replica lacks the checkpoint to start from",
      state: RepairState(codes: [.memberStartFailed], condition: .startFailed, startFailure: .data),
      plan: .reinit
    ),
    Row(
      name: "replica does not start for its settings",
      state: RepairState(codes: [.memberStartFailed], condition: .startFailed, startFailure: .environment),
      plan: .restart
    ),
    Row(
      name: "server does not start for want of space",
      state: RepairState(
        codes: [.memberStartFailed, .diskFull],
        condition: .startFailed,
        isOldPrimary: true,
        startFailure: .data
      ),
      plan: .restart
    ),
  ]

  private static let replicas: [Row] = [
    Row(name: "replica lacks WAL", state: RepairState(codes: [.walRemoved], condition: .running), plan: .reinit),
    Row(
      name: "replica does not stream",
      state: RepairState(codes: [.replicationBroken], condition: .running),
      plan: .restart
    ),
    Row(name: "replica is up", state: RepairState(condition: .running), plan: []),
    Row(
      name: "replica is ahead",
      state: RepairState(codes: [.standbyAhead], condition: .running),
      plan: [.salvage, .reinit]
    ),
    Row(name: "replica streams again", state: RepairState(codes: [.walRemoved], condition: .streaming), plan: []),
    Row(
      name: "replica was rebuilt, not yet seen streaming",
      state: RepairState(codes: [.walRemoved, .reinitRan], condition: .running),
      plan: []
    ),
  ]

  private static let leaders: [Row] = [
    Row(name: "healthy leader", state: RepairState(condition: .leader, isLeader: true), plan: []),
    Row(
      name: "leader with damaged data",
      state: RepairState(codes: [.walCorrupt], condition: .leader, isLeader: true, isLeaderHealthy: false),
      plan: .restore
    ),
    Row(
      name: "damaged replica, no leader seen",
      state: RepairState(codes: [.dataDirectoryLost], condition: .startFailed, isLeaderHealthy: false),
      plan: .restore
    ),
  ]
}

/// All states of one condition whose findings are none, one or two of those that matter.
struct RepairStates: Sequence {
  let condition: MemberCondition

  static let codes: [FindingCode] = [
    .leaderLost, .timelineSplit, .memberStartFailed, .rewindFailed, .rewindImpossible, .rewindRan, .reinitRan,
    .walRemoved,
    .standbyAhead, .systemIDMismatch, .dataDirectoryLost, .walCorrupt, .writesLost, .dualPrimary, .diskFull,
    .replicationBroken,
  ]

  private static var codeSets: [Set<FindingCode>] {
    var sets: [Set<FindingCode>] = [[]]
    for (index, first) in codes.enumerated() {
      sets.append([first])
      for second in codes[..<index] { sets.append([first, second]) }
    }
    return sets
  }

  func makeIterator() -> AnyIterator<RepairState> {
    var sets = Self.codeSets.makeIterator()
    var pending: [RepairState] = []
    return AnyIterator {
      if pending.isEmpty, let codes = sets.next() { pending = states(with: codes) }
      return pending.popLast()
    }
  }

  /// Seven yes-or-no questions as the bits of a number, times the verdicts and the reasons for a failed start.
  private func states(with codes: Set<FindingCode>) -> [RepairState] {
    (0..<128).flatMap { bits in
      [LostWritesVerdict.none, .possible].flatMap { verdict in
        [StartFailure.environment, .unclear, .data].map { failure in
          RepairState(
            codes: codes,
            condition: condition,
            isLeader: bits & 1 != 0,
            isLeaderHealthy: bits & 2 != 0,
            lostWrites: verdict,
            isPaused: bits & 4 != 0,
            isHealed: bits & 8 != 0,
            isRepairOrdered: bits & 16 != 0,
            isOldPrimary: bits & 32 != 0,
            startFailure: failure,
            isSplitHarmless: bits & 64 != 0,
            isAgentAlive: bits & 1 == 0
          )
        }
      }
    }
  }
}
