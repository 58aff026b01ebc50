import Contract

/// Moves a data directory away by hand, where Patroni exits before a reinit can reach it.
enum RebuildDataDirectory: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    advice.concerned.filter { advice.plan(for: $0).contains(.rebuild) }.map { remedy(for: $0, in: advice) }
  }

  private static func remedy(for member: MemberOutlook, in advice: Advice) -> Remedy {
    let state = advice.state(of: member)
    let conditions = NewDataConditions(member: member, state: state, advice: advice)
    let question =
      state.isForeign
      ? " First ask which is wrong: its data, or the identifier in the DCS." : ""
    return Remedy(
      code: .rebuildDataDirectory,
      urgency: .now,
      summary: "Move \(member.name)'s data directory aside and start Patroni, which then copies "
        + "\(advice.leaderName)'s: "
        + "a reinit cannot reach it while Patroni does not run.\(question)",
      commands: commands(for: member),
      risk: "\(member.name) starts with nothing; the old data stays beside it and takes space until somebody removes "
        + "it. "
        + "Where the directory is a mount point, move what is in it instead.",
      preconditions: conditions.preconditions + ["no server runs on \(member.name)"],
      verify: conditions.verify,
      answers: NewDataConditions.answers(in: advice)
    )
  }

  /// Containers that do not run are entered with their volumes, but without their program.
  private static func commands(for member: MemberOutlook) -> [String] {
    let directory = member.dataDirectoryWord
    let move = "mv \(directory) \(directory).aside"
    switch member.runtime {
    case .host:
      return [member.runtime.stopCommand, member.runtime.runningHere("sudo \(move)"), member.runtime.startCommand]
    case .container(let name):
      let word = ShellWord.word(name, or: "CONTAINER")
      return [
        "docker run --rm --volumes-from \(word) --entrypoint mv IMAGE \(directory) "
          + "\(directory).aside", member.runtime.startCommand,
      ]
    case .composeService(let name):
      let word = ShellWord.word(name, or: "SERVICE")
      return [
        "docker compose run --rm --entrypoint mv \(word) \(directory) "
          + "\(directory).aside", member.runtime.startCommand,
      ]
    case .pod:
      return [member.runtime.running(move), member.runtime.restartCommand]
    }
  }
}
