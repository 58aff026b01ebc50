import Contract
import Model

// What Patroni tells about its DCS.

extension Question {
  /// A Patroni that reached the DCS within this many seconds is connected to it: the default `ttl` and a loop.
  private static let longestSilence = 40.0

  /// `restore_dcs`.
  var store: Decision {
    let agents = cluster.members.filter { $0.agent != nil }
    let inFailsafe = agents.filter { $0.agent?.isFailsafeActive == true }.map(\.name)
    guard inFailsafe.isEmpty else {
      return .needed("\(listText(inFailsafe)) \(inFailsafe.count == 1 ? "runs" : "run") in failsafe mode.")
    }
    guard !agents.isEmpty else {
      return .unclear("No Patroni was asked.", tell: "The DCS's own health, or --patroni.", look: storeCommands)
    }
    let cutOff = agents.filter { storeIsSeen(by: $0) == false }.map(\.name)
    guard cutOff.isEmpty else { return .needed("\(listText(cutOff)) cannot reach the DCS.") }
    if cluster.listedBy == .dcs, leader.isHealthy {
      return .done("Patroni reads the DCS, and \(leaderName) holds the lock.")
    }
    return .unclear("Patroni answers, but \(leaderTrouble).", tell: "The DCS's own health.", look: storeCommands)
  }

  /// `fix_network`, between a member and the DCS; the proxy's way was not asked.
  var network: Decision {
    guard remedy.answers.contains(.dcsUnreachable), target != nil else {
      return .unclear(
        "The proxy was not asked.",
        tell: "The remedy's own request, from the proxy's host.",
        look: storeCommands
      )
    }
    switch storeIsSeen(by: member) {
    case true?: return .done("\(name)'s Patroni reaches the DCS.")
    case false?: return .needed("\(name)'s Patroni does not reach the DCS.")
    case nil:
      return .unclear("\(name)'s Patroni did not tell.", tell: "Its REST API: --patroni.", look: storeCommands)
    }
  }

  /// Patroni 2.1.5 and later tell when they reached it last.
  private func storeIsSeen(by member: ObservedMember) -> Bool? {
    guard let agent = member.agent else { return nil }
    // It asks the DCS anew for each answer to GET /cluster.
    if member.isReadingStore { return true }
    guard let seen = agent.storeSeen, let now = cluster.askedAt else { return nil }
    return now.seconds(since: seen) <= Self.longestSilence
  }

  private var storeCommands: [String] {
    remedy.commands.filter {
      $0.contains("endpoint health") || $0.contains("curl -sS") || $0.contains("raft list-peers")
    }
  }
}
