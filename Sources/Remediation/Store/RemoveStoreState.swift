import Contract

/// Deletes the cluster's keys from the DCS, as the last resort where they keep a cluster from being born.
enum RemoveStoreState: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    let answered = advice.found(.waitingForLeader, .systemIDMismatch)
    guard !answered.isEmpty, isAllowed(advice) else { return [] }
    return [
      Remedy(
        code: .removeDCSState,
        urgency: advice.has(.waitingForLeader) ? .now : .soon,
        summary: "If the record in the DCS is left from an earlier cluster, delete it, and let the member with the "
          + "right data start first. "
          + "First ask which is wrong: the record, or a member's data.",
        commands: identifiers(in: advice) + [advice.commands.patronictl("remove \(advice.commands.scope)")],
        risk: "Leader key, configuration and history vanish; the next Patroni to start makes its data, or an empty "
          + "cluster, the truth.",
        preconditions: [
          "\(advice.commands.list) shows no leader, and Patroni is stopped on all members",
          "pg_controldata shows which member has the data that counts, and Patroni is started there first",
          "the configuration is saved: \(advice.commands.patronictl("show-config \(advice.commands.scope)"))",
        ],
        verify: ["\(advice.commands.list) shows the right member as leader, with the right system identifier"],
        answers: answered
      )
    ]
  }

  /// Never while the log shows anybody who leads, acts as primary or follows a leader.
  private static func isAllowed(_ advice: Advice) -> Bool {
    let alive: Set<MemberCondition> = [.leader, .primary, .streaming, .diverged, .running]
    let isBorn = advice.context.leader != nil
    return !advice.context.isLeaderHealthy && (!advice.isOver || !isBorn)
      && !advice.context.members.contains { alive.contains($0.condition) }
  }

  private static func identifiers(in advice: Advice) -> [String] {
    advice.concerned.map { member in
      member.runtime.runningScript("pg_controldata \(member.dataDirectoryWord) | grep 'system identifier'")
    }
  }
}
