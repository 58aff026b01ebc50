import Contract
import Model

/// Tells the events that matter, with noise left out and repetition folded.
struct StoryTeller {
  let facts: IncidentFacts

  /// A story of more entries is thinned: details go first, then steps; what is left of them is kept in time order.
  private static let limit = 120

  func timeline() -> [TimelineEntry] {
    let window = facts.window.widened(bySeconds: 2)
    var folding = StoryFolding()
    for occurrence in facts.observations.occurrences.all(in: window) {
      let rank = StoryRank(of: occurrence)
      if rank > .untold { folding.add(occurrence, rank: rank) }
    }
    return Self.thinned(folding.folds).map(entry)
  }

  private static func thinned(_ folds: [StoryFold]) -> [StoryFold] {
    guard folds.count > limit else { return folds }
    let kept = folds.indices.sorted { (folds[$1].rank, $0) < (folds[$0].rank, $1) }.prefix(limit)
    return kept.sorted().map { folds[$0] }
  }

  private func entry(_ fold: StoryFold) -> TimelineEntry {
    let occurrence = fold.first
    let repetition = fold.count > 1 ? " ×\(fold.count) until \(fold.last.at.timeOfDay)" : ""
    let name =
      occurrence.source.index < facts.observations.sources.count
      ? facts.observations.sources[occurrence.source.index].name : "?"
    return TimelineEntry(
      at: occurrence.at,
      uncertainty: occurrence.uncertainty,
      source: name,
      component: occurrence.component.name,
      member: occurrence.member,
      kind: occurrence.kind.rawValue,
      summary: StoryWords.sentence(for: occurrence) + repetition,
      evidence: facts.observations.evidence(occurrence)
    )
  }
}
