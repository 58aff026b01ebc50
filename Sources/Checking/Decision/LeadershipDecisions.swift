import Contract
import Remediation

// Who leads, and whether the cluster may choose somebody.

extension Question {
  /// `promote_manually`: what the candidate has not replayed is lost.
  var promotion: Decision {
    if leader.isHealthy {
      return leader.name == target && target != nil
        ? .done("\(name) leads\(onTimeline).")
        : .dangerous("\(leaderName) leads\(onTimeline): there is nothing to promote.", look: [list])
    }
    if !cluster.primaries.isEmpty {
      return .dangerous(
        "\(listText(cluster.primaries.map(\.name))) \(cluster.primaries.count == 1 ? "is" : "are") out of recovery: a "
          + "promotion would make one primary more.",
        look: [list]
      )
    }
    if case .unknown(let why) = leader.health {
      return .unclear("Whether somebody leads is not known: \(why).", tell: "Every member's own server.", look: [list])
    }
    if let old = incident.oldPrimary, case .settled(.unreachable) = conditionOf(old) {
      return .unclear(
        "\(old) does not answer: it may go on as primary unseen.",
        tell: "Whether \(old) is stopped or fenced.",
        look: [list]
      )
    }
    return choiceOfCandidate
  }

  private func conditionOf(_ name: String) -> LiveCondition {
    cluster.condition(of: cluster.member(name), leader: leader)
  }

  /// The member with the most WAL is the one to promote.
  private var choiceOfCandidate: Decision {
    guard let target else {
      return .needed("Nobody leads: \(leaderTrouble).", "The one with the most WAL is the candidate: \(positions).")
    }
    guard member.isHeard, let own = member.position?.value else {
      return .unclear("\(target)'s position in the WAL is not known.", tell: "\(target)'s server: --dsn.", look: [list])
    }
    let ahead = cluster.members.filter { $0.name != target && ($0.position?.value ?? own) > own }.map(\.name)
    guard ahead.isEmpty else {
      return .dangerous(
        "\(listText(ahead)) \(ahead.count == 1 ? "has" : "have") more WAL than \(target): \(positions).",
        look: [list]
      )
    }
    return .needed("Nobody leads: \(leaderTrouble).", "No member that answers has more WAL than \(target).")
  }

  private var positions: String {
    let known = cluster.members.compactMap { member in member.position.map { "\(member.name) \($0.value)" } }
    return known.isEmpty ? "nobody told its position" : listText(known)
  }

  /// `resume_cluster`: without a leader Patroni promotes whom it reaches.
  var resumption: Decision {
    switch cluster.isPaused {
    case false?: .done("The cluster is not paused.")
    case nil:
      .unclear(
        "Nothing asked tells whether the cluster is paused.",
        tell: "Patroni's REST API: --patroni. The line 'Maintenance mode: on' of a listing.",
        look: [list]
      )
    case true?: resumptionOfPaused
    }
  }

  private var resumptionOfPaused: Decision {
    switch leader.health {
    case .healthy: return .needed("The cluster is paused, and \(leaderName) leads\(onTimeline).")
    case .missing(let why):
      if cluster.primaries.count > 1 {
        return .dangerous(
          "\(why): Patroni would demote one of them at once. Choose which, and copy the other.",
          look: [list]
        )
      }
      if let old = incident.oldPrimary, [.settled(.down), .settled(.unreachable)].contains(conditionOf(old)) {
        return .dangerous(
          "The cluster is paused and \(old), the last leader, is away: Patroni would promote another member, and what "
            + "only \(old) has is lost. Start \(old) first if it can be.",
          look: [list]
        )
      }
      return .needed("The cluster is paused, and nobody leads: \(why).")
    case .unknown(let why):
      return .unclear(
        "The cluster is paused, but who leads is not known: \(why).",
        tell: "The leader's server.",
        look: [list]
      )
    }
  }

  /// `remove_dcs_state`: only while nobody lives by it.
  var removalOfStoreState: Decision {
    let alive = aliveMembers
    guard alive.isEmpty else {
      return .dangerous("\(listText(alive)) \(alive.count == 1 ? "runs" : "run") by this record.", look: [list])
    }
    // A member that only the report knows may run as well.
    let seen = Set(cluster.members.map(\.name))
    let unheard = past.report.cluster.members.map(\.name).filter { !seen.contains($0) }
    let silent = cluster.members.filter { $0.isOutOfReach || !$0.isAsked }.map(\.name) + unheard
    guard !cluster.members.isEmpty, silent.isEmpty else {
      return .unclear(
        silent.isEmpty ? "No member is known." : "\(listText(silent)) may run.",
        tell: "Whether Patroni is stopped on every member.",
        look: [list]
      )
    }
    return .needed("Nobody runs: \(listText(cluster.members.map { "\($0.name) is down" })).")
  }

  /// `restore_from_backup`: only while no member's data can be used.
  var restoration: Decision {
    if leader.isHealthy {
      return .dangerous("\(leaderName) leads\(onTimeline): its data is newer than any backup.", look: [list])
    }
    let alive = aliveMembers
    guard alive.isEmpty else {
      return .dangerous(
        "\(listText(alive)) \(alive.count == 1 ? "runs" : "run"): look at that data first.",
        look: [list]
      )
    }
    return .unclear(
      "Nobody runs that was asked.",
      tell: "pg_controldata on every member, which says whose data is the newest.",
      look: [list]
    )
  }

  /// Members whose server runs, by whoever told.
  private var aliveMembers: [String] {
    let living: Set<MemberCondition> = [.leader, .primary, .streaming, .diverged, .running]
    return cluster.members.filter { member in
      guard case .settled(let condition) = cluster.condition(of: member, leader: leader) else { return true }
      return living.contains(condition) || condition == .unknown && member.isHeard
    }.map(\.name)
  }
}
