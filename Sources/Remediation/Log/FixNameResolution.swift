import Contract

/// Makes host names resolve, or does without them.
enum FixNameResolution: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    guard let finding = advice.finding(.dnsFailure) else { return [] }
    let name = advice.commands.name(advice.incident.oldPrimary ?? finding.member, or: "HOST_NAME")
    let asking = finding.member.map { advice.context.member($0) }
    let lookUp = "time getent hosts \(name)"
    return [
      Remedy(
        code: .fixDNS,
        urgency: advice.isOver ? .later : .soon,
        summary: "Give members names that resolve while they are down: fixed addresses, or lines in /etc/hosts. "
          + "A stopped container takes its name with it.",
        commands: [asking.map { $0.runtime.runningScript(lookUp) } ?? lookUp]
          + CommandWriter.configuration(
            "/etc/hosts of each member, or extra_hosts in compose.yaml",
            "IP_ADDRESS \(name)"
          ),
        risk: "A fixed line hides a later change of the address.",
        verify: ["the name of a stopped member resolves, or fails within two seconds"],
        answers: [.dnsFailure]
      )
    ]
  }
}
