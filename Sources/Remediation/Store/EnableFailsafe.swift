import Contract

/// Lets the primary go on without the DCS while all members agree.
enum EnableFailsafe: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    let isStoreTrouble =
      advice.has(.demotedWithoutDCS) || advice.has(.dcsQuorumLost) && advice.incident.kind == .dcsOutage
    guard isStoreTrouble, !advice.context.hasFailsafe, !advice.has(.failsafeActive) else { return [] }
    return [
      Remedy(
        code: .enableFailsafe,
        urgency: .later,
        summary: "Switch failsafe mode on: the primary then outlives the DCS as long as every member answers it.",
        commands: [advice.commands.editConfig("-s failsafe_mode=true")],
        risk: "When the DCS is out and one member does not answer, the primary is demoted all the same.",
        preconditions: ["Patroni 3.0 or later on every member", "members reach each other's REST API"],
        verify: [advice.commands.patronictl("show-config \(advice.commands.scope)") + " shows failsafe_mode: true"],
        answers: advice.found(.demotedWithoutDCS, .dcsQuorumLost)
      )
    ]
  }
}
