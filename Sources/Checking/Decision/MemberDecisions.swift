import Contract
import Remediation

// What is done to one member. The plan for it is that of the advice itself, `RepairState.plan`, from what is seen now.

extension Question {
  /// `reinit_member`, `rewind_member`, `rebuild_data_directory`: the member's data is replaced.
  var newData: Decision {
    if let refusal = refusalOfNewData { return refusal }
    switch condition {
    case .busy(let state):
      return .unclear("\(name) is \(state) now.", tell: "The same question in a minute.", look: [list])
    case .settled(.unknown):
      return .unclear(
        "Nothing asked tells whether \(name) streams.",
        tell: "\(name)'s own server: --dsn.",
        look: [list]
      )
    case .settled(.unreachable):
      return .unclear("\(sight(condition)).", tell: "Where \(name) runs, and whether.", look: [list])
    case .settled(let condition):
      let plan = repairState(condition).plan
      guard !plan.isDisjoint(with: .destructive) else { return withoutPlan(condition) }
      var reasons = ["\(sight(condition)); \(leaderName) leads\(onTimeline)."]
      if plan.contains(.salvage) {
        reasons.append("What only \(name) has is lost with it: copy it aside first, or decide that nobody needs it.")
      }
      return Decision(answer: .stillNeeded, reasons: reasons, commands: .remedy)
    }
  }

  /// The data is not known to be of no use any more.
  private func withoutPlan(_ condition: MemberCondition) -> Decision {
    switch condition {
    case .down:
      .unclear(
        "\(sight(condition)).",
        tell: "What \(name) says when it is started; then ask again.",
        look: [list]
      )
    case .leader, .primary, .streaming, .running, .diverged, .startFailed, .unreachable, .unknown:
      .unclear(
        "\(sight(condition)), and nothing asked shows why.",
        tell: "\(name)'s log since the report, with failscope analyze.",
        look: [list]
      )
    }
  }

  /// What forbids to replace the data, or makes it needless.
  private var refusalOfNewData: Decision? {
    guard target != nil else { return withoutTarget }
    if let danger = dangerToTarget { return danger }
    if condition == .settled(.streaming) {
      return .done("\(name) streams\(onTimelineOf(member)), \(leaderName) leads\(onTimeline).")
    }
    switch leader.health {
    case .healthy: break
    case .missing(let why):
      return .dangerous("There is no healthy leader to copy from: \(why).", look: [list])
    case .unknown(let why):
      return .unclear("No healthy leader is seen: \(why).", tell: "The leader's own server or Patroni.", look: [list])
    }
    return foreignData ?? promotionOfTarget
  }

  /// The target is what the cluster lives from.
  private var dangerToTarget: Decision? {
    if leader.name == target || cluster.lockHolders.contains(where: { $0.value == target }) {
      return .dangerous("\(name) is the leader now: its data is the cluster's.", look: [list])
    }
    guard member.isInRecovery?.value == false else { return nil }
    return .dangerous(
      "\(name) is out of recovery and may take writes that exist nowhere else: fence it and copy its data first.",
      look: [list]
    )
  }

  /// Data of another cluster: which of the two is wrong is for a person to say.
  private var foreignData: Decision? {
    guard let own = member.systemIdentifier?.value,
      let others = leader.name.flatMap({ cluster.member($0).systemIdentifier?.value }), own != others
    else { return nil }
    let reason = "\(name)'s system identifier is \(own), \(leaderName)'s is \(others)"
    guard codes.contains(.systemIDMismatch) else {
      return .dangerous("\(reason): they are of different clusters.", look: [list])
    }
    return .unclear("\(reason), as the report says.", tell: "Which of the two is the right one.", look: [list])
  }

  /// Whoever led since the report may hold writes that the report knows nothing of.
  private var promotionOfTarget: Decision? {
    guard let since = past.timelinesSince(leader), since > 0 else {
      guard let target, past.promotionsSince(cluster.history)?.contains(where: { $0.leader == target }) == true else {
        return nil
      }
      return ledSince
    }
    guard let promotions = past.promotionsSince(cluster.history), promotions.count >= since,
      promotions.allSatisfy({ $0.leader != nil })
    else {
      return .unclear(
        "\(timelinesText(since)) began since the report, and nothing asked tells who led them.",
        tell: "Patroni's history: --patroni, or --patronictl-history.",
        look: [history]
      )
    }
    return promotions.contains { $0.leader == target } ? ledSince : nil
  }

