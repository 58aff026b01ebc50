import Contract
import Model

/// The waits of a proxy that had no way to a primary that was well.
struct RoutingWaits {
  let facts: IncidentFacts
  let outage: ImpactWindow
  let advice: BoundingSettings

  func waits() -> [Wait] {
    let traffic = TrafficWaits(facts: facts, advice: advice)
    return [
      Wait(name: .fault, after: [], end: facts.milestones.faultAt, waitingFor: "the fault", explanation: ""),
      proxyStart, routing,
    ].compactMap { $0 } + [traffic.pooling].compactMap { $0 }
  }

  private var proxyStart: Wait? {
    guard let back = facts.draft.lastEnd(of: .proxyRestart, in: outage) else { return nil }
    return Wait(
      name: .proxyStart,
      after: [.fault],
      end: back,
      waitingFor: "the proxy to start",
      explanation: "The primary worked; the proxy's process was not there."
    )
  }

  private var routing: Wait {
    Wait(
      name: .routing,
      after: [.fault, .proxyStart],
      end: facts.draft.lastEnd(of: .routing, in: outage) ?? facts.milestones.routedAt,
      waitingFor: "a server behind the proxy",
      explanation: "A writable primary was there, but the proxy had no way to it: until its checks succeeded again, "
        + "`rise` of them.",
      settings: [advice(.fall, suggested: "higher, if the checks failed for a moment only"), advice(.rise)]
    )
  }
}

/// The waits of a pooler that was down in front of a primary and a proxy that were well.
struct PoolerWaits {
  let facts: IncidentFacts
  let outage: ImpactWindow
  let advice: BoundingSettings

  func waits() -> [Wait] {
    let begin = Wait(name: .fault, after: [], end: facts.milestones.faultAt, waitingFor: "the fault", explanation: "")
    let back = Wait(
      name: .poolerStart,
      after: [.fault],
      end: facts.draft.lastEnd(of: .poolerDown, in: outage),
      waitingFor: "the pooler to start",
      explanation: "Primary and proxy worked; the pooler was not there."
    )
    return [begin, back] + [pooling].compactMap { $0 }
  }

  /// The first connection after the pooler's start, or after its complaints.
  private var pooling: Wait? {
    let start = facts.draft.lastEnd(of: .poolerDown, in: outage) ?? facts.start
    let span = Window(from: start, to: outage.to?.advanced(bySeconds: 1))
    guard let first = facts.observations.poolers.serverConnected.within(span).first else {
      return nil
    }
    var wait = TrafficWaits(facts: facts, advice: advice).connection(at: first.at)
    wait.after = [.fault, .poolerStart]
    return wait
  }
}

extension IncidentDraft {
  /// When the last disturbance of a kind was over that an outage may have waited for: a later one is another story.
  func lastEnd(of kind: Disturbance.Kind, in outage: ImpactWindow) -> Instant? {
    let resolution = 1.0
    return all(kind).compactMap(\.window.to).filter { end in
      outage.to.map { end <= $0.advanced(bySeconds: resolution) } ?? true
    }.max()
  }
}
