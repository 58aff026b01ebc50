package import Clocks
package import Correlation
package import Model

/// What a run of the analysis is told.
package struct AnalysisOptions: Sendable {
  package var clocks: ClockOptions
  package var correlation: CorrelationOptions
  /// Events before this instant are left out.
  package var since: Instant?
  /// Events after this instant are left out.
  package var until: Instant?
  /// Directories with parser files of the user's, tried before the bundled ones.
  package var parserDirectories: [String]
  /// The version that the report names as its generator's.
  package var version: String
  /// Whether every event is kept, for those who want to see all of them.
  package var keepsRoutine: Bool
  /// How many events of one input are held before those of incidents that are over are put away; nil for all of them.
  package var window: Int?
  /// How many threads may work: with two, others than the one that parses read ahead, and look for what can be put away.
  package var threads: Int

  package init(
    clocks: ClockOptions = ClockOptions(),
    correlation: CorrelationOptions = CorrelationOptions(),
    since: Instant? = nil,
    until: Instant? = nil,
    parserDirectories: [String] = [],
    version: String = "0",
    keepsRoutine: Bool = false,
    window: Int? = nil,
    threads: Int = 2
  ) {
    self.clocks = clocks
    self.correlation = correlation
    self.since = since
    self.until = until
    self.parserDirectories = parserDirectories
    self.version = version
    self.keepsRoutine = keepsRoutine
    self.window = window
    self.threads = threads
  }
}
