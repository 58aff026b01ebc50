import Contract

/// Looks at the member that copies are taken from, after a copy broke off.
enum CheckCloneSource: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    guard let finding = advice.finding(.replicaCreationFailed), !advice.has(.reinitRan) else { return [] }
    if let name = finding.member, advice.context.member(name).condition.isGood { return [] }
    let source = advice.commands.leader
    let query = "SELECT pid, backend_start, state FROM pg_stat_replication WHERE application_name LIKE '%basebackup%'"
    return [
      Remedy(
        code: .checkCloneSource,
        urgency: .soon,
        summary: "Look at what \(finding.member ?? "the new replica") copies from: login, free WAL senders, network, "
          + "space.",
        commands: source.map { source in
          [
            advice.commands.psql("SHOW max_wal_senders", on: source), advice.commands.psql(query, on: source),
            source.runtime.runningHere("df -h \(source.dataDirectoryWord)"),
          ]
        } ?? [],
        verify: ["\(advice.commands.list) shows the member creating replica, then streaming"],
        answers: [.replicaCreationFailed]
      )
    ]
  }
}
