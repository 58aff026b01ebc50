import Contract

// What the incident did to clients.

extension ReportSchema {
  static let impact = JSONValue.schema(
    "What the incident did to clients",
    [
      SchemaProperty("write_outage", JSONValue.reference("impact_window").orNull, "The longest"),
      SchemaProperty("other_write_outages", .list(of: .reference("impact_window"))),
      SchemaProperty("read_outage", JSONValue.reference("impact_window").orNull),
      SchemaProperty("other_read_outages", .list(of: .reference("impact_window"))),
      SchemaProperty(
        "read_only_window",
        JSONValue.reference("impact_window").orNull,
        "From the first to the last write that was refused as read-only"
      ),
      SchemaProperty("routing_outage", JSONValue.reference("impact_window").orNull),
      SchemaProperty("failed_writes", JSONValue.count.orNull),
      SchemaProperty("failed_reads", JSONValue.count.orNull),
      SchemaProperty(
        "errors",
        .list(
          of: .schema(
            "An error text and how often clients met it",
            [SchemaProperty("text", .text), SchemaProperty("count", .count)]
          )
        )
      ),
      SchemaProperty("lost_writes", .reference("lost_writes")),
      SchemaProperty("dual_primary", .words(DualPrimaryVerdict.self)),
    ]
  )

  static let impactWindow = JSONValue.schema(
    "A span in which clients could not work; the true duration lies between min_s and max_s",
    [
      SchemaProperty("from", .instant),
      SchemaProperty("to", JSONValue.instant.orNull),
      SchemaProperty("duration_s", JSONValue.length.orNull),
      SchemaProperty("min_s", JSONValue.length.orNull),
      SchemaProperty("max_s", JSONValue.length.orNull),
      SchemaProperty("observed_by", .words(Observer.self), "The best witness that the log has"),
    ]
  )

  static let lostWrites = JSONValue.schema(
    "Whether acknowledged writes are missing on the new primary",
    [
      SchemaProperty("verdict", .words(LostWritesVerdict.self)),
      SchemaProperty("lower", JSONValue.count.orNull),
      SchemaProperty("upper", JSONValue.count.orNull),
      SchemaProperty("wal_bytes", JSONValue.count.orNull, "WAL that the fork discards"),
      SchemaProperty("explanation", .text),
      SchemaProperty("evidence", .evidenceList),
    ]
  )
}
