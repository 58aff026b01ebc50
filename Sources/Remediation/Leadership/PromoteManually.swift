import Contract

/// Promotes a member by hand, when nothing else brings writes back.
enum PromoteManually: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    let candidates = candidates(in: advice)
    guard state(in: advice, candidates: candidates).isAdvised else { return [] }
    // Which of several is ahead is for a listing to say.
    let candidate = candidates.count == 1 ? candidates.first?.name : nil
    let word = advice.commands.name(candidate, or: "CANDIDATE")
    let old = advice.incident.oldPrimary ?? "the old primary"
    return [
      Remedy(
        code: .promoteManually,
        urgency: .soon,
        summary: "Promote \(candidate ?? "the most advanced member") by hand if \(old) cannot be brought back.",
        commands: [
          advice.commands.list,
          advice.commands.patronictl("failover \(advice.commands.scope) --candidate \(word) --force"),
        ],
        risk: "Loses every write that \(candidate ?? "the candidate") has not replayed. If \(old) comes back, it has "
          + "diverged.",
        preconditions: [
          "\(old) cannot be started, and cannot go on as primary unseen: it is stopped or fenced",
          "no reachable member has more WAL than the candidate",
        ],
        verify: [
          "\(advice.commands.list) shows \(candidate ?? "the candidate") as leader on a new "
            + "timeline", "a write succeeds",
        ],
        answers: advice.found(.noPromotableMember, .promotionFailed)
      )
    ]
  }

  /// Members that are up and follow nobody who is writable.
  private static func candidates(in advice: Advice) -> [MemberOutlook] {
    advice.context.members.filter { member in
      let isUp = [.running, .streaming].contains(member.condition) && member.isAgentAlive
      return isUp && member.name != advice.incident.oldPrimary
    }
  }

  private static func state(in advice: Advice, candidates: [MemberOutlook]) -> PromotionState {
    PromotionState(
      codes: advice.codes,
      status: advice.incident.status,
      isLeaderHealthy: advice.context.isLeaderHealthy,
      hasPrimary: advice.context.members.contains { $0.condition == .primary },
      isPaused: advice.context.isPaused,
      isStoreOut: advice.context.store.isOut,
      hasCandidate: !candidates.isEmpty
    )
  }
}
