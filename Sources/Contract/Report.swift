/// What failscope says about a log: one value that every format renders.
///
/// The JSON keys are a contract with the scripts that read them (`failscope.report/1`): adding one is a minor change,
/// renaming or removing one is a new version.
package struct Report: Codable, Hashable, Sendable {
  /// Always `failscope.report/1`.
  package var schema: String
  package var generator: Generator
  package var input: Input
  package var cluster: Cluster
  /// In time order.
  package var incidents: [Incident]
  /// Findings that belong to no incident.
  package var findings: [Finding]
  package var coverage: [Coverage]
  package var settingsObserved: [ObservedSetting]
  package var verdict: Verdict

  package init(
    schema: String,
    generator: Generator,
    input: Input,
    cluster: Cluster,
    incidents: [Incident] = [],
    findings: [Finding] = [],
    coverage: [Coverage] = [],
    settingsObserved: [ObservedSetting] = [],
    verdict: Verdict
  ) {
    self.schema = schema
    self.generator = generator
    self.input = input
    self.cluster = cluster
    self.incidents = incidents
    self.findings = findings
    self.coverage = coverage
    self.settingsObserved = settingsObserved
    self.verdict = verdict
  }

  private enum CodingKeys: String, CodingKey {
    case schema
    case generator
    case input
    case cluster
    case incidents
    case findings
    case coverage
    case settingsObserved = "settings_observed"
    case verdict
  }
}

/// The program that wrote a report.
package struct Generator: Codable, Hashable, Sendable {
  package var name: String
  package var version: String

  package init(
    name: String,
    version: String
  ) {
    self.name = name
    self.version = version
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case version
  }
}

/// The state of the cluster at the end of the log.
package struct Verdict: Codable, Hashable, Sendable {
  package var status: VerdictStatus
  /// One sentence.
  package var headline: String

  package init(
    status: VerdictStatus,
    headline: String
  ) {
    self.status = status
    self.headline = headline
  }

  private enum CodingKeys: String, CodingKey {
    case status
    case headline
  }
}