  private var ledSince: Decision {
    .dangerous(
      "\(name) was promoted after the report and has lost the lock again: it may hold writes that exist nowhere else, and "
        + "the report knows nothing of them. Analyze the logs since.",
      look: [history]
    )
  }

  /// `salvage_diverged_writes`: the member is stopped and its data copied.
  var salvage: Decision {
    guard target != nil else { return withoutTarget }
    switch condition {
    case .settled(.leader):
      return .dangerous("\(name) is the leader now: the copy would stop it.", look: [list])
    case .settled(.streaming):
      return .unclear(
        "\(name) streams from the leader's history now: what only it had is no longer there.",
        tell: "Whether the copy was made before; else there is nothing left to copy."
      )
    case .settled(.primary) where leader.name == nil: return withoutLock
    case .settled(.primary), .settled(.diverged), .settled(.startFailed), .settled(.down), .settled(.running):
      return .needed("\(sight(condition)): its data is still as it was, as far as can be seen.")
    case .settled(.unreachable), .settled(.unknown):
      return .unclear(
        "\(sight(condition)).",
        tell: "Where \(name)'s data is, and whether its server runs.",
        look: [list]
      )
    case .busy("creating replica"):
      return .unclear(
        "\(name) is being built anew now: what only it had is gone, unless its old directory was kept.",
        tell: "Whether the copy was made before."
      )
    case .busy(let state):
      return .unclear("\(name) is \(state) now.", tell: "The same question in a minute.", look: [list])
    }
  }

  /// `restart_member`.
  var restart: Decision {
    guard target != nil else { return withoutTarget }
    switch condition {
    case .settled(.leader):
      return leader.isHealthy
        ? .done("\(name) runs and leads\(onTimeline).")
        : .unclear("\(leaderTrouble).", tell: "\(name)'s log.", look: [list])
    case .settled(.streaming): return .done("\(name) runs and streams\(onTimelineOf(member)).")
    case .settled(.primary):
      return .dangerous(
        "\(name) runs out of recovery beside \(leaderName): it is to be fenced, not started.",
        look: [list]
      )
    case .settled(.down), .settled(.startFailed): return startOfStopped
    case .settled(.running), .settled(.diverged), .settled(.unknown):
      return .unclear(
        "\(sight(condition)): a start alone did not bring it back, or it has not caught up yet.",
        tell: "\(name)'s log since it was started, with failscope analyze.",
        look: [list]
      )
    case .settled(.unreachable):
      if cluster.isAbsentFromStore(member) { return startOfStopped }
      return .unclear(
        "\(sight(condition)).",
        tell: "Whether its host is there; a closed port would have answered.",
        look: [list]
      )
    case .busy(let state):
      return .unclear("\(name) is \(state) now.", tell: "The same question in a minute.", look: [list])
    }
  }

  /// A former primary that starts is rewound if that is allowed, and what only it had is gone.
  private var startOfStopped: Decision {
    if promotionOfTarget?.answer == .nowDangerous { return ledSince }
    let wasLast = incident.newPrimary == nil && incident.oldPrimary == target
    if wasLast, leader.name != nil, leader.name != target, leader.isHealthy {
      return .dangerous(
        "\(leaderName) leads now\(onTimeline), which the report does not know: what only \(name) has is overwritten if "
          + "use_pg_rewind is on. Copy its data first.",
        look: [list]
      )
    }
    var decision = Decision.needed("\(sight(condition)).")
    if remedy.commands.contains(where: { $0.contains("patronictl") }), member.agentProblem?.failure == .refused {
      decision.reasons.append("Its Patroni does not run either, so patronictl does not reach it: start it on its host.")
    }
    return decision
  }

