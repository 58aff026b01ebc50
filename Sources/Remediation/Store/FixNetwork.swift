import Contract

/// Finds the broken way between a member and the DCS, or between the proxy and the members.
enum FixNetwork: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    [towardsStore(advice), towardsMembers(advice)].compactMap { $0 }
  }

  private static func towardsStore(_ advice: Advice) -> Remedy? {
    guard let finding = advice.finding(.dcsUnreachable) else { return nil }
    let member = finding.member.map { advice.context.member($0) }
    let isCutOff = finding.member.map { advice.context.store.cutOff.contains($0) } ?? false
    let check = member.map { [$0.runtime.runningHere("curl -sS --max-time 3 http://DCS_HOST:2379/health")] } ?? []
    return Remedy(
      code: .fixNetwork,
      urgency: isCutOff ? .now : .soon,
      summary: "Find out what cut \(finding.member ?? "the member") off from the DCS that the others reach: link, "
        + "firewall, names.",
      commands: check,
      verify: ["every member of the DCS answers from \(finding.member ?? "the member") within a second"],
      answers: [.dcsUnreachable]
    )
  }

  /// A proxy that finds no server although the leader is well does not reach Patroni's REST API.
  private static func towardsMembers(_ advice: Advice) -> Remedy? {
    guard advice.incident.kind == .routingOutage, advice.has(.noServerAvailable), !advice.isOver,
      advice.context.isLeaderHealthy, let leader = advice.context.leader
    else { return nil }
    let host = advice.commands.name(leader)
    return Remedy(
      code: .fixNetwork,
      urgency: .now,
      summary: "Find out why the proxy's checks do not reach \(leader), which is writable: link, firewall, Patroni's "
        + "REST API.",
      commands: [
        "curl -sS --max-time 3 -o /dev/null -w '%{http_code}\\n' http://\(host):8008/primary  # on the "
          + "proxy's host"
      ],
      verify: ["the answer is 200", "the proxy marks \(leader) UP"],
      answers: [.noServerAvailable]
    )
  }
}
