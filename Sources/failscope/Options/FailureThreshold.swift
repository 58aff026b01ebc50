import ArgumentParser
import Contract

/// What has to be in a report for `--fail-on` to end the program with status 2.
enum FailureThreshold: String, OptionWord {
  /// Any incident at all.
  case incident
  /// The cluster is degraded or worse at the end of the log.
  case degraded
  /// Writes fail at the end of the log.
  case outage

  /// Whether the report is as bad as that.
  func isMet(by report: Report) -> Bool {
    switch (self, report.verdict.status) {
    case (.incident, _): !report.incidents.isEmpty
    case (.degraded, .degraded), (.degraded, .outage), (.outage, .outage): true
    case (.degraded, _), (.outage, _): false
    }
  }
}