  /// `fence_old_primary`.
  var fence: Decision {
    guard target != nil else { return withoutTarget }
    switch condition {
    case .settled(.leader):
      return cluster.primaries.count > 1
        ? .dangerous("\(name) holds the lock: the other primary is the one to stop.", look: [list])
        : .dangerous("\(name) is the only primary now: stopping it ends all writes.", look: [list])
    case .settled(.primary) where leader.name == nil: return withoutLock
    case .settled(.primary): return .needed("\(name) is out of recovery beside \(leaderName).")
    case .settled(.streaming), .settled(.running), .settled(.diverged):
      return .done("\(name) is in recovery and takes no writes.")
    case .settled(.down), .settled(.startFailed): return .done("\(sight(condition)).")
    case .settled(.unreachable), .settled(.unknown), .busy:
      return .unclear(
        "\(sight(condition)): it may take writes from those who reach it.",
        tell: "Its server, asked from where the clients are.",
        look: [list]
      )
    }
  }

  /// Of two primaries nobody knows which one is to stay.
  private var withoutLock: Decision {
    .unclear(
      "\(name) is out of recovery, and nothing asked tells who holds the lock.",
      tell: "Patroni's record: --patroni, or --patronictl-list.",
      look: [list]
    )
  }

  /// `restart_patroni`: its server runs, its Patroni does not.
  var restartPatroni: Decision {
    guard target != nil else { return withoutTarget }
    if member.agent != nil { return .done("\(name)'s Patroni answers.") }
    if condition == .settled(.primary) {
      return .dangerous(
        "\(name) is out of recovery beside \(leaderName): Patroni would demote it, and what only it has could be "
          + "overwritten. Copy its data first.",
        look: [list]
      )
    }
    if let problem = member.agentProblem, problem.failure == .refused {
      return .needed("\(name)'s Patroni does not run: \(problem.words).")
    }
    if member.role?.source == .dcs {
      return .done("\(name)'s Patroni keeps its key in the DCS, which it has to renew.")
    }
    if cluster.listedBy == .dcs {
      return .needed("\(name) has no key in the DCS: its Patroni does not run, or does not reach it.")
    }
    return .unclear("\(name)'s Patroni was not asked.", tell: "Its REST API: --patroni.", look: [list])
  }

  /// `check_clone_source`.
  var cloneSource: Decision {
    guard target != nil else { return withoutTarget }
    switch condition {
    case .settled(.streaming), .settled(.leader): return .done("\(sight(condition)).")
    case .busy("creating replica"):
      return .unclear("A copy is under way.", tell: "The same question when it is through.", look: [list])
    case .settled(.startFailed), .settled(.down): return .needed("\(sight(condition)).")
    case .settled(.primary), .settled(.running), .settled(.diverged), .settled(.unreachable), .settled(.unknown), .busy:
      return .unclear("\(sight(condition)).", tell: "\(name)'s log.", look: [list])
    }
  }

  /// `fix_configuration`: a setting, a login, a file.
  var configuration: Decision {
    guard target != nil else { return withoutTarget }
    if let lower = lowerSetting { return .needed(lower) }
    if member.isReplayPaused?.value == true { return .needed("\(name)'s replay is paused.") }
    switch condition {
    case .settled(.streaming), .settled(.leader):
      return member.isRestartPending?.value == true
        ? .needed("\(sight(condition)), but a changed setting waits for its restart.") : .done("\(sight(condition)).")
    case .settled(.startFailed), .settled(.down): return .needed("\(sight(condition)).")
    case .settled(.primary), .settled(.running), .settled(.diverged), .settled(.unreachable), .settled(.unknown), .busy:
      return .unclear("\(sight(condition)).", tell: "\(name)'s log.", look: [list])
    }
  }

  /// Settings that may not be lower on a standby than on its primary (PostgreSQL's manual, "Administrator's Overview" of
  /// hot standby).
  private static let notLower = [
    "max_connections", "max_prepared_transactions", "max_locks_per_transaction", "max_wal_senders",
    "max_worker_processes",
  ]

  private var lowerSetting: String? {
    guard member.isInRecovery?.value == true, let own = member.server?.settings,
      let leading = leader.name.flatMap({ cluster.member($0).server?.settings })
    else { return nil }
    for setting in Self.notLower {
      if let here = own[setting].flatMap({ Int($0) }), let there = leading[setting].flatMap({ Int($0) }), here < there {
        return
          "\(setting) is \(here) on \(name) and \(there) on \(leaderName): replay waits at the first record that says so."
      }
    }
    return nil
  }
}
