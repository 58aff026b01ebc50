import Contract

/// Brings the agent back beside a server that runs on without it.
enum RestartPatroni: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    guard let finding = advice.finding(.patroniKilled), let name = finding.member else { return [] }
    let member = advice.context.member(name)
    guard !member.isAgentAlive, !member.condition.isStopped, !advice.plan(for: member).contains(.fence),
      member.condition != .streaming
    else { return [] }
    return [
      Remedy(
        code: .restartPatroni,
        urgency: .now,
        summary: "Start Patroni on \(name) again: its server has run without it since.",
        commands: [member.runtime.restartCommand],
        risk: "Patroni demotes the server at once if another member leads; in a container the server restarts with it.",
        preconditions: ["what only \(name) has was copied aside, if its server went on as primary"],
        verify: ["\(advice.commands.list) shows \(name) streaming"],
        answers: [.patroniKilled]
      )
    ]
  }
}

/// Lets a container or unit that died come back by itself.
enum RestartOnFailure: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    advice.concerned.filter { isAdvised(for: $0, in: advice) }.map { member in
      Remedy(
        code: .restartOnFailure,
        urgency: .later,
        summary: "Let \(member.name) be started again by itself when it dies.",
        commands: commands(for: member),
        risk: "A program that dies at each start is started again and again; a restart does not replace the look at "
          + "why it died.",
        verify: ["\(member.name) comes back after its main process was killed in a test"],
        answers: advice.found(.leaderLost, .patroniKilled)
      )
    }
  }

  /// Only for a death that nobody ordered, after which nothing came back.
  private static func isAdvised(for member: MemberOutlook, in advice: Advice) -> Bool {
    guard advice.has(.leaderLost, .patroniKilled), member.condition.isStopped, !advice.state(of: member).isHealed else {
      return false
    }
    guard let code = member.exitCode, code != 0, code != 143 else { return false }
    if case .pod = member.runtime { return false }
    return true
  }

  private static func commands(for member: MemberOutlook) -> [String] {
    switch member.runtime {
    case .host(let name):
      CommandWriter.configuration(
        "/etc/systemd/system/patroni.service.d/restart.conf on \(ShellWord.word(name, or: "HOST"))",
        "[Service]",
        "Restart=on-failure"
      )
    case .container(let name):
      ["docker update --restart unless-stopped \(ShellWord.word(name, or: "CONTAINER"))"]
    case .composeService: CommandWriter.configuration("compose.yaml, in the service", "restart: unless-stopped")
    case .pod: []
    }
  }
}
