package import Analyzer

/// What a live run is told.
package struct LiveOptions: Sendable {
  package var analysis: AnalysisOptions
  /// The least time between two looks at all events, in seconds.
  package var interval = 0.1
  /// A look that took t seconds is followed by a pause of at least this many times t, so that a busy log is not looked at
  /// all the time.
  package var pause = 3.0
  /// How long after a line that says nothing new the next look may wait, in seconds.
  package var routineInterval = 1.0
  /// The most events that a look is about; the oldest are given up for new ones.
  package var eventLimit = 20_000
  /// The most incidents that are kept as values after their events were given up.
  package var archiveLimit = 1000

  package init(analysis: AnalysisOptions) {
    self.analysis = analysis
  }
}
