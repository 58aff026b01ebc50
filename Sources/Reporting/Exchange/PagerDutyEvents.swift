package import Contract
import Model

/// The incidents as events of PagerDuty's Events API v2, one JSON object a line.
///
/// An incident that goes on, or that left the cluster degraded, triggers an alert; one that is over resolves the alert
/// of the same `dedup_key`, its id. `routing_key` is the placeholder `ROUTING_KEY`: a report knows no secrets.
/// Throws `EncodingError` for a number that JSON cannot hold.
package func pagerDuty(_ report: Report) throws -> String {
  try report.incidents.map { try $0.pagerDutyEvent(in: report).line + "\n" }.joined()
}

extension Incident {
  /// The fields of the API end after so many characters.
  private static let mostSummary = 1024
  private static let mostKey = 255

  /// The incident as one event of PagerDuty's Events API v2.
  ///
  /// `routingKey` is the integration's key; `isOver` says whether the alert is to be resolved, if not the incident's status
  /// decides. Throws `EncodingError` for a number that JSON cannot hold.
  package func pagerDutyEvent(
    in report: Report,
    routingKey: String = "ROUTING_KEY",
    isOver: Bool? = nil
  ) throws -> JSONValue {
    [
      "routing_key": .string(routingKey),
      "event_action": isOver ?? (status == .resolved) ? "resolve" : "trigger",
      "dedup_key": .string(VisibleText(id, limit: Self.mostKey - 1).text),
      "client": .string("\(report.generator.name) \(report.generator.version)"),
      "payload": [
        "summary": .string(VisibleText(title, limit: Self.mostSummary - 1).text),
        "source": .string(VisibleText(report.cluster.name ?? newPrimary ?? oldPrimary ?? "unknown", limit: 200).text),
        "severity": .string(severity.pagerDutyWord),
        "timestamp": .string(startedAt.rfc3339),
        "component": rootCause.component.map { .string(VisibleText($0, limit: 200).text) } ?? .null,
        "group": report.cluster.name.map { .string(VisibleText($0, limit: 200).text) } ?? .null,
        "class": .string(kind.rawValue),
        "custom_details": try pagerDutyDetails,
      ],
    ]
  }

  /// What a responder reads on the alert; the whole report would be beyond the API's limit of 512 kB.
  private var pagerDutyDetails: JSONValue {
    get throws {
      let now = remediation.filter { $0.urgency == .now }
      return [
        "summary": .string(VisibleText(summary, limit: 4000).text),
        "status": .string(status.rawValue),
        "root_cause": .string(VisibleText(rootCause.headline, limit: 400).text),
        "write_outage_s": impact.writeOutage?.duration.map { .number($0) } ?? .null,
        "failed_writes": impact.failedWrites.map { .integer($0) } ?? .null,
        "lost_writes": .string(impact.lostWrites.verdict.rawValue),
        "milestones": try JSONValue(encoding: milestones),
        "findings": .array(findings.prefix(30).map { .string($0.code.rawValue) }),
        "commands": .array(now.flatMap(\.commands).prefix(10).map { .string(VisibleText($0, limit: 1000).text) }),
      ]
    }
  }
}

extension Severity {
  /// PagerDuty's word: it knows critical, error, warning and info.
  fileprivate var pagerDutyWord: String { rawValue }
}
