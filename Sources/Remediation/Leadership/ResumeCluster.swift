import Contract

/// Ends maintenance mode, if it still lasts.
enum ResumeCluster: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    guard advice.has(.clusterPaused), advice.context.isPaused else { return [] }
    return [
      Remedy(
        code: .resumeCluster,
        urgency: .now,
        summary: "Resume the cluster: while it is paused, no member is promoted and no server is started.",
        commands: [advice.commands.patronictl("resume \(advice.commands.scope) --wait")],
        risk: "Patroni acts at once: without a leader it promotes the best member that it reaches, "
          + "and what only an unreachable one has is lost; a primary without the lock is demoted.",
        preconditions: preconditions(in: advice),
        verify: ["\(advice.commands.list) shows a leader and no maintenance mode"],
        answers: [.clusterPaused]
      )
    ]
  }

  private static func preconditions(in advice: Advice) -> [String] {
    var conditions = ["the reason for the pause is over"]
    if !advice.context.isLeaderHealthy, let old = advice.context.leader {
      conditions.append("\(old) is started first if it can be: it has the most recent writes")
    }
    return conditions
  }
}
