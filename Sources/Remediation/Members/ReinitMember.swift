import Contract

/// Lets Patroni throw a member's data away and copy the leader's.
enum ReinitMember: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    advice.concerned.filter { advice.plan(for: $0).contains(.reinit) }.map { remedy(for: $0, in: advice) }
  }

  private static func remedy(for member: MemberOutlook, in advice: Advice) -> Remedy {
    let state = advice.state(of: member)
    let commands = advice.commands
    let isCertain = advice.plan(for: member).isDisjoint(with: [.restart, .rebuild])
    return Remedy(
      code: .reinitMember,
      urgency: isCertain ? .now : .soon,
      summary: summary(for: member, state: state, in: advice),
      commands: [commands.patronictl("reinit \(commands.scope) \(commands.name(member.name)) --force")],
      risk: "Destroys \(member.name)'s data directory"
        + (state.holdsUniqueWrites ? ", and with it writes that exist nowhere else." : ".")
        + " The copy loads \(advice.leaderName), and there is no redundancy on \(member.name) until it is done.",
      preconditions: NewDataConditions(member: member, state: state, advice: advice).preconditions,
      verify: NewDataConditions(member: member, state: state, advice: advice).verify,
      answers: NewDataConditions.answers(in: advice)
    )
  }

  private static func summary(for member: MemberOutlook, state: RepairState, in advice: Advice) -> String {
    if state.isForeign {
      return "If \(member.name)'s data belongs to another cluster, build it anew from \(advice.leaderName). "
        + "First ask which is wrong: its data, or the identifier in the DCS."
    }
    let reason =
      if state.codes.contains(.walRemoved) {
        "the WAL it needs is gone"
      } else if state.hasDamagedData {
        "its data is damaged"
      } else if member.condition == .diverged || state.codes.contains(.timelineSplit) {
        "its history is not part of \(advice.leaderName)'s"
      } else if state.codes.contains(.standbyAhead) {
        "it is ahead of \(advice.leaderName) on the same timeline"
      } else {
        "its server does not start"
      }
    return "Build \(member.name) anew from \(advice.leaderName): \(reason)."
  }
}

/// What must hold before a member's data is replaced, and how success is seen.
struct NewDataConditions {
  let member: MemberOutlook
  let state: RepairState
  let advice: Advice

  var preconditions: [String] {
    let timeline = advice.context.leaderTimeline.map { " on timeline \($0)" } ?? ", its timeline is known"
    var conditions = ["\(advice.commands.list) shows \(advice.leaderName) as a healthy leader\(timeline)"]
    if state.isForeign {
      conditions.append(
        "Patroni runs on \(member.name); it exits as long as the identifiers "
          + "differ"
      )
    }
    if state.isPaused { conditions.append("the cluster is resumed, or everybody knows that it stays paused") }
    if state.holdsUniqueWrites {
      conditions.append("the diverged writes of \(member.name) were copied aside or judged dispensable")
    }
    if state.isForeign {
      conditions.append(
        "pg_controldata shows that \(member.name)'s system identifier is the foreign one, not "
          + "\(advice.leaderName)'s"
      )
    }
    if state.codes.contains(.diskFull) { conditions.append("there is space for a whole copy on \(member.name)") }
    return conditions
  }

  var verify: [String] {
    let timeline = advice.context.leaderTimeline.map { " on timeline \($0)" } ?? " on the leader's timeline"
    return ["\(advice.commands.list) shows \(member.name) streaming\(timeline), with no lag"]
  }

  static func answers(in advice: Advice) -> [FindingCode] {
    advice.found(
      .timelineSplit,
      .memberStartFailed,
      .rewindFailed,
      .rewindImpossible,
      .walRemoved,
      .systemIDMismatch,
      .dataDirectoryLost,
      .walCorrupt,
      .historyFileInvalid,
      .controlFileRewritten,
      .standbyAhead,
      .replicationBroken
    )
  }
}
