import Contract
import Model

/// What the report claims or leaves open about a member, that the member's own log could settle.
struct OpenQuestions {
  let incidents: [Incident]

  /// Questions that the agent's log of a member answers, the gravest first.
  func agent(of member: String) -> [String] {
    let asked = incidents.flatMap { incident -> [String] in
      if incident.oldPrimary == member { return lostPrimary(member, incident) }
      if incident.newPrimary == member { return newPrimary(member, incident) }
      return bystander(member, incident)
    }
    return asked.isEmpty ? ["whether \(member) was well in these minutes"] : asked
  }

  /// Questions that the server's log of a member answers where the agent's is there.
  func server(of member: String) -> [String] {
    incidents.flatMap { incident -> [String] in
      if incident.oldPrimary == member, incident.newPrimary != member {
        let loss = incident.impact.lostWrites
        return [
          "whether \(member)'s PostgreSQL shut down in order or crashed",
          loss.verdict == .none ? nil : "how far its WAL went beyond what was replicated",
        ].compactMap { $0 }
      }
      guard incident.newPrimary == member, incident.impact.writeOutage?.observedBy != .client else { return [] }
      return ["when exactly \(member) accepted writes, and the last transaction that it had replayed"]
    }
  }

  /// Questions that the store's own log answers.
  func store() -> [String] {
    let codes: Set<RootCauseCode> = [.dcsUnreachable, .dcsSlow, .dcsQuorumLost, .networkPartition]
    return incidents.filter { $0.kind == .dcsOutage || codes.contains($0.rootCause.code) }.map { incident in
      "whether the store lost its quorum or only \(incident.oldPrimary ?? "the leader")'s way to it was cut at "
        + incident.startedAt.timeOfDay
    }
  }

  /// Questions that any client's or proxy's log answers.
  func client() -> [String] {
    incidents.compactMap { incident in
      let stopsWrites: Set<IncidentKind> = [.failover, .switchover, .splitBrain, .primaryOutage, .dcsOutage]
      guard stopsWrites.contains(incident.kind) else { return nil }
      guard let outage = incident.impact.writeOutage else {
        return "how long clients could not write around \(incident.startedAt.timeOfDay)"
      }
      guard outage.observedBy != .client else { return nil }
      let length = outage.duration.map { " (\(IncidentWords.seconds($0)) as the \(outage.observedBy.rawValue) saw it)" }
      return "how long clients could not write from \(outage.from.timeOfDay) on\(length ?? "")"
    }
  }

  // MARK: - By role

  private func lostPrimary(_ member: String, _ incident: Incident) -> [String] {
    let fault = incident.milestones.faultAt ?? incident.startedAt
    let loss = incident.impact.lostWrites
    let isSettled = incident.impact.dualPrimary == .excluded || incident.kind == .splitBrain
    let question: String? =
      switch loss.verdict {
      case .none: nil
      case .confirmed: nil
      case .possible: "whether \(Self.writes(loss.upper)) lost"
      case .unknown: "whether acknowledged writes were lost"
      }
    let cause =
      incident.rootCause.code == .unknown
      ? "why \(member) was lost"
      : "what took \(member) down (\(incident.rootCause.code.rawValue) is \(Self.percent(incident.rootCause.confidence)) sure)"
    return [
      isSettled ? nil : "whether \(member) went on as primary after \(fault.timeOfDay)",
      question,
      incident.rootCause.confidence < 0.9 ? cause : nil,
    ].compactMap { $0 }
  }

  private func newPrimary(_ member: String, _ incident: Incident) -> [String] {
    guard let elected = incident.milestones.leaderElectedAt else {
      return ["when \(member) took over, and why it was \(member)"]
    }
    return ["when \(member) accepted writes after it had taken the lock at \(elected.timeOfDay)"]
  }

  private func bystander(_ member: String, _ incident: Incident) -> [String] {
    switch incident.kind {
    case .failover, .switchover, .splitBrain:
      ["whether \(member) followed \(incident.newPrimary ?? "the new primary"), and why it was not promoted itself"]
    case .primaryOutage, .dcsOutage:
      ["why \(member) did not take over at \(incident.startedAt.timeOfDay)"]
    case .replicaOutage, .bootstrapFailure, .routingOutage, .poolerOutage, .saturation: []
    }
  }

  private static func writes(_ upper: Int?) -> String {
    guard let upper else { return "acknowledged writes were" }
    return upper == 1 ? "1 acknowledged write was" : "up to \(upper) acknowledged writes were"
  }

  private static func percent(_ confidence: Double) -> String {
    "\(Int((confidence * 100).rounded())) %"
  }
}
