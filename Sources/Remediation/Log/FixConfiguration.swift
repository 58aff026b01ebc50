import Contract

/// Checks the configuration of a Patroni that exits, or of a cluster that cannot be born.
enum FixConfiguration: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    let answered = advice.found(.patroniStartFailed, .bootstrapFailed)
    guard !answered.isEmpty, !advice.isOver || !isBack(in: advice) else { return [] }
    let name = advice.finding(.patroniStartFailed)?.member ?? advice.finding(.bootstrapFailed)?.member
    let member = name.map { advice.context.member($0) }
    return [
      Remedy(
        code: .fixConfiguration,
        urgency: .now,
        summary: "Put right what the log names on \(name ?? "the member"), and let Patroni check its file before the "
          + "next start.",
        commands: member.map { [check(on: $0, in: advice), $0.runtime.startCommand] } ?? [],
        risk: answered.contains(.bootstrapFailed)
          ? "Patroni removes or renames the data directory of a bootstrap that failed: look at it first if it held "
            + "anything." : nil,
        verify: ["Patroni stays up", "\(advice.commands.list) shows the member"],
        answers: answered
      )
    ]
  }

  private static func isBack(in advice: Advice) -> Bool {
    let names = [advice.finding(.patroniStartFailed)?.member, advice.finding(.bootstrapFailed)?.member].compactMap {
      $0
    }
    return names.allSatisfy { advice.context.member($0).condition.isGood }
  }

  /// A container that exits at once cannot be entered; a second one with the same volumes can.
  private static func check(on member: MemberOutlook, in advice: Advice) -> String {
    let file = ShellWord.word(advice.context.configurationFile, or: "/etc/patroni.yml")
    let check = "patroni --validate-config \(file)"
    switch member.runtime {
    case .host, .pod: return member.runtime.runningHere(check)
    case .container(let name):
      return "docker run --rm --volumes-from \(ShellWord.word(name, or: "CONTAINER")) IMAGE \(check)"
    case .composeService(let name): return "docker compose run --rm \(ShellWord.word(name, or: "SERVICE")) \(check)"
    }
  }
}
