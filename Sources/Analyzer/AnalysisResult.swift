package import Clocks
package import Contract
package import Model

/// What a run of the analysis gives.
package struct AnalysisResult: Sendable {
  package var report: Report
  /// All recognised events in time order: the normalised timeline.
  package var events: [TimedEvent]
  package var sources: [Source]
  /// What was wrong with the input or a parser file, one line each, with what to do.
  package var complaints: [String]

  package init(report: Report, events: [TimedEvent], sources: [Source], complaints: [String]) {
    self.report = report
    self.events = events
    self.sources = sources
    self.complaints = complaints
  }

  /// Whether anything in the input was understood.
  package var isRecognised: Bool { report.input.recognisedLines > 0 }
}

/// How far a run has come, for a progress line.
package struct AnalysisProgress: Hashable, Sendable {
  package var bytes: Int
  package var lines: Int

  package init(bytes: Int, lines: Int) {
    self.bytes = bytes
    self.lines = lines
  }
}
