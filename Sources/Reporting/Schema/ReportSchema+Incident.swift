import Contract

// The incident and its story.

extension ReportSchema {
  static let incidentDefinitions: [JSONMember] = [
    JSONMember("incident", incident),
    JSONMember("root_cause", rootCause),
    JSONMember("milestones", milestones),
    JSONMember("phase", phase),
    JSONMember("downtime_segment", downtimeSegment),
    JSONMember("what_if", whatIf),
    JSONMember("timeline_entry", timelineEntry),
    JSONMember("remedy", remedy),
    JSONMember("impact", impact),
    JSONMember("impact_window", impactWindow),
    JSONMember("lost_writes", lostWrites),
  ]

  private static let incident = JSONValue.schema(
    "One chain of cause and effect",
    [
      SchemaProperty("id", .text, "The same in every run over the same incident"),
      SchemaProperty("kind", .words(IncidentKind.self)),
      SchemaProperty("status", .words(IncidentStatus.self)),
      SchemaProperty("severity", .words(Severity.self)),
      SchemaProperty("title", .text),
      SchemaProperty("summary", .text),
      SchemaProperty("started_at", .instant),
      SchemaProperty("ended_at", JSONValue.instant.orNull),
      SchemaProperty("duration_s", JSONValue.length.orNull),
      SchemaProperty("root_cause", .reference("root_cause")),
      SchemaProperty("milestones", .reference("milestones")),
      SchemaProperty("old_primary", JSONValue.text.orNull),
      SchemaProperty("new_primary", JSONValue.text.orNull),
      SchemaProperty("timeline_from", JSONValue.count.orNull),
      SchemaProperty("timeline_to", JSONValue.count.orNull),
      SchemaProperty("impact", .reference("impact")),
      SchemaProperty("phases", .list(of: .reference("phase")), "They may overlap"),
      SchemaProperty(
        "downtime",
        .list(of: .reference("downtime_segment")),
        "Consecutive segments that partition the write outage exactly"
      ),
      SchemaProperty(
        "what_if",
        JSONValue.reference("what_if").orNull,
        "What the write outage would have been with other settings; null if nobody asked, or there was none"
      ),
      SchemaProperty("timeline", .list(of: .reference("timeline_entry"))),
      SchemaProperty("findings", .list(of: .reference("finding"))),
      SchemaProperty("remediation", .list(of: .reference("remedy")), "In order of urgency"),
    ]
  )

  private static let rootCause = JSONValue.schema(
    "The best explanation, and those that it beat",
    [
      SchemaProperty("code", .words(RootCauseCode.self)),
      SchemaProperty("member", JSONValue.text.orNull),
      SchemaProperty("component", JSONValue.text.orNull),
      SchemaProperty("confidence", .share),
      SchemaProperty("explanation", .text),
      SchemaProperty("evidence", .evidenceList),
      SchemaProperty(
        "contributing",
        .list(
          of: .schema(
            "What made it worse",
            [SchemaProperty("code", .words(ContributingCode.self)), SchemaProperty("explanation", .text)]
          )
        )
      ),
      SchemaProperty(
        "alternatives",
        .list(
          of: .schema(
            "A cause that was weighed and rejected",
            [
              SchemaProperty("code", .words(RootCauseCode.self)),
              SchemaProperty("confidence", .share),
              SchemaProperty("rejected_because", .text),
            ]
          )
        )
      ),
    ]
  )

  private static let milestones = JSONValue.schema(
    "The instants that matter",
    [
      "fault_at", "first_error_at", "lock_free_at", "leader_elected_at", "writable_at", "routed_at",
      "client_recovered_at", "redundancy_restored_at",
    ].map { SchemaProperty($0, JSONValue.instant.orNull) }
  )

  private static let phase = JSONValue.schema(
    "One phase",
    [
      SchemaProperty("name", .words(PhaseName.self)),
      SchemaProperty("member", JSONValue.text.orNull),
      SchemaProperty("from", .instant),
      SchemaProperty("to", JSONValue.instant.orNull),
      SchemaProperty("duration_s", JSONValue.length.orNull),
      SchemaProperty("min_s", JSONValue.length.orNull, "For a phase without an end: how long it lasted at least"),
      SchemaProperty("uncertainty_s", .length),
      SchemaProperty(
        "slack_s",
        JSONValue.seconds.orNull,
        "How much longer it could have taken without lengthening the write outage; 0 on the critical path"
      ),
      SchemaProperty("explanation", .text),
      SchemaProperty("evidence", .evidenceList),
    ]
  )

  private static let downtimeSegment = JSONValue.schema(
    "A part of the write outage and what it was spent on",
    [
      SchemaProperty("from", .instant),
      SchemaProperty(
        "to",
        JSONValue.instant.orNull,
        "null for the last segment of an outage that the log does not show to end"
      ),
      SchemaProperty("duration_s", JSONValue.length.orNull),
      SchemaProperty("waiting_for", .text),
      SchemaProperty("explanation", .text),
      SchemaProperty(
        "settings",
        .list(
          of: .schema(
            "A setting that bounds the segment",
            [
              SchemaProperty("component", .text),
              SchemaProperty("setting", .text),
              SchemaProperty("observed", JSONValue.text.orNull),
              SchemaProperty("suggested", JSONValue.text.orNull),
            ]
          )
        )
      ),
    ]
  )

  private static let timelineEntry = JSONValue.schema(
    "An event of the story",
    [
      SchemaProperty("at", .instant),
      SchemaProperty("uncertainty_s", .length),
      SchemaProperty("source", .text),
      SchemaProperty("component", .text),
      SchemaProperty("member", JSONValue.text.orNull),
      SchemaProperty("kind", .text),
      SchemaProperty("summary", .text),
      SchemaProperty("evidence", .reference("evidence")),
    ]
  )

  private static let remedy = JSONValue.schema(
    "What to do about findings",
    [
      SchemaProperty("code", .words(RemedyCode.self)),
      SchemaProperty("urgency", .words(Urgency.self)),
      SchemaProperty("summary", .text),
      SchemaProperty("commands", .texts, "Ready to paste; failscope runs none of them"),
      SchemaProperty("risk", JSONValue.text.orNull),
      SchemaProperty("preconditions", .texts),
      SchemaProperty("verify", .texts),
      SchemaProperty("answers", .list(of: .words(FindingCode.self))),
    ]
  )
}
