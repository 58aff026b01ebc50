import Analyzer
import ArgumentParser
import Clocks
import Correlation
import Model

/// What is read, and how it is to be understood: the options that `analyze` and `events` share.
struct InputOptions: ParsableArguments {
  /// Seconds.
  static let usualQuietPeriod = 30.0
  static let usualThreads = 2

  @Argument(
    help: ArgumentHelp(
      "Log files (.gz and .zst too), directories with log files, or - for standard input.",
      valueName: "path"
    ),
    completion: .file()
  )
  var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave out what happened before TIME: 2026-11-23T01:54:00Z or '2026-11-23 01:54'; UTC unless it says otherwise.",
      valueName: "time"
    ),
    transform: OptionValues.instant
  )
  var since: Instant?

  @Option(help: ArgumentHelp("Leave out what happened after TIME.", valueName: "time"), transform: OptionValues.instant)
  var until: Instant?

  @Option(
    name: .customLong("timezone"),
    help: ArgumentHelp(
      "The time zone of a source's clock where its lines print none: pg1=Europe/Berlin, pg2=+02:00; without a source, "
        + "of all. Can be repeated.",
      valueName: "[source=]zone"
    ),
    transform: OptionValues.zone
  )
  var timezones: [SourceZone] = []

  @Option(help: "The year of the last line, where lines print none.", transform: OptionValues.year)
  var year: Int?

  @Option(
    name: .customLong("parsers"),
    help: ArgumentHelp(
      "A directory with parser files, tried before the bundled ones. Can be repeated.",
      valueName: "dir"
    ),
    completion: .directory
  )
  var parserDirectories: [String] = []

  @Option(
    help: ArgumentHelp(
      "Log time without a symptom after which the same trouble is a new incident, in seconds. (default: 30)",
      valueName: "seconds"
    ),
    transform: OptionValues.seconds
  )
  var quietPeriod: Double = InputOptions.usualQuietPeriod

  @Option(
    help: ArgumentHelp(
      "With 2, others read ahead and look for what can be put away while one parses; with 1, one does all. (default: 2)",
      valueName: "threads"
    ),
    transform: OptionValues.threads
  )
  var threads: Int = InputOptions.usualThreads

  mutating func validate() throws {
    try ParserDirectories.validate(parserDirectories)
    if let since, let until, until < since {
      throw ValidationError("--until \(until.rfc3339) lies before --since \(since.rfc3339).")
    }
  }
}

// MARK: - What they mean

extension InputOptions {
  /// The paths, or standard input if there are none and something is piped in.
  ///
  /// Throws `Failure` if nothing is.
  func resolvedPaths() throws -> [String] {
    guard paths.isEmpty else { return paths }
    guard !System.isTerminal(System.standardInput) else {
      throw Failure("there is nothing to read: name log files, or pipe a log into failscope.", status: .usage)
    }
    return ["-"]
  }

  /// What the analysis is told; `hypotheses` are settings with other values.
  func analysisOptions(hypotheses: [HypotheticalSetting] = []) -> AnalysisOptions {
    AnalysisOptions(
      clocks: ClockOptions(
        zones: Dictionary(timezones.map { ($0.source, $0.zone) }, uniquingKeysWith: { _, last in last }),
        year: year
      ),
      correlation: CorrelationOptions(quietPeriod: quietPeriod, hypotheses: hypotheses),
      since: since,
      until: until,
      parserDirectories: ParserDirectories.all(parserDirectories),
      version: Version.current,
      threads: threads
    )
  }
}
