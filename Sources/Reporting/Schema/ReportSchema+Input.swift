import Contract

// The parts that say what was read, and from whom.

extension ReportSchema {
  static let input = JSONValue.schema(
    "What was read",
    [
      SchemaProperty("sources", .list(of: source)),
      SchemaProperty("lines", .count),
      SchemaProperty("bytes", .count),
      SchemaProperty("recognised_lines", .count, "Lines that a parser claimed, with the rest of their records"),
      SchemaProperty("event_count", .count, "Lines that became events"),
      SchemaProperty("first_at", JSONValue.instant.orNull),
      SchemaProperty("last_at", JSONValue.instant.orNull),
      SchemaProperty("warnings", .texts),
    ]
  )

  private static let source = JSONValue.schema(
    "One stream of lines with a clock of its own",
    [
      SchemaProperty("name", .text),
      SchemaProperty("path", .text),
      SchemaProperty("framing", .text, "What stands around each line, such as compose or journald_short"),
      SchemaProperty("components", .texts),
      SchemaProperty("member", JSONValue.text.orNull),
      SchemaProperty("lines", .count),
      SchemaProperty("recognised_lines", .count),
      SchemaProperty("events", .count),
      SchemaProperty("first_at", JSONValue.instant.orNull),
      SchemaProperty("last_at", JSONValue.instant.orNull),
      SchemaProperty("clock", clock),
    ]
  )

  private static let clock = JSONValue.schema(
    "How the source's clock stands to the others",
    [
      SchemaProperty("zone", .text),
      SchemaProperty("zone_from", .words(ZoneOrigin.self)),
      SchemaProperty("offset_s", JSONValue.seconds.orNull, "How far it is ahead of the others"),
      SchemaProperty("lower_s", JSONValue.seconds.orNull),
      SchemaProperty("upper_s", JSONValue.seconds.orNull),
      SchemaProperty("offset_from", .words(OffsetOrigin.self)),
    ]
  )

  static let cluster = JSONValue.schema(
    "The cluster as the log shows it",
    [
      SchemaProperty("name", JSONValue.text.orNull),
      SchemaProperty("system_identifier", JSONValue.text.orNull),
      SchemaProperty("dcs", JSONValue.text.orNull),
      SchemaProperty("members", .list(of: member)),
      SchemaProperty("primary_at_start", JSONValue.text.orNull),
      SchemaProperty("primary_at_end", JSONValue.text.orNull),
      SchemaProperty("timeline_at_start", JSONValue.count.orNull),
      SchemaProperty("timeline_at_end", JSONValue.count.orNull),
    ]
  )

  private static let member = JSONValue.schema(
    "One member of the cluster",
    [
      SchemaProperty("name", .text),
      SchemaProperty("aliases", .texts, "Every name that the logs use for it"),
      SchemaProperty("role_at_start", .words(MemberRole.self)),
      SchemaProperty("role_at_end", .words(MemberRole.self)),
      SchemaProperty("state_at_end", .words(MemberState.self)),
      SchemaProperty("timeline_at_end", JSONValue.count.orNull),
    ]
  )

  static let coverage = JSONValue.schema(
    "What the log of one component of one member covers",
    [
      SchemaProperty("member", JSONValue.text.orNull),
      SchemaProperty("component", .text),
      SchemaProperty("source", JSONValue.text.orNull, "null where the log is missing"),
      SchemaProperty("first_at", JSONValue.instant.orNull),
      SchemaProperty("last_at", JSONValue.instant.orNull),
      SchemaProperty("lines", .count),
      SchemaProperty("unrecognised_lines", .count),
      SchemaProperty("gaps", .list(of: gap)),
      SchemaProperty(
        "would_change",
        JSONValue.text.orNull,
        "Which conclusion the missing part could change, and how to fetch it"
      ),
    ]
  )

  private static let gap = JSONValue.schema(
    "A silence in a log that should have had lines",
    [
      SchemaProperty("from", .instant),
      SchemaProperty("to", .instant),
      SchemaProperty("duration_s", .length),
    ]
  )

  static let setting = JSONValue.schema(
    "A setting that the log states or gives away",
    [
      SchemaProperty("component", .text),
      SchemaProperty("setting", .text),
      SchemaProperty("value", JSONValue.text.orNull),
      SchemaProperty("lower", JSONValue.number.orNull),
      SchemaProperty("upper", JSONValue.number.orNull),
      SchemaProperty("from", .words(SettingOrigin.self)),
      SchemaProperty("evidence", .evidenceList),
      SchemaProperty("problem", JSONValue.text.orNull, "The rule that it breaks"),
    ]
  )
}
