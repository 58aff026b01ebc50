import Contract

/// Finds who uses up the connection slots, and makes room.
enum AddConnectionHeadroom: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    guard let finding = advice.finding(.connectionsExhausted) else { return [] }
    let member = (finding.member ?? advice.context.leader).map { advice.context.member($0) }
    let users =
      "SELECT usename, application_name, client_addr, state, count(*), max(now() - state_change) AS longest "
      + "FROM pg_stat_activity GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC LIMIT 20"
    return [
      Remedy(
        code: .addConnectionHeadroom,
        urgency: advice.isOver ? .soon : .now,
        summary: "Find who holds the connections, put them behind the pooler, and only then raise max_connections.",
        commands: (member.map { [advice.commands.psql(users, on: $0)] } ?? [])
          + CommandWriter.configuration(
            "pgbouncer.ini, section [pgbouncer]",
            "default_pool_size = 20",
            "max_db_connections = POOL_LIMIT"
          )
          + [advice.commands.editConfig("-p max_connections=MAX_CONNECTIONS")],
        risk: "max_connections needs a restart of every server, standbys not before the primary when it is lowered; "
          + "each connection takes memory.",
        preconditions: [
          "the pools of all poolers together stay below max_connections less "
            + "superuser_reserved_connections"
        ],
        verify: ["the number of sessions stays below four fifths of max_connections at the busiest time"],
        answers: [.connectionsExhausted]
      )
    ]
  }
}
