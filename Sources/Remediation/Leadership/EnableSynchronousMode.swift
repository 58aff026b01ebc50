import Contract

/// Acknowledges a commit only when a standby that may be promoted has it.
enum EnableSynchronousMode: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    let answered = advice.found(.writesLost, .writesAtRisk)
    guard !answered.isEmpty, !advice.context.isSynchronous else { return [] }
    return [
      Remedy(
        code: .enableSynchronousMode,
        urgency: .later,
        summary: "Switch synchronous mode on if no acknowledged write may be lost in a failover.",
        commands: [advice.commands.editConfig("-s synchronous_mode=on")],
        risk: "Each commit waits for a standby. When the standby dies, writes wait until Patroni takes it off the "
          + "list, "
          + "at worst for ttl; with synchronous_mode_strict, until a standby is back.",
        preconditions: ["two standbys, or the waiting is acceptable while there is one"],
        verify: ["\(advice.commands.list) shows a Sync Standby"],
        answers: answered
      )
    ]
  }
}
