package import Model

/// One hand-over of leadership, from the loss of the old primary to the new one's lock.
package struct LeadershipChange: Hashable, Sendable {
  package var oldPrimary: String
  package var newPrimary: String
  /// When the lock was taken (or first seen in the new hands).
  package var acquiredAt: Instant
  package var acquired: Occurrence?
  /// The earliest sign of the old primary's loss; for a planned change, of the request.
  package var faultAt: Instant
  package var faultEvidence: [Occurrence]
  /// The request or the planned demotion, if somebody asked for the change.
  package var request: Occurrence?

  /// Whether the new leader is in recovery by design (standby cluster).
  package var isStandby = false

  package var isPlanned: Bool { request != nil }
}

/// Reads the changes off the leadership's terms.
struct LeadershipChangeFinder {
  let observations: Observations

  /// All changes between different members, in time order.
  func changes() -> [LeadershipChange] {
    let terms = observations.leadership.terms
    return zip(terms, terms.dropFirst()).compactMap { old, new in
      guard old.member != new.member, new.beginning != .bootstrap else { return nil }
      return change(from: old, to: new)
    }
  }

  private func change(from old: LeaderTerm, to new: LeaderTerm) -> LeadershipChange {
    let loss = PrimaryLoss(of: old.member, before: new.from, after: old.from, observations: observations)
    let request = plannedRequest(from: old, to: new).flatMap { wasLost(old.member, loss, before: $0) ? nil : $0 }
    return LeadershipChange(
      oldPrimary: old.member,
      newPrimary: new.member,
      acquiredAt: new.from,
      acquired: new.began,
      faultAt: request?.at ?? loss.at,
      faultEvidence: request.map { [$0] + loss.evidence } ?? loss.evidence,
      request: request,
      isStandby: new.isStandbyLeader
    )
  }

  /// A request that comes after the leader was lost ends an outage; it does not cause one.
  private func wasLost(_ member: String, _ loss: PrimaryLoss, before request: Occurrence) -> Bool {
    guard !loss.evidence.isEmpty, loss.at < request.at.advanced(bySeconds: -5) else { return false }
    let after = observations.agents[member]?.signs.first(after: loss.at.advanced(bySeconds: 1))
    return after.map { $0.at <= request.at } != true
  }

  /// A change is planned if a request arrived, or the old leader stepped down for one, shortly before the lock moved.
  private func plannedRequest(from old: LeaderTerm, to new: LeaderTerm) -> Occurrence? {
    let start = max(old.from, new.from.advanced(bySeconds: -90))
    let window = Window(from: start, to: new.from.advanced(bySeconds: 3))
    let occurrences = observations.occurrences
    let requests = occurrences.of(.operatorRequested, .operatorCommand, in: window).filter {
      ["switchover", "failover"].contains($0.fields[.action] ?? "")
    }
    let steps =
      occurrences.of(.operatorProceeding, in: window)
      + occurrences.of(.leaderDemoting, .leaderDemoted, .leaderReleased, in: window).filter { $0.reason == "operator" }
    if let step = steps.min(by: { $0.index < $1.index }) {
      // A request for a later time is no trouble yet: the change begins when the leader carries it out.
      let request = requests.last { $0.index <= step.index }
      return request?.fields[.scheduledAt] == nil ? request ?? step : step
    }
    let completed = occurrences.first(.operatorCompleted, member: new.member, in: window.widened(bySeconds: 3))
    return completed.map { requests.last ?? $0 }
  }
}
