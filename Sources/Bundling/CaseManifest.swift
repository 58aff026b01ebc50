package import Contract
package import Model

/// What a bundle says of itself.
package struct CaseManifest: Codable, Hashable, Sendable {
  /// The version of the form; a reader refuses others.
  package static let schema = "failscope.bundle/1"

  package var schema: String
  package var generator: Generator
  /// A digest of the parsers that made the report: with others the report may differ.
  package var parsers: String
  package var options: CaseOptions
  /// The logs in the order in which they are analysed, by their names below `logs/`.
  package var logs: [String]
  /// The log among them that was standard input.
  package var standardInput: String?
  /// Seconds of log time before and after each incident that are kept; null if everything is.
  package var context: Double?
  package var lines: Int
  /// Lines that are kept; the others are empty, so that numbers of lines stay what they were.
  package var keptLines: Int
  /// What was put under pseudonyms.
  package var redacted: [String]

  package init(
    generator: Generator,
    parsers: String,
    options: CaseOptions,
    logs: [String],
    standardInput: String?,
    context: Double?,
    lines: Int,
    keptLines: Int,
    redacted: [String]
  ) {
    schema = Self.schema
    self.generator = generator
    self.parsers = parsers
    self.options = options
    self.logs = logs
    self.standardInput = standardInput
    self.context = context
    self.lines = lines
    self.keptLines = keptLines
    self.redacted = redacted
  }

  private enum CodingKeys: String, CodingKey {
    case schema
    case generator
    case parsers
    case options
    case logs
    case standardInput = "standard_input"
    case context = "context_s"
    case lines
    case keptLines = "kept_lines"
    case redacted
  }
}

/// The options of the analysis that its report depends on.
package struct CaseOptions: Codable, Hashable, Sendable {
  package var since: Instant?
  package var until: Instant?
  /// Such as `pg1=Europe/Berlin`.
  package var zones: [String]
  package var year: Int?
  package var quietPeriod: Double

  package init(since: Instant?, until: Instant?, zones: [String], year: Int?, quietPeriod: Double) {
    self.since = since
    self.until = until
    self.zones = zones
    self.year = year
    self.quietPeriod = quietPeriod
  }

  private enum CodingKeys: String, CodingKey {
    case since
    case until
    case zones
    case year
    case quietPeriod = "quiet_period_s"
  }
}
