import Contract

/// Lets a member in whose replication login its upstream turns away.
enum FixReplicationLogin: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    advice.concerned.filter { $0.isLoginRefused && !$0.condition.isGood }.map { remedy(for: $0, in: advice) }
  }

  private static func remedy(for member: MemberOutlook, in advice: Advice) -> Remedy {
    let rules =
      "SELECT line_number, user_name, address, auth_method, error FROM pg_hba_file_rules "
      + "WHERE 'replication' = ANY(database)"
    return Remedy(
      code: .fixConfiguration,
      urgency: .now,
      summary: "Let \(advice.leaderName) accept \(member.name)'s replication login: the password in Patroni's "
        + "configuration, or a line of pg_hba.conf.",
      commands: advice.commands.leader.map { [advice.commands.psql(rules, on: $0)] } ?? [],
      preconditions: [
        "postgresql.authentication.replication is the same in every member's Patroni configuration, and is the "
          + "role's password"
      ],
      verify: ["\(advice.commands.list) shows \(member.name) streaming"],
      answers: advice.found(.replicationBroken, .memberStartFailed)
    )
  }
}
