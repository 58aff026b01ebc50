import Contract

/// Starts what has merely stopped.
enum RestartMember: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    advice.concerned.filter { isAdvised(for: $0, in: advice) }.map { remedy(for: $0, in: advice) }
  }

  /// A crash for want of space ends by itself once there is space, if Patroni is there to start the server; a Patroni
  /// that gives up is started when its configuration is repaired.
  private static func isAdvised(for member: MemberOutlook, in advice: Advice) -> Bool {
    let isGivingUp = !advice.codes(about: member.name).isDisjoint(with: [.patroniStartFailed, .bootstrapFailed])
    return advice.plan(for: member).contains(.restart) && !(advice.has(.diskFull) && member.isAgentAlive)
      && !isGivingUp
  }

  private static func remedy(for member: MemberOutlook, in advice: Advice) -> Remedy {
    let state = advice.state(of: member)
    let isWhole = member.condition.isStopped && !member.isAgentAlive
    let restart = advice.commands.patronictl(
      "restart \(advice.commands.scope) \(advice.commands.name(member.name)) "
        + "--force"
    )
    return Remedy(
      code: .restartMember,
      urgency: .now,
      summary: summary(for: member, in: advice),
      commands: [isWhole ? member.runtime.startCommand : restart],
      risk: risk(for: member, state: state),
      preconditions: preconditions(for: member, state: state),
      verify: ["\(advice.commands.list) shows \(member.name) streaming" + (state.isLeader ? " or as leader" : "")],
      answers: advice.found(.leaderLost, .memberStartFailed, .replicationBroken, .noPromotableMember)
        .filter { $0 != .noPromotableMember || state.isLeader }
    )
  }

  private static func summary(for member: MemberOutlook, in advice: Advice) -> String {
    switch member.condition {
    case .down, .unreachable:
      if case .pod = member.runtime {
        return "Find out why \(member.name)'s pod does not come back; its controller would start it."
      }
      return advice.context.leader == member.name
        ? "Start \(member.name) again: it was the last leader and has all committed writes."
        : "Start \(member.name) again, so that the cluster has its redundancy back."
    case .startFailed:
      return "Put right what keeps \(member.name)'s server from starting, then restart it."
    default:
      return "Restart \(member.name), which is up and does not stream."
    }
  }

  private static func risk(for member: MemberOutlook, state: RepairState) -> String? {
    if state.holdsUniqueWrites, !state.isLeader {
      return "With use_pg_rewind, Patroni overwrites what only \(member.name) has as soon as it starts."
    }
    return member.condition == .running ? "Sessions on \(member.name) are cut." : nil
  }

  private static func preconditions(for member: MemberOutlook, state: RepairState) -> [String] {
    var conditions: [String] = []
    if state.holdsUniqueWrites, !state.isLeader { conditions.append("its data directory was copied aside") }
    if state.codes.contains(.diskFull) { conditions.append("there is space on its disk again") }
    if member.condition == .unreachable { conditions.append("its host can be reached") }
    return conditions
  }
}
