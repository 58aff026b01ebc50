import Contract
import Model

/// Ranks the hypotheses that fit the kind of incident and reports the best one with the runners-up.
struct RootCauseReader {
  let facts: IncidentFacts
  /// What was found in the incident: some of it made it worse.
  let findings: [Finding]

  /// Below this confidence the cause is `unknown`.
  private static let threshold = 0.3

  func rootCause() -> RootCause {
    let ranked = hypotheses.filter { $0.confidence > 0 }.sorted { $0.confidence > $1.confidence }
    guard let best = ranked.first, best.confidence >= Self.threshold else { return unknown(ranked) }
    return RootCause(
      code: best.code,
      member: best.member,
      component: best.component,
      confidence: best.confidence,
      explanation: best.explanation,
      evidence: facts.observations.evidence(best.evidence, limit: 5),
      contributing: ContributingCauses(facts: facts, findings: findings, rootCause: best.code).causes,
      alternatives: ranked.dropFirst().filter { $0.code != best.code }.prefix(4).map(alternative)
    )
  }

  private func alternative(_ hypothesis: Hypothesis) -> AlternativeCause {
    AlternativeCause(code: hypothesis.code, confidence: hypothesis.confidence, rejectedBecause: hypothesis.rejection)
  }

  private func unknown(_ ranked: [Hypothesis]) -> RootCause {
    RootCause(
      code: .unknown,
      member: facts.subject,
      confidence: 0,
      explanation: "The lines do not show what started it.",
      contributing: ContributingCauses(facts: facts, findings: findings, rootCause: .unknown).causes,
      alternatives: ranked.prefix(4).map {
        AlternativeCause(code: $0.code, confidence: $0.confidence, rejectedBecause: "Too little evidence.")
      }
    )
  }

  private var hypotheses: [Hypothesis] {
    switch facts.kind {
    case .failover, .switchover, .splitBrain, .primaryOutage, .dcsOutage:
      OperatorCauses(facts: facts).hypotheses + PrimaryCauses(facts: facts).hypotheses
        + StoreCauses(facts: facts).hypotheses + ResourceCauses(facts: facts).hypotheses
        + NetworkCauses(facts: facts).hypotheses
    case .replicaOutage:
      ReplicaCauses(facts: facts).hypotheses + ReplicaLossCauses(facts: facts).hypotheses
        + ResourceCauses(facts: facts).hypotheses
    case .bootstrapFailure:
      // Patroni ends itself, and its container with it, when a bootstrap fails.
      ReplicaCauses(facts: facts).hypotheses + ResourceCauses(facts: facts).hypotheses
    case .routingOutage, .poolerOutage:
      RoutingCauses(facts: facts).hypotheses + NetworkCauses(facts: facts).hypotheses
    case .saturation:
      ResourceCauses(facts: facts).hypotheses
    }
  }
}
