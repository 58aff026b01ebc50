import Contract

/// Lets pg_rewind bring a diverged member back, which spares the copy of everything.
enum RewindMember: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    advice.concerned.filter { advice.plan(for: $0).contains(.rewind) }.map { remedy(for: $0, in: advice) }
  }

  private static func remedy(for member: MemberOutlook, in advice: Advice) -> Remedy {
    let state = advice.state(of: member)
    let commands = advice.commands
    return Remedy(
      code: .rewindMember,
      urgency: .soon,
      summary: "Instead of building \(member.name) anew, let Patroni run pg_rewind on it, if its checksums or hints "
        + "allow that.",
      commands: [
        member.runtime.runningScript("pg_controldata \(member.dataDirectoryWord) | grep -E 'checksum|wal_log_hints'"),
        commands.editConfig("-s postgresql.use_pg_rewind=true"),
        member.runtime.restartCommand,
      ],
      risk: "Overwrites what only \(member.name) has. A rewind that breaks off leaves data that must be built anew.",
      preconditions: NewDataConditions(member: member, state: state, advice: advice).preconditions + [
        "data checksums, or wal_log_hints = on since before the fork",
        "\(member.name) still has its WAL back to the last checkpoint before the fork",
        "Patroni's rewind or superuser login works on \(advice.leaderName)",
      ],
      verify: NewDataConditions(member: member, state: state, advice: advice).verify,
      answers: advice.found(.timelineSplit, .memberStartFailed, .replicationBroken)
    )
  }
}

/// Switches pg_rewind on, so that the next diverged member comes back by itself.
enum EnableRewind: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    let isDisabled = advice.has(.rewindImpossible) && !advice.has(.rewindRan)
    guard isDisabled || advice.concerned.contains(where: { advice.plan(for: $0).contains(.enableRewind) }) else {
      return []
    }
    return [
      Remedy(
        code: .enableRewind,
        urgency: .later,
        summary: "Switch pg_rewind on, so that a former primary rejoins by itself after a failover.",
        commands: [
          advice.commands.editConfig("-s postgresql.use_pg_rewind=true"),
          advice.commands.editConfig("-p wal_log_hints=on"),
        ],
        risk: "wal_log_hints writes more WAL and needs a restart of each server; clusters with data checksums do "
          + "without it. "
          + "A rewound member's diverged writes are overwritten without a question.",
        preconditions: [
          "Patroni's rewind login exists (postgresql.authentication.rewind), or it may use the "
            + "superuser"
        ],
        verify: [advice.commands.patronictl("show-config \(advice.commands.scope)") + " shows use_pg_rewind: true"],
        answers: advice.found(.timelineSplit, .rewindImpossible, .rewindFailed)
      )
    ]
  }
}
