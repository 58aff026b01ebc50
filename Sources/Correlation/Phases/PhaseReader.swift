import Contract
import Model

/// All phases of an incident, in time order.
struct PhaseReader {
  let facts: IncidentFacts
  let path: CriticalPath

  func phases() -> [Phase] {
    let phases =
      FailoverPhases(facts: facts, path: path).phases()
      + RoutingPhases(facts: facts, path: path).phases()
      + StorePhases(facts: facts, path: path).phases()
      + UnmanagedPhases(facts: facts).phases()
      + RedundancyPhases(facts: facts).phases()
    return phases.sorted { ($0.from, order(of: $0.name)) < ($1.from, order(of: $1.name)) }
  }

  private func order(of name: PhaseName) -> Int {
    PhaseName.allCases.firstIndex(of: name) ?? 0
  }
}
