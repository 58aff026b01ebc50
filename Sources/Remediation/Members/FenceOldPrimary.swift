import Contract

/// Stops a former primary that still accepts writes.
enum FenceOldPrimary: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    advice.concerned.filter { advice.plan(for: $0).contains(.fence) }.map { remedy(for: $0, in: advice) }
  }

  private static func remedy(for member: MemberOutlook, in advice: Advice) -> Remedy {
    var commands = [member.runtime.stopCommand]
    if case .host = member.runtime {
      // A server that outlived its Patroni is not stopped with the unit.
      commands.append(member.runtime.runningHere("sudo -u postgres pg_ctl -D \(member.dataDirectoryWord) stop -m fast"))
    }
    return Remedy(
      code: .fenceOldPrimary,
      urgency: .now,
      summary: "Stop \(member.name): it still acts as primary beside \(advice.leaderName), and each write there is "
        + "lost to the cluster.",
      commands: commands,
      risk: "Sessions on \(member.name) are cut. Its data stays as it is.",
      preconditions: [
        "\(advice.leaderName) is the member that is to stay primary: compare what was written to each of "
          + "them"
      ],
      verify: [
        "\(advice.commands.list) shows one leader",
        "clients that used \(member.name) have connected to "
          + "\(advice.leaderName)",
      ],
      answers: advice.found(.dualPrimary)
    )
  }
}
