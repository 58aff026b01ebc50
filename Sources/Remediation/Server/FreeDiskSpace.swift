import Contract

/// Makes room on a full disk without touching what PostgreSQL needs.
enum FreeDiskSpace: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    guard let finding = advice.finding(.diskFull) else { return [] }
    let member = finding.member.map { advice.context.member($0) }
    return [
      Remedy(
        code: .freeDiskSpace,
        urgency: advice.isOver ? .soon : .now,
        summary: "Make room on \(finding.member ?? "the full disk"): delete what is not PostgreSQL's, or enlarge the "
          + "volume.",
        commands: member.map { commands(for: $0, in: advice) } ?? [],
        risk: "Files in pg_wal are never deleted by hand: the server may not start again without them. "
          + "A dropped slot's replica has to be built anew.",
        preconditions: ["a slot that is dropped belongs to nobody any more"],
        verify: ["the disk has more free space than the WAL of a busy day", "a CHECKPOINT succeeds"],
        answers: [.diskFull]
      )
    ]
  }

  private static func commands(for member: MemberOutlook, in advice: Advice) -> [String] {
    let directory = member.dataDirectoryWord
    let slots =
      "SELECT slot_name, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) AS keeps "
      + "FROM pg_replication_slots ORDER BY restart_lsn"
    return [
      member.runtime.runningHere("df -h \(directory) \(directory)/pg_wal"),
      member.runtime.runningHere("du -xsh \(directory)/pg_wal \(directory)/base \(directory)/log"),
      advice.commands.psql(slots, on: member),
    ]
  }
}
