import Contract

/// Looks into a server that is alive and answers nothing.
enum InvestigateStall: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    guard let finding = advice.finding(.postgresStalled) else { return [] }
    let member = finding.member.map { advice.context.member($0) }
    let sessions =
      "SELECT pid, state, wait_event_type, wait_event, now() - query_start AS since, left(query, 60) AS "
      + "query "
      + "FROM pg_stat_activity ORDER BY query_start LIMIT 40"
    return [
      Remedy(
        code: .investigateStall,
        urgency: advice.isOver || advice.has(.diskFull) ? .soon : .now,
        summary: "Look what \(finding.member ?? "the server") waits for: disk, locks, swap, a frozen process.",
        commands: member.map { member in
          [
            member.runtime.runningHere("ps -eo pid,stat,wchan:32,etime,args --sort=stat"),
            advice.commands.psql(sessions, on: member), member.runtime.runningHere("iostat -x 1 3"),
          ]
        } ?? [],
        risk: "Killing a single server process with SIGKILL resets all sessions.",
        verify: ["a query answers at once, and Patroni's loop takes less than a second"],
        answers: [.postgresStalled]
      )
    ]
  }
}
