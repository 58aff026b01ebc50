import Contract
import Model

/// What an incident's write outage was spent on: the waits of its kind, and how they depend on each other.
struct CriticalPath: Sendable {
  let facts: IncidentFacts
  let outage: ImpactWindow?
  /// The waits; nil without an outage, or while it is not over.
  let graph: WaitGraph?
  private let candidates: [Wait]

  init(facts: IncidentFacts, outage: ImpactWindow?, values: SettingValues) {
    self.facts = facts
    self.outage = outage
    let waits = outage.map { WaitList(facts: facts, outage: $0, values: values).waits() } ?? []
    candidates = waits
    graph = outage.flatMap { outage in outage.to.map { WaitGraph(waits, from: outage.from, to: $0) } }
  }

  /// The slack of a wait, for the phase that shows it.
  func slack(of name: Wait.Name) -> Double? {
    graph?.slack(of: name)
  }

  /// The waits of the path with their parts of the outage, in time order; empty while it is not over.
  var steps: [WaitGraph.Step] { graph?.path ?? [] }

  /// What is known of the waits of an outage that has not ended: those that are over, one after the other.
  var stepsSoFar: [WaitGraph.Step] {
    guard let outage, outage.to == nil else { return [] }
    var start = outage.from
    return candidates.compactMap { wait in
      guard wait.name != .fault, let end = wait.end, end > start else { return nil }
      defer { start = end }
      return WaitGraph.Step(wait: wait, from: start, to: end)
    }
  }
}

/// The waits of each kind of incident.
private struct WaitList {
  let facts: IncidentFacts
  let outage: ImpactWindow
  let values: SettingValues

  func waits() -> [Wait] {
    let advice = BoundingSettings(values: values)
    let waits =
      switch facts.kind {
      case .failover, .switchover, .splitBrain: FailoverWaits(facts: facts, advice: advice).waits()
      case .dcsOutage: StoreWaits(facts: facts, advice: advice).waits()
      case .primaryOutage, .saturation: RestartWaits(facts: facts, advice: advice).waits()
      case .routingOutage: RoutingWaits(facts: facts, outage: outage, advice: advice).waits()
      case .poolerOutage: PoolerWaits(facts: facts, outage: outage, advice: advice).waits()
      case .replicaOutage, .bootstrapFailure: [Wait]()
      }
    return waits
      + [TrafficWaits(facts: facts, advice: advice).client(outage, after: waits.map(\.name))].compactMap { $0 }
  }
}
