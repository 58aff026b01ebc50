import Contract

/// Fetches a backup where no member is left to copy from.
enum RestoreFromBackup: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    let damaged = advice.concerned.first { advice.plan(for: $0).contains(.restore) }
    let isStuck = advice.has(.recoveryStuck, .waitingForLeader) && !advice.context.isLeaderHealthy && !advice.isOver
    guard damaged != nil || isStuck else { return [] }
    let member = damaged ?? advice.concerned.first
    return [
      Remedy(
        code: .restoreFromBackup,
        urgency: damaged == nil ? .soon : .now,
        summary: "Restore a backup beside the old data and start it alone, if no member's data can be used.",
        commands: member.map { [keepOldData(of: $0)] } ?? [],
        risk: "What was written after the backup and its archived WAL is lost. "
          + "pg_resetwal, and deleting WAL, history files or backup_label, make damage final: keep away from them.",
        preconditions: [
          "no other member has newer usable data: compare pg_controldata on each of them",
          "all members are stopped, and their data directories are kept",
        ],
        verify: [
          "the restored server starts and pg_amcheck --all finds nothing",
          "\(advice.commands.list) shows it as "
            + "leader",
        ],
        answers: advice.found(
          .dataDirectoryLost,
          .walCorrupt,
          .historyFileInvalid,
          .controlFileRewritten,
          .systemIDMismatch,
          .recoveryStuck,
          .waitingForLeader
        )
      )
    ]
  }

  private static func keepOldData(of member: MemberOutlook) -> String {
    let directory = member.dataDirectoryWord
    return member.runtime.runningHere("cp -a \(directory) \(directory).damaged")
  }
}
