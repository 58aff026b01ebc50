import Contract
import Model

/// No space left.
enum DiskFull: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lines = facts.of(.faultDiskFull)
    guard let first = lines.first else { return [] }
    return [
      facts.finding(
        .diskFull,
        .critical,
        member: first.member,
        by: [first, lines.last == first ? nil : lines.last],
        "\(first.member ?? "A server") has no space left."
      )
    ]
  }
}

/// No connection slots left.
enum ConnectionsExhausted: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let slots = facts.of(.faultConnectionsExhausted)
    let sentAway = facts.of(.poolerClientFailed).filter { $0.reason == "too_many" }
    let lines = slots.isEmpty ? sentAway : slots
    guard let first = lines.first, facts.kind == .saturation || lines.count >= 3 else { return [] }
    let place = slots.isEmpty ? "the pooler" : first.member ?? "the server"
    return [
      facts.finding(
        .connectionsExhausted,
        .critical,
        member: first.member,
        by: [first, lines.last == first ? nil : lines.last],
        "Connection slots ran out on \(place): \(lines.count) refusals."
      )
    ]
  }
}

/// Host names did not resolve.
enum NameResolutionFailed: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lines =
      facts.of(.faultNameUnresolved)
      + facts.of(.replicationConnectFailed, .candidatePeerUnreachable).filter { $0.reason == "dns" }
      + facts.of(.poolerServerClosed, .proxyServerDown).filter { $0.reason == "dns" }
    guard let first = lines.min(by: { $0.index < $1.index }) else { return [] }
    let host = first.fields[.host] ?? first.fields[.member]
    let isOneMember = lines.allSatisfy { $0.member == first.member }
    return [
      facts.finding(
        .dnsFailure,
        .warning,
        member: isOneMember ? first.member : nil,
        by: [first],
        "The name \(host ?? "of a host") did not resolve."
      )
    ]
  }
}
