import Contract

/// Repairs WAL archiving, whose failure keeps WAL until the disk is full.
enum FixArchiving: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    guard advice.context.hasArchivingFailures, let finding = advice.finding(.diskFull) else { return [] }
    let member = finding.member.map { advice.context.member($0) }
    let query =
      "SELECT archived_count, last_archived_wal, failed_count, last_failed_wal, last_failed_time FROM "
      + "pg_stat_archiver"
    return [
      Remedy(
        code: .fixArchiving,
        urgency: .soon,
        summary: "Repair archive_command: each segment that cannot be archived stays on the disk.",
        commands: member.map {
          [advice.commands.psql(query, on: $0), advice.commands.psql("SHOW archive_command", on: $0)]
        } ?? [],
        risk: "An archive_command that only pretends (/bin/true) frees the disk and breaks every later restore.",
        verify: ["last_archived_wal moves on, failed_count does not"],
        answers: [.diskFull]
      )
    ]
  }
}
