import Contract

/// Fetches the logs that a conclusion lacks.
enum CollectMoreLogs: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    let answered = advice.found(.timelineSkipped, .missingSource, .truncatedLog, .recoveryStuck).filter {
      // A pause that names its setting needs no more lines.
      $0 != .recoveryStuck || FixServerSettings.members(in: advice).isEmpty
    }
    guard !answered.isEmpty else { return [] }
    return [
      Remedy(
        code: .collectMoreLogs,
        urgency: advice.isOver ? .later : .soon,
        summary: summary(for: answered, in: advice),
        commands: members(in: advice).map(\.runtime.logCommand) + [
          advice.commands.patronictl("history \(advice.commands.scope)")
        ],
        verify: ["failscope analyze with all files names the missing step"],
        answers: answered
      )
    ]
  }

  private static func summary(for answered: [FindingCode], in advice: Advice) -> String {
    if answered.contains(.timelineSkipped) {
      return "Fetch the logs of all members from before and after: a promotion happened that none of these lines shows."
    }
    if let missing = advice.finding(.missingSource)?.member {
      return "Fetch \(missing)'s log of the same minutes: others name it, and its own lines may change the conclusions."
    }
    if answered.contains(.recoveryStuck) {
      return "Fetch PostgreSQL's log since the server was started: it says which WAL recovery waits for."
    }
    return "Fetch the minutes before the first and after the last line: the log begins or ends inside the incident."
  }

  /// The members whose log is missing, else all of them.
  private static func members(in advice: Advice) -> [MemberOutlook] {
    let missing = advice.incident.findings.filter { $0.code == .missingSource }.compactMap(\.member)
    return missing.isEmpty ? advice.context.members : missing.map { advice.context.member($0) }
  }
}
