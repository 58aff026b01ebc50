package import Clocks
package import Contract
import Correlation
package import Ingestion
package import Model
package import Parsing
import Remediation

/// The fold from lines to a report: fed batches of lines in reading order, asked for its report at any moment.
///
/// Batch and live analysis are the same fold; how the input was cut into batches does not show in the report.
package struct Analysis: ~Copyable {
  private let options: AnalysisOptions
  private let components: [Component]
  private var classifier: Classifier
  private var classified = Classified()

  /// Prepares for a log; `folding` says what becomes of events that are mere routine.
  package init(catalogue: ParserCatalogue, options: AnalysisOptions, folding: RoutineFolding = .none) {
    self.options = options
    components = catalogue.components.map(\.component)
    classifier = Classifier(catalogue: catalogue, folding: folding)
  }

  /// Takes in one batch of lines.
  package mutating func consume(_ batch: borrowing LineBatch) {
    classifier.consume(batch, into: &classified)
  }

  /// Tells that no line follows: what waited for its end is taken in.
  package mutating func finish() {
    classifier.finish(into: &classified)
  }

  /// The report on everything taken in so far, and the events in time order.
  ///
  /// - Parameters:
  ///   - sources: the sources that the batches refer to.
  ///   - bytes: how much was read.
  ///   - complaints: what was wrong with the input, one line each.
  /// - Returns: the report, the events and the complaints.
  package borrowing func result(sources: [Source], bytes: Int, complaints: [String]) -> AnalysisResult {
    let heard = classified.withoutEchoes
    let chronology = windowed(
      Clocks.chronology(of: heard.events, readings: heard.readings, sources: sources, options: options.clocks)
    )
    let log = CorrelatedLog(
      observations: Observations(chronology: chronology, sources: sources),
      summaries: summaries(heard),
      options: options.correlation
    )
    let context = AdviceContext(observations: log.observations)
    var incidents = log.incidents
    for (index, facts) in log.facts.enumerated() {
      incidents[index].remediation = remedies(
        for: facts,
        findings: incidents[index].findings + log.findings.filter(Self.isAboutMissingLines),
        impact: incidents[index].impact,
        status: incidents[index].status,
        context: context
      )
    }
    let description = InputDescription(
      sources: sources,
      tallies: heard.tallies,
      components: components,
      chronology: chronology,
      directory: log.observations.directory,
      bytes: bytes,
      complaints: complaints + omissions
    )
    let report = Report(
      schema: "failscope.report/1",
      generator: Generator(name: "failscope", version: options.version),
      input: description.input,
      cluster: log.cluster,
      incidents: incidents,
      findings: log.findings,
      coverage: log.coverage,
      settingsObserved: log.settings,
      verdict: log.verdict
    )
    return AnalysisResult(report: report, events: chronology.events, sources: sources, complaints: complaints)
  }

  /// Whether a finding on the log as a whole bears on what can be said of each incident.
  private static func isAboutMissingLines(_ finding: Finding) -> Bool {
    [.missingSource, .truncatedLog].contains(finding.code)
  }

  private func summaries(_ classified: Classified) -> [SourceSummary] {
    classified.tallies.enumerated().map { index, tally in
      SourceSummary(
        source: SourceID(index),
        components: tally.components.map { components[$0] },
        lines: tally.lines,
        recognisedLines: tally.recognizedLines,
        events: tally.events
      )
    }
  }

  /// What was left out to keep the memory bounded.
  private var omissions: [String] {
    let thinned = classified.thinned.prefix(Self.shownOmissions).map {
      "\($0): there are so many of these lines that most of them are only counted"
    }
    let rest = classified.thinned.count - thinned.count
    let others = rest > 0 ? ["\(rest) more kinds of lines are so many that most of them are only counted"] : []
    return thinned + others
      + (classified.isFull
        ? ["there are more events than are kept; those after the first million are only counted"] : [])
  }

  private static let shownOmissions = 5

  /// The chronology without what lies outside the span that the user asked for.
  private func windowed(_ chronology: Chronology) -> Chronology {
    guard options.since != nil || options.until != nil else { return chronology }
    var result = chronology
    let since = options.since ?? Instant(milliseconds: .min)
    let until = options.until ?? Instant(milliseconds: .max)
    result.events = chronology.events.filter { $0.at >= since && $0.at <= until }
    result.sightings = chronology.sightings.map { $0.filter { $0 >= since && $0 <= until } }
    return result
  }
}
