package import Contract
import Model

/// The incidents as traces in OTLP's JSON form (`opentelemetry-proto`, `trace/v1/trace.proto`), for Jaeger and Tempo.
///
/// An incident is a trace: its phases and the segments of the write outage are spans below the incident's own, the story
/// is the incident's span events. What is not over ends with the log. Ids are derived from the incident's, so that the
/// same report gives the same trace. Throws `EncodingError` for a number that JSON cannot hold.
package func openTelemetryTrace(_ report: Report) throws -> String {
  let end = report.input.lastAt ?? report.incidents.compactMap(\.endedAt).max()
  let spans = report.incidents.flatMap { IncidentTrace(incident: $0, logEnd: end ?? $0.startedAt).spans }
  let resource: [JSONValue] = [
    attribute("service.name", .string(report.cluster.name ?? "postgresql-cluster")),
    attribute("telemetry.sdk.name", .string(report.generator.name)),
  ]
  let value: JSONValue = [
    "resourceSpans": [
      [
        "resource": ["attributes": .array(resource)],
        "scopeSpans": [
          [
            "scope": ["name": .string(report.generator.name), "version": .string(report.generator.version)],
            "spans": .array(spans),
          ]
        ],
      ]
    ]
  ]
  return value.text
}

/// An attribute with a text, a whole number or a number.
private func attribute(_ key: String, _ value: JSONValue) -> JSONValue {
  let typed: JSONValue =
    switch value {
    case .integer(let number): ["intValue": .string(String(number))]
    case .number: ["doubleValue": value]
    case .boolean: ["boolValue": value]
    case .string(let text): ["stringValue": .string(VisibleText(text, limit: 4000).text)]
    case .null, .array, .object: ["stringValue": ""]
    }
  return ["key": .string(key), "value": typed]
}

private func nanoseconds(_ instant: Instant) -> JSONValue {
  .string("\(max(0, instant.milliseconds))000000")
}

/// The spans of one incident.
private struct IncidentTrace {
  let incident: Incident
  let logEnd: Instant

  private var traceID: String { StableIdentifier.hexadecimal128(incident.id) }
  private var rootID: String { StableIdentifier.hexadecimal64(incident.id) }

  var spans: [JSONValue] {
    [root] + incident.phases.enumerated().map(phase) + incident.downtime.enumerated().map(segment)
  }

  private var root: JSONValue {
    let attributes = [
      attribute("failscope.incident.id", .string(incident.id)),
      attribute("failscope.incident.kind", .string(incident.kind.rawValue)),
      attribute("failscope.incident.status", .string(incident.status.rawValue)),
      attribute("failscope.root_cause", .string(incident.rootCause.code.rawValue)),
      attribute("failscope.root_cause.confidence", .number(incident.rootCause.confidence)),
      attribute("failscope.old_primary", .string(incident.oldPrimary ?? "")),
      attribute("failscope.new_primary", .string(incident.newPrimary ?? "")),
    ]
    let isPlanned = incident.severity == .info
    return span(
      id: rootID,
      parent: nil,
      name: incident.title,
      from: incident.startedAt,
      to: incident.endedAt,
      attributes: attributes,
      more: [
        JSONMember("events", .array(incident.timeline.map(event))),
        JSONMember(
          "status",
          ["code": isPlanned ? 1 : 2, "message": .string(VisibleText(incident.summary, limit: 2000).text)]
        ),
      ]
    )
  }

  private func phase(_ index: Int, _ phase: Phase) -> JSONValue {
    span(
      id: StableIdentifier.hexadecimal64("\(incident.id)|phase|\(index)"),
      parent: rootID,
      name: phase.label,
      from: phase.from,
      to: phase.to,
      attributes: [
        attribute("failscope.phase", .string(phase.name.rawValue)),
        attribute("failscope.member", .string(phase.member ?? "")),
        attribute("failscope.uncertainty_s", .number(phase.uncertainty)),
        attribute("failscope.explanation", .string(phase.explanation)),
      ]
    )
  }

  private func segment(_ index: Int, _ segment: DowntimeSegment) -> JSONValue {
    span(
      id: StableIdentifier.hexadecimal64("\(incident.id)|segment|\(index)"),
      parent: rootID,
      name: "no writes: waiting for \(segment.waitingFor)",
      from: segment.from,
      to: segment.to,
      attributes: [attribute("failscope.explanation", .string(segment.explanation))]
    )
  }

  private func event(_ entry: TimelineEntry) -> JSONValue {
    [
      "timeUnixNano": nanoseconds(entry.at),
      "name": .string(VisibleText(entry.summary, limit: 500).text),
      "attributes": [
        attribute("failscope.event", .string(entry.kind)),
        attribute("failscope.source", .string("\(entry.evidence.source):\(entry.evidence.line)")),
        attribute("failscope.line", .string(entry.evidence.text)),
      ],
    ]
  }

  private func span(
    id: String,
    parent: String?,
    name: String,
    from: Instant,
    to: Instant?,
    attributes: [JSONValue],
    more: [JSONMember] = []
  ) -> JSONValue {
    let members: [JSONMember?] = [
      JSONMember("traceId", .string(traceID)),
      JSONMember("spanId", .string(id)),
      parent.map { JSONMember("parentSpanId", .string($0)) },
      JSONMember("name", .string(VisibleText(name, limit: 500).text)),
      JSONMember("kind", 1),
      JSONMember("startTimeUnixNano", nanoseconds(from)),
      JSONMember("endTimeUnixNano", nanoseconds(max(from, to ?? logEnd))),
      JSONMember("attributes", .array(attributes)),
    ]
    return .object(members.compactMap { $0 } + more)
  }
}
