import Clocks
import Contract
import Correlation
package import Model
package import Parsing
import Remediation

/// What a report is made of, whether one fold took it in or several did.
package struct ReportMaterial: Sendable {
  /// Events, looks at the clocks, and counts.
  package var classified: Classified
  /// What events, readings and tallies refer to by index.
  package var sources: [Source]
  /// How many bytes were read.
  package var bytes: Int
  /// What was wrong with the input, one line each.
  package var complaints: [String]

  package init(classified: Classified, sources: [Source], bytes: Int, complaints: [String] = []) {
    self.classified = classified
    self.sources = sources
    self.bytes = bytes
    self.complaints = complaints
  }
}

/// Turns what was read into a report: a pure function of the material.
package struct ReportMaker: Sendable {
  private let options: AnalysisOptions
  private let components: [Component]

  package init(catalogue: ParserCatalogue, options: AnalysisOptions) {
    self.options = options
    components = catalogue.components.map(\.component)
  }

  /// The report on all of the material, and its events in time order.
  package func result(of material: ReportMaterial) -> AnalysisResult { result(of: material, after: nil) }

  /// The report on the material as a part of a log, whose earlier part is known by what was said of it; as the last part unless
  /// the log goes on.
  func result(of material: ReportMaterial, after earlier: EarlierLog?, goesOn: Bool = false) -> AnalysisResult {
    var correlation = options.correlation
    correlation.earlier = earlier?.context
    correlation.goesOn = goesOn
    let heard = material.classified.withoutEchoes
    let chronology = windowed(
      Clocks.chronology(
        of: heard.events,
        readings: heard.readings,
        sources: material.sources,
        options: options.clocks
      )
    )
    let log = CorrelatedLog(
      observations: Observations(chronology: chronology, sources: material.sources),
      summaries: summaries(of: heard.tallies),
      options: correlation
    )
    let description = InputDescription(
      sources: material.sources,
      tallies: heard.tallies,
      components: components,
      chronology: chronology,
      directory: log.observations.directory,
      bytes: material.bytes,
      complaints: material.complaints + omissions(from: material.classified)
    )
    let report = Report(
      schema: "failscope.report/1",
      generator: Generator(name: "failscope", version: options.version),
      input: description.input,
      cluster: log.cluster,
      incidents: incidents(of: log),
      findings: log.findings,
      coverage: log.coverage,
      settingsObserved: log.settings,
      verdict: log.verdict
    )
    return AnalysisResult(
      report: report,
      events: chronology.events,
      sources: material.sources,
      complaints: material.complaints
    )
  }

  /// The incidents with what to do about them.
  private func incidents(of log: CorrelatedLog) -> [Incident] {
    let context = AdviceContext(observations: log.observations)
    var incidents = log.incidents
    for (index, facts) in log.facts.enumerated() {
      incidents[index].remediation = remedies(
        for: facts,
        findings: incidents[index].findings + log.findings.filter(Self.concernsEachIncident),
        impact: incidents[index].impact,
        status: incidents[index].status,
        context: context
      )
    }
    return incidents
  }

  /// Whether a finding on the log as a whole bears on each incident: on what can be said of it, or on the next one.
  private static func concernsEachIncident(_ finding: Finding) -> Bool {
    [.missingSource, .truncatedLog, .clockSkew, .dcsMemberLost, .dcsSingleMember].contains(finding.code)
  }

  /// What was left out to keep the memory bounded.
  private func omissions(from classified: Classified) -> [String] {
    let thinned = classified.thinned.prefix(Self.shownOmissions).map {
      "\($0): there are so many of these lines that most of them are only counted"
    }
    let rest = classified.thinned.count - thinned.count
    return thinned + (rest > 0 ? ["\(rest) more kinds of lines are so many that most of them are only counted"] : [])
      + (classified.isFull
        ? ["there are more events than are kept; those after the first million are only counted"] : [])
  }

  private static let shownOmissions = 5

  private func summaries(of tallies: [SourceTally]) -> [SourceSummary] {
    tallies.enumerated().map { index, tally in
      SourceSummary(
        source: SourceID(index),
        components: tally.components.map { components[$0] },
        lines: tally.lines,
        recognisedLines: tally.recognizedLines,
        events: tally.events
      )
    }
  }

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
