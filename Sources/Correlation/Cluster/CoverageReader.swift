import Contract
import Model

/// Says which logs are there, where they are silent, and what a missing one could change.
struct CoverageReader {
  let observations: Observations
  let summaries: [SourceSummary]

  func coverage() -> [Coverage] {
    summaries.flatMap(present) + missing
  }

  private func present(_ summary: SourceSummary) -> [Coverage] {
    summary.components.map { component in
      let sightings = sightings(of: summary.source)
      return Coverage(
        member: member(of: summary.source, component),
        component: component.name,
        source: name(of: summary.source),
        firstAt: sightings.first,
        lastAt: sightings.last,
        lines: summary.lines,
        unrecognisedLines: summary.unrecognisedLines,
        gaps: hasRhythm(component) ? gaps(in: sightings) : []
      )
    }
  }

  /// Members that others name and that have no log here.
  private var missing: [Coverage] {
    observations.directory.members.compactMap { member in
      guard observations.directory.source(of: member) == nil else { return nil }
      return Coverage(
        member: member,
        component: "patroni",
        source: nil,
        lines: 0,
        unrecognisedLines: 0,
        wouldChange:
          "\(member)'s own log would show how it ended and whether it went on as primary: docker compose logs \(member)"
      )
    }
  }

  private func member(of source: SourceID, _ component: Component) -> String? {
    guard component.role == .agent || component.role == .server else { return nil }
    return observations.directory.members.first { observations.directory.source(of: $0) == source }
  }

  private func name(of source: SourceID) -> String? {
    source.index < observations.sources.count ? observations.sources[source.index].name : nil
  }

  private func sightings(of source: SourceID) -> [Instant] {
    observations.sightings(of: source)
  }

  /// Whether the component speaks regularly, so that its silence tells something; a proxy or a server may be quiet.
  private func hasRhythm(_ component: Component) -> Bool {
    component.role == .agent || component.role == .client
  }

  /// Silences of more than 30 s and ten times the usual distance of lines.
  private func gaps(in sightings: [Instant]) -> [Gap] {
    let steps = zip(sightings, sightings.dropFirst()).map { ($0, $1, $1.seconds(since: $0)) }
    guard steps.count >= 5, let usual = steps.map(\.2).median else { return [] }
    return steps.filter { $0.2 > max(15, usual * 5) }.map { Gap(from: $0.0, to: $0.1, duration: $0.2) }
  }
}
