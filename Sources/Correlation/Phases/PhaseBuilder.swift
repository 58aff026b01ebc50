import Contract
import Model

/// Makes phases out of edges, with their uncertainty and evidence.
struct PhaseBuilder {
  let facts: IncidentFacts

  /// One edge of a phase: an instant, and the line that shows it if there is one.
  struct Edge {
    var at: Instant
    var by: Occurrence?

    init(_ at: Instant, by: Occurrence? = nil) {
      self.at = at
      self.by = by
    }

    init(_ occurrence: Occurrence) {
      at = occurrence.at
      by = occurrence
    }

    var uncertainty: Double { by?.uncertainty ?? 0 }
  }

  func phase(
    _ name: PhaseName,
    member: String? = nil,
    from: Edge,
    to: Edge?,
    slack: Double? = nil,
    _ explanation: String
  ) -> Phase {
    let end = to.map { max($0.at, from.at) }
    return Phase(
      name: name,
      member: member,
      from: from.at,
      to: end,
      duration: end?.seconds(since: from.at),
      minimum: end == nil ? max(0, facts.observations.lastAt.seconds(since: from.at)) : nil,
      uncertainty: max(from.uncertainty, to?.uncertainty ?? 0),
      slack: slack.map { max(0, $0) },
      explanation: explanation,
      evidence: [from.by, to?.by].compactMap { $0 }.map(facts.observations.evidence)
    )
  }

  /// The edge at an instant that a line of one of the kinds shows.
  func edge(at instant: Instant?, _ kinds: EventKind...) -> Edge? {
    guard let instant else { return nil }
    let window = Window(from: instant, to: instant)
    let line = facts.observations.occurrences.of(kinds, in: window).first
    return Edge(instant, by: line)
  }
}
