import Contract
import Model
package import Reporting

extension LiveMessage {
  /// The message as a JSON object; what is not known is `null`.
  package var json: JSONValue {
    switch self {
    case .event(let event): event.json
    case .phase(let notice): notice.json
    case .incident(let notice): notice.json
    }
  }
}

extension LiveEvent {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("type", "event"),
      JSONMember("revision", .integer(revision)),
      JSONMember("at", .string(at.rfc3339)),
      JSONMember("source", .string(source)),
      JSONMember("line", .integer(event.line)),
      JSONMember("member", .text(member)),
      JSONMember("component", .string(event.component.name)),
      JSONMember("role", .string(event.component.role.rawValue)),
      JSONMember("kind", .string(event.kind.rawValue)),
      JSONMember("message", .string(event.message)),
      JSONMember("level", event.level.map { .string($0.name) } ?? .null),
      JSONMember("fields", .object(event.fields.all.map { JSONMember($0.field.rawValue, .string($0.value)) })),
      JSONMember("text", .string(event.text)),
    ])
  }
}

extension PhaseNotice {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("type", "phase"),
      JSONMember("incident", .string(incidentID)),
      JSONMember("revision", .integer(revision)),
      JSONMember("state", phase.to == nil ? "running" : "ended"),
      JSONMember("name", .string(phase.name.rawValue)),
      JSONMember("member", .text(phase.member)),
      JSONMember("from", .string(phase.from.rfc3339)),
      JSONMember("to", .instant(phase.to)),
      JSONMember("duration_s", phase.duration.map(JSONValue.number) ?? .null),
      JSONMember("uncertainty_s", .number(phase.uncertainty)),
      JSONMember("explanation", .string(phase.explanation)),
    ])
  }
}

extension IncidentNotice {
  fileprivate var json: JSONValue {
    let subject = incident.incident
    return .object([
      JSONMember("type", "incident"),
      JSONMember("action", .string(action.rawValue)),
      JSONMember("id", .string(incident.id)),
      JSONMember("revision", .integer(incident.revision)),
      JSONMember("withdrawn", .boolean(incident.isWithdrawn)),
      JSONMember("merged_into", .text(incident.mergedInto)),
      JSONMember("report_id", .string(subject.id)),
      JSONMember("kind", .string(subject.kind.rawValue)),
      JSONMember("status", .string(subject.status.rawValue)),
      JSONMember("severity", .string(subject.severity.rawValue)),
      JSONMember("title", .string(subject.title)),
      JSONMember("summary", .string(subject.summary)),
      JSONMember("started_at", .string(subject.startedAt.rfc3339)),
      JSONMember("ended_at", .instant(subject.endedAt)),
      JSONMember("root_cause", .string(subject.rootCause.code.rawValue)),
      JSONMember("root_cause_member", .text(subject.rootCause.member)),
      JSONMember("confidence", .number(subject.rootCause.confidence)),
      JSONMember("old_primary", .text(subject.oldPrimary)),
      JSONMember("new_primary", .text(subject.newPrimary)),
      JSONMember("write_outage_s", subject.impact.writeOutage?.duration.map(JSONValue.number) ?? .null),
      JSONMember("lost_writes", .string(subject.impact.lostWrites.verdict.rawValue)),
      JSONMember("findings", .array(subject.findings.map { .string($0.code.rawValue) })),
      JSONMember("remedies", .array(subject.remediation.map { .string($0.code.rawValue) })),
      JSONMember("commands", .array((subject.remediation.first?.commands ?? []).map(JSONValue.string))),
    ])
  }
}

extension JSONValue {
  fileprivate static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  fileprivate static func instant(_ instant: Instant?) -> JSONValue { text(instant?.rfc3339) }
}
