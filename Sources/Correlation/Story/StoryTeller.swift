import Contract
import Model

/// Tells the events that matter, with noise left out and repetition folded.
struct StoryTeller {
  let facts: IncidentFacts

  /// More entries than this are thinned out by dropping the least important ones.
  private static let limit = 120

  func timeline() -> [TimelineEntry] {
    let window = facts.window.widened(bySeconds: 2)
    var folded: [Fold] = []
    for occurrence in facts.observations.occurrences.all where window.contains(occurrence.at) {
      guard StoryWords.isTold(occurrence) else { continue }
      if isTwin(occurrence, in: folded) { continue }
      if let index = fold(for: occurrence, in: folded) {
        folded[index].count += 1
        folded[index].last = occurrence
      } else {
        folded.append(Fold(first: occurrence, last: occurrence, count: 1))
      }
    }
    return folded.prefix(Self.limit).map(entry)
  }

  private struct Fold {
    var first: Occurrence
    var last: Occurrence
    var count: Int
  }

  /// A proxy prints a change to standard error and to syslog: the story tells it once.
  private func isTwin(_ occurrence: Occurrence, in folded: [Fold]) -> Bool {
    guard occurrence.component.role == .proxy, occurrence.fields[.backend] != nil else { return false }
    return folded.contains { fold in
      fold.first.kind == occurrence.kind && fold.first.source == occurrence.source
        && fold.first.fields[.backend] == occurrence.fields[.backend]
        && fold.first.fields[.server] == occurrence.fields[.server]
        && occurrence.at.seconds(since: fold.last.at) <= 2
    }
  }

  /// The same thing said again by the same source, within half a minute of the last time, is folded.
  private func fold(for occurrence: Occurrence, in folded: [Fold]) -> Int? {
    folded.lastIndex { fold in
      fold.first.kind == occurrence.kind && fold.first.source == occurrence.source
        && fold.first.fields[.server] == occurrence.fields[.server] && fold.first.reason == occurrence.reason
        && fold.first.member == occurrence.member
        && occurrence.at.seconds(since: fold.last.at) <= 30 && StoryWords.isFoldable(occurrence)
    }
  }

  private func entry(_ fold: Fold) -> TimelineEntry {
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
