import Contract
import Model

/// The title and the summary of an incident: fit for a ticket.
struct IncidentWords {
  let facts: IncidentFacts
  let impact: Impact
  let rootCause: RootCause
  let findings: [Finding]

  var title: String {
    let outage =
      impact.writeOutage.map { window in
        window.duration.map { ", \(Self.seconds($0)) without writes" }
          ?? (facts.status == .ongoing ? ", writes still fail" : "")
      } ?? ""
    return head + outage
  }

  private var head: String {
    switch facts.kind {
    case .failover: return "Failover" + move
    case .switchover: return "Switchover" + move
    case .splitBrain:
      let second = facts.change == nil ? facts.subject : facts.newPrimary
      let names = [facts.oldPrimary, second].compactMap { $0 }
      return names.count == 2 ? "Two primaries: \(names[0]) and \(names[1])" : "Two primaries"
    case .primaryOutage:
      guard let primary = facts.oldPrimary.map({ "Primary \($0)" }) else { return headOfUnseenPrimary }
      return "\(primary) \(facts.status == .ongoing ? "lost" : "interrupted"), no failover"
    case .dcsOutage:
      guard let primary = facts.oldPrimary else { return "DCS outage" }
      return "DCS outage, \(primary) \(hasGivenUp(primary) ? "demoted itself" : "went on")"
    case .replicaOutage:
      // A standby of which only its upstream speaks has no name.
      let replica = facts.subject.map { "Replica \($0)" } ?? "A replica"
      return facts.draft.has(.replicaTrouble) ? "\(replica) out" : "\(replica) lags"
    case .bootstrapFailure: return "Cluster could not be initialised"
    case .routingOutage: return "\(isShownByProxy ? "Proxy" : "Clients") had no way to the primary"
    case .poolerOutage: return "Pooler down"
    case .saturation:
      let place = facts.subject.map { " on \($0)" } ?? ""
      return facts.draft.has(.diskFull) ? "Disk full\(place)" : "Connections exhausted\(place)"
    }
  }

  /// From whom to whom leadership went, as far as the lines name them.
  private var move: String {
    switch (facts.oldPrimary, facts.newPrimary) {
    case (let old?, let new?) where old == new: " " + stations.joined(separator: " → ")
    case (let old?, let new?): " \(old) → \(new)"
    case (nil, let new?): " to \(new)"
    case (let old?, nil): " from \(old)"
    case (nil, nil): ""
    }
  }

  /// The members that led one after the other, where leadership came back to the first; of many the ends.
  private var stations: [String] {
    let all = facts.draft.changes.prefix(1).map(\.oldPrimary) + facts.draft.changes.map(\.newPrimary)
    return all.count <= 4 ? all : all.prefix(2) + ["…"] + all.suffix(2)
  }

  private func hasGivenUp(_ primary: String) -> Bool {
    facts.draft.has(.primaryInterruption)
      || facts.of(.leaderDemoting, .leaderDemoted, member: primary).contains(where: \.isForWantOfStore)
  }

  /// Whether it is the proxy that had no way, as far as the lines show; else clients are all that is known to have had none.
  private var isShownByProxy: Bool { rootCause.code != .unknown || facts.draft.isShownByProxy }

  /// Clients or a proxy alone tell that writes failed, but neither where nor that nobody took over.
  private var headOfUnseenPrimary: String {
    facts.status == .ongoing ? "Writes fail, no line shows the primary" : "Writes failed, no line shows the primary"
  }

  /// Three to six sentences: what failed, what it did to clients, how it ended, what is left to do.
  var summary: String {
    [whatFailed, whatClientsSaw, dataSentence, howItEnded, whatIsLeft].compactMap { $0 }.joined(separator: " ")
  }

  private var whatFailed: String {
    let when = (facts.milestones.faultAt ?? facts.start).rfc3339
    let cause =
      rootCause.code == .unknown ? "What started it is not shown." : Self.firstSentence(of: rootCause.explanation)
    return "\(head) at \(when). \(cause)"
  }

  /// The strongest reason alone; the root cause's own section has the rest.
  private static func firstSentence(of text: String) -> String {
    guard let end = text.firstRange(of: ". ") else { return text }
    return String(text[..<end.lowerBound]) + "."
  }

  private var whatClientsSaw: String? {
    guard let outage = impact.writeOutage else {
      return facts.observations.clients.isObserved ? "No outage of writes is shown." : nil
    }
    let failed =
      impact.failedWrites.map {
        $0 > 0 ? "; \($0) \($0 == 1 ? "write" : "writes") failed" : "; none failed, clients waited"
      } ?? ""
    guard let to = outage.to, let duration = outage.duration else {
      return facts.status == .ongoing
        ? "Writes have not worked since \(outage.from.timeOfDay)\(failed)."
        : "Writes stopped at \(outage.from.timeOfDay)\(failed); when they worked again is not shown."
    }
    return
      "Writes did not work for \(Self.seconds(duration)), from \(outage.from.timeOfDay) to \(to.timeOfDay)\(failed)."
  }

  private var dataSentence: String? {
    switch impact.lostWrites.verdict {
    case .confirmed: "Acknowledged writes were lost: \(impact.lostWrites.explanation)"
    case .possible: "Acknowledged writes may be lost: \(impact.lostWrites.explanation)"
    case .unknown, .none: nil
    }
  }

  private var howItEnded: String {
    switch facts.status {
    case .resolved: "Service and redundancy were back at \((facts.end ?? facts.start).timeOfDay)."
    case .degraded:
      facts.draft.isReplicaOnly
        ? "\(facts.subject ?? "The replica") is not back by the end of the log."
        : "Writes work again, but \(stillOut) is not back by the end of the log."
    case .ongoing: "It is not over by the end of the log."
    }
  }

  private var stillOut: String {
    let out = facts.draft.lostMembers.filter {
      facts.observations.restoration(of: $0, after: facts.draft.lossOf($0)) == nil
    }
    return out.isEmpty ? "a member" : out.joined(separator: ", ")
  }

  private var whatIsLeft: String? {
    let grave = findings.filter { $0.severity == .critical && $0.code != .leaderLost && $0.code != .noServerAvailable }
    return grave.first.map { "Look at: \($0.summary)" }
  }

  /// Seconds with one decimal, such as `36.3 s`.
  static func seconds(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
  }
}
