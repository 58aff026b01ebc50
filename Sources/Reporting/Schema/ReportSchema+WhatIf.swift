// What an outage would have been.

extension ReportSchema {
  static let whatIf = JSONValue.schema(
    "What a write outage would have been with other settings",
    [
      SchemaProperty(
        "settings",
        .list(
          of: .schema(
            "A setting that was asked about",
            [
              SchemaProperty("component", .text),
              SchemaProperty("setting", .text),
              SchemaProperty("value", .text, "The value that was asked about"),
              SchemaProperty("observed", JSONValue.text.orNull, "The value that the log shows"),
            ]
          )
        )
      ),
      SchemaProperty("duration_s", JSONValue.length.orNull, "null where the log does not allow to say it"),
      SchemaProperty("min_s", JSONValue.length.orNull),
      SchemaProperty("max_s", JSONValue.length.orNull),
      SchemaProperty("segments", .list(of: whatIfSegment), "Their durations add up to duration_s"),
      SchemaProperty("unanswered", .texts, "What cannot be said, and settings that bound nothing here"),
      SchemaProperty("violations", .texts, "Rules of the components that the settings break"),
    ]
  )

  private static let whatIfSegment = JSONValue.schema(
    "One wait of the outage, as it was and as it would have been",
    [
      SchemaProperty("waiting_for", .text),
      SchemaProperty("recorded_s", JSONValue.length.orNull, "null if it was not on the critical path"),
      SchemaProperty("duration_s", .length, "0 if it would not have been on the critical path"),
      SchemaProperty("min_s", .length),
      SchemaProperty("max_s", .length),
      SchemaProperty("explanation", .text),
    ]
  )
}
