import Contract
import Model

/// Copies what only a lost member has, before anything overwrites it.
enum SalvageDivergedWrites: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    advice.concerned.compactMap { member in
      let plan = advice.plan(for: member)
      guard plan.contains(.salvage) else { return nil }
      return remedy(for: member, isUrgent: isUrgent(before: plan, in: advice), in: advice)
    }
  }

  /// Before anything that overwrites the data, always.
  ///
  /// Before a mere start, unless row counts are all that speaks for it: they may have other reasons.
  private static func isUrgent(before plan: RepairPlan, in advice: Advice) -> Bool {
    if !plan.isDisjoint(with: RepairPlan.destructive.union([.fence, .restore])) { return true }
    let isBacked = advice.has(.timelineSplit, .writesLost, .writesAtRisk, .dualPrimary, .standbyAhead, .rewindFailed)
    return isBacked && plan.contains(.restart)
  }

  private static func remedy(for member: MemberOutlook, isUrgent: Bool, in advice: Advice) -> Remedy {
    Remedy(
      code: .salvageDivergedWrites,
      urgency: isUrgent ? .now : .soon,
      summary: "Copy \(member.name)'s data directory aside before it is rewound or built anew: "
        + "acknowledged writes that never reached \(advice.leaderName) may exist only there.",
      commands: stop(member) + copy(member) + [waldump(member)] + start(member),
      risk: "None for the data; the copy needs as much space as the data directory. \(member.name) is stopped "
        + "meanwhile.",
      preconditions: ["\(member.name)'s server is stopped while it is copied"],
      verify: [
        "pg_waldump lists the commits beyond the fork",
        "the rows found are in \(advice.leaderName), or somebody has decided that they are not needed",
      ],
      answers: advice.found(
        .timelineSplit,
        .writesLost,
        .writesAtRisk,
        .dualPrimary,
        .rowCountChanged,
        .standbyAhead,
        .rewindFailed
      )
    )
  }

  /// A pod that is deleted comes back by itself, so it is copied as it runs.
  private static func stop(_ member: MemberOutlook) -> [String] {
    if case .pod = member.runtime { return [] }
    return member.condition.isStopped ? [] : [member.runtime.stopCommand]
  }

  /// A reinit needs Patroni on the member, so it is started again; a second primary is not.
  private static func start(_ member: MemberOutlook) -> [String] {
    if case .pod = member.runtime { return [] }
    return member.condition.isStopped || member.condition == .primary ? [] : [member.runtime.startCommand]
  }

  private static func copy(_ member: MemberOutlook) -> [String] {
    let name = ShellWord.word(member.name.contains("/") ? nil : member.name, or: "MEMBER")
    let directory = member.dataDirectoryWord
    switch member.runtime {
    case .host:
      return [member.runtime.runningHere("sudo cp -a \(directory) BACKUP_DIRECTORY/\(name)-diverged")]
    case .container(let container):
      return ["docker cp \(ShellWord.word(container, or: "CONTAINER")):\(directory) \(local(name))"]
    case .composeService(let service):
      return ["docker compose cp \(ShellWord.word(service, or: "SERVICE")):\(directory) \(local(name))"]
    case .pod(let pod):
      // Nothing can be copied out of a pod that is gone; its volume has to be mounted by another one.
      return ["kubectl cp \(ShellWord.word(pod, or: "POD")):\(directory) \(local(name))"]
    }
  }

  private static func local(_ name: String) -> String { "./\(name)-diverged" }

  private static func waldump(_ member: MemberOutlook) -> String {
    let name = ShellWord.word(member.name.contains("/") ? nil : member.name, or: "MEMBER")
    var directory = local(name)
    if case .host = member.runtime { directory = "BACKUP_DIRECTORY/\(name)-diverged" }
    let timeline = member.fork.map { String($0.timeline) } ?? "OLD_TIMELINE"
    let start = member.fork.map { $0.lsn.description } ?? "FORK_LSN"
    return "pg_waldump --path=\(directory)/pg_wal --timeline=\(timeline) --start=\(start)"
  }
}
