import Contract

/// Puts right the setting over which a member's server does not start or its replay waits.
enum FixServerSettings: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    members(in: advice).map { remedy(for: $0, in: advice) }
  }

  /// The members whose settings, not whose data, are to blame.
  static func members(in advice: Advice) -> [MemberOutlook] {
    let told = advice.incident.findings.filter { [.memberStartFailed, .recoveryStuck].contains($0.code) }
    var names: [String] = []
    for name in told.compactMap(\.member) where !names.contains(name) { names.append(name) }
    return names.map { advice.context.member($0) }.filter {
      $0.startFailure == .environment && !$0.condition.isGood
        && !advice.has(.diskFull, .bootstrapFailed, .patroniStartFailed)
    }
  }

  private static func remedy(for member: MemberOutlook, in advice: Advice) -> Remedy {
    let commands = advice.commands
    return Remedy(
      code: .fixConfiguration,
      urgency: .now,
      summary: "Put right the setting that \(member.name)'s server names: its data is not to blame.",
      commands: [
        commands.patronictl("show-config \(commands.scope)"),
        commands.patronictl("restart \(commands.scope) \(commands.name(member.name)) --pending --force"),
      ],
      preconditions: [
        "the value is changed where it is set: patronictl edit-config for the cluster, else "
          + "\(member.name)'s own Patroni file"
      ],
      verify: ["\(commands.list) shows \(member.name) streaming"],
      answers: advice.found(.memberStartFailed, .recoveryStuck)
    )
  }
}
