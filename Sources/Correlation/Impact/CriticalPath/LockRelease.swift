import Contract
import Model

/// A lock that nobody gave back: when it was last renewed, and when others noticed that it was gone.
struct LockExpiry: Hashable, Sendable {
  var renewedAt: Instant
  var faultAt: Instant
  var freeAt: Instant
  /// From the expiry to the line that shows it, in seconds.
  var noticing: Estimate
}

/// How the leader lock of the old primary became free.
struct LockRelease: Sendable {
  enum How: Sendable {
    /// The old primary stopped in order and gave it back.
    case stopped
    /// The old primary's agent gave it back because its server could not be kept.
    case givenUp
    case expired(LockExpiry)
    case unknown
  }

  let how: How

  /// A lock that is free so soon after an orderly stop was given back, in seconds.
  private static let promptness = 3.0
  /// Patroni's minimum for `ttl` is 20; a lock that is free much earlier has not expired.
  private static let shortestExpiry = 12.0

  init(facts: IncidentFacts) {
    guard let change = facts.change, let free = facts.milestones.lockFreeAt else {
      how = .unknown
      return
    }
    let span = Window(from: change.faultAt.advanced(bySeconds: -1), to: free)
    let released = facts.observations.occurrences.first(.leaderReleased, member: change.oldPrimary, in: span)
    if let released, ["crash", "start_failed", "not_running"].contains(released.reason ?? "") {
      how = .givenUp
    } else if change.isPlanned || released != nil || Self.stopped(change.oldPrimary, in: span, facts: facts) {
      how = .stopped
    } else if let expiry = Self.expiry(of: change, freeAt: free, facts: facts) {
      how = .expired(expiry)
    } else {
      how = .unknown
    }
  }

  /// Whether the server shut down in order right before the lock was free: Patroni 2.1 and later print no more on a stop.
  private static func stopped(_ member: String, in span: Window, facts: IncidentFacts) -> Bool {
    guard let free = span.to else { return false }
    let stop = facts.observations.occurrences.last(.serverShutDown, member: member, in: span)
    let isOrdered = facts.observations.occurrences.of(.serverShutdownRequested, member: member, in: span).contains {
      $0.fields[.mode] != "immediate"
    }
    return isOrdered && stop.map { free.seconds(since: $0.at) <= promptness } ?? false
  }

  private static func expiry(of change: LeadershipChange, freeAt free: Instant, facts: IncidentFacts) -> LockExpiry? {
    guard let renewed = lastRenewal(of: change, facts: facts), free.seconds(since: renewed) >= shortestExpiry else {
      return nil
    }
    let loop = facts.observations.agents[change.oldPrimary]?.rhythm ?? 10
    let sign = facts.observations.occurrences.of(
      .candidatePeerUnreachable,
      in: Window(from: free, to: free)
    ).first
    // A member that is gone lets the question of the race time out after two seconds; one that refuses answers at once.
    let asked = sign.map { ["timeout", "dns", "no_route"].contains($0.reason ?? "") } == true ? 2.0 : 0
    return LockExpiry(
      renewedAt: renewed,
      faultAt: change.faultAt,
      freeAt: free,
      noticing: Estimate(lower: 0, likely: 0.5 + asked, upper: loop + 3)
    )
  }

  /// The old leader's last loop that ended well; the lock is renewed at its beginning.
  private static func lastRenewal(of change: LeadershipChange, facts: IncidentFacts) -> Instant? {
    let end = min(change.acquiredAt, change.faultAt.advanced(bySeconds: 0.5))
    let before = Window(from: Window.always.from, to: end)
    return facts.observations.agents[change.oldPrimary]?.heartbeats.within(before).last {
      $0.fields[.role] == "leader"
    }?.at
  }
}
