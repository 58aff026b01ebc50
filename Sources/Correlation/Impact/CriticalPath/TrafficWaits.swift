import Contract
import Model

/// The waits between a primary that exists and a client whose write succeeds: proxy, pooler, client.
struct TrafficWaits {
  let facts: IncidentFacts
  let advice: BoundingSettings

  /// Proxy and pooler.
  ///
  /// HAProxy asks Patroni, which answers as soon as the lock is held: `after` is what that follows.
  func waits(after: Wait.Name) -> [Wait] {
    [routing(after: after), pooling].compactMap { $0 }
  }

  private func routing(after: Wait.Name) -> Wait {
    Wait(
      name: .routing,
      after: [after],
      end: facts.milestones.routedAt,
      waitingFor: "the proxy's health checks",
      explanation: "The proxy takes a server in after `rise` good checks, one every `inter`.",
      settings: [advice.inter, advice(.rise)],
      bound: .checksUp
    )
  }

  /// The pooler's first connection that reached the primary.
  var pooling: Wait? {
    guard let at = PoolReconnection(facts: facts).at else { return nil }
    return connection(at: at)
  }

  func connection(at instant: Instant) -> Wait {
    let attempts = PoolerAttempts(facts: facts, until: instant)
    return Wait(
      name: .pooling,
      after: [.routing],
      end: instant,
      waitingFor: "the pooler's connection",
      explanation: attempts.explanation,
      settings: advice.pool(attempts),
      bound: attempts.isShown ? .poolRetry(attempts) : .unsettable
    )
  }

  /// The client's next attempt, which is what ends an outage that a client saw.
  func client(_ outage: ImpactWindow, after: [Wait.Name]) -> Wait? {
    guard outage.observedBy == .client else { return nil }
    let rhythm = facts.writeOutages.first { $0.window.from == outage.from }?.rhythm ?? 1
    return Wait(
      name: .client,
      after: after.filter { [.promotion, .recovery, .routing, .pooling, .poolerStart].contains($0) },
      end: outage.to,
      waitingFor: "the clients' next attempt",
      explanation: lastWords,
      settings: [advice.clientRetry(rhythm)],
      bound: .clientRetry(rhythm: rhythm)
    )
  }

  private var lastWords: String {
    switch facts.kind {
    case .failover, .switchover, .splitBrain, .primaryOutage, .dcsOutage:
      "The primary was writable and routed to; the next attempt of the client succeeded."
    case .poolerOutage: "The pooler was there again; the next attempt of the client succeeded."
    case .routingOutage:
      (facts.draft.isShownByProxy ? "The proxy had a server again" : "There was a way to the primary again")
        + "; the next attempt of the client succeeded."
    case .replicaOutage, .bootstrapFailure, .saturation: "The resource had room again; the next attempt succeeded."
    }
  }
}
