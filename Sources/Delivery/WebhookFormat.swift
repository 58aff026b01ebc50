import Contract
import Live
import Model
package import Reporting

/// The forms in which webhooks want to be told.
package enum WebhookFormat: String, CaseIterable, Sendable {
  /// failscope's own: the notice and the report on the incident.
  case generic
  /// PagerDuty Events API v2.
  case pagerduty
  /// Alertmanager API v2, `POST /api/v2/alerts`.
  case alertmanager
  /// Slack incoming webhooks, which Mattermost and Rocket.Chat understand too.
  case slack

  /// The body of the request.
  ///
  /// - Parameters:
  ///   - delivered: what is told.
  ///   - secret: the routing key that PagerDuty wants inside the body.
  /// - Returns: the body as JSON.
  /// - Throws: `EncodingError` for a number that JSON cannot hold.
  package func body(_ delivered: Delivered, secret: String?) throws -> JSONValue {
    switch self {
    case .generic: try generic(delivered)
    case .pagerduty: try pagerduty(delivered, routingKey: secret ?? "")
    case .alertmanager: alertmanager(delivered)
    case .slack: slack(delivered)
    }
  }

  private func generic(_ delivered: Delivered) throws -> JSONValue {
    .object([
      JSONMember("schema", "failscope.notice/1"),
      JSONMember("action", .string(delivered.notice.action.rawValue)),
      JSONMember("id", .string(delivered.id)),
      JSONMember("revision", .integer(delivered.notice.incident.revision)),
      JSONMember("withdrawn", .boolean(delivered.notice.incident.isWithdrawn)),
      JSONMember("report", try JSONValue(encoding: delivered.report)),
    ])
  }

  /// The event of a report, with the id that the incident was opened with: an alert must find its own later news.
  private func pagerduty(_ delivered: Delivered, routingKey: String) throws -> JSONValue {
    var incident = delivered.incident
    incident.id = delivered.id
    return try incident.pagerDutyEvent(in: delivered.report, routingKey: routingKey, isOver: delivered.isOver)
  }

  /// Alertmanager's fields: labels identify an alert, annotations explain it, `endsAt` in the past resolves it.
  private func alertmanager(_ delivered: Delivered) -> JSONValue {
    let incident = delivered.incident
    var members = [
      JSONMember(
        "labels",
        .object([
          JSONMember("alertname", "FailscopeIncident"),
          JSONMember("incident", .string(delivered.id)),
          JSONMember("cluster", .string(delivered.report.cluster.name ?? "")),
        ])
      ),
      JSONMember(
        "annotations",
        .object([
          JSONMember("kind", .string(incident.kind.rawValue)),
          JSONMember("severity", .string(incident.severity.rawValue)),
          JSONMember("status", .string(incident.status.rawValue)),
          JSONMember("summary", .string(incident.title)),
          JSONMember("description", .string(incident.summary)),
          JSONMember("command", .string(incident.remediation.first?.commands.first ?? "")),
        ])
      ),
      JSONMember("startsAt", .string(incident.startedAt.rfc3339)),
    ]
    if delivered.isOver {
      let end = incident.endedAt ?? delivered.report.input.lastAt ?? incident.startedAt
      members.append(JSONMember("endsAt", .string(end.rfc3339)))
    }
    return .array([.object(members)])
  }

  private func slack(_ delivered: Delivered) -> JSONValue {
    let incident = delivered.incident
    let state = delivered.notice.incident.isWithdrawn ? "withdrawn" : incident.status.rawValue
    var lines = ["*\(Self.escaped(incident.title))* (\(incident.severity.rawValue), \(state))"]
    lines.append(Self.escaped(incident.summary))
    if let remedy = incident.remediation.first, !delivered.isOver {
      lines.append("To do: \(Self.escaped(remedy.summary))")
      if let command = remedy.commands.first { lines.append("```\(Self.escaped(command))```") }
    }
    lines.append("`\(delivered.id)`")
    return .object([JSONMember("text", .string(lines.joined(separator: "\n")))])
  }

  /// Slack's three control characters, and the fence that would end a block of code.
  private static func escaped(_ text: String) -> String {
    visible(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("```", with: "'''")
  }
}
