import Contract

/// The contract as JSON Schema (draft 2020-12): what `failscope schema` prints and what every report obeys.
///
/// All keys are required and none may be added, because a report writes `null` for what is not known. The words come
/// from the contract's types; that the keys are those of the encoder is checked by a test.
package enum ReportSchema {
  /// The version of the contract, which every report names.
  package static let identifier = "failscope.report/1"

  /// The schema itself.
  package static var value: JSONValue {
    guard case .object(let report) = report else { return .null }
    let head: [JSONMember] = [
      JSONMember("$schema", "https://json-schema.org/draft/2020-12/schema"),
      JSONMember("$id", .string("urn:failscope:" + identifier.replacing("/", with: ":"))),
      JSONMember("title", .string(identifier)),
    ]
    return .object(head + report + [JSONMember("$defs", .object(definitions))])
  }

  /// The schema as text, with a line break at the end.
  package static var text: String { value.text }

  private static let definitions: [JSONMember] =
    [
      JSONMember(
        "instant",
        [
          "description": "RFC 3339 in UTC with milliseconds, corrected by the offset of the source's clock",
          "type": "string",
          "pattern": #"^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$"#,
        ]
      ),
      JSONMember("evidence", evidence),
      JSONMember("finding", finding),
    ] + incidentDefinitions

  private static let evidence = JSONValue.schema(
    "A line of the input that shows a claim",
    [
      SchemaProperty("source", .text, "The source's name: a service, a pod, a file"),
      SchemaProperty("line", .count, "The 1-based line number in that input"),
      SchemaProperty("at", JSONValue.instant.orNull),
      SchemaProperty("text", .text, "The line itself"),
    ]
  )

  private static let finding = JSONValue.schema(
    "A condition that the lines show",
    [
      SchemaProperty("code", .words(FindingCode.self)),
      SchemaProperty("severity", .words(Severity.self)),
      SchemaProperty("member", JSONValue.text.orNull),
      SchemaProperty("summary", .text),
      SchemaProperty("confidence", .share),
      SchemaProperty("evidence", .evidenceList),
    ]
  )

  private static let report = JSONValue.schema(
    "What failscope says about a log",
    [
      SchemaProperty("schema", ["const": .string(identifier)]),
      SchemaProperty(
        "generator",
        .schema("The program that wrote it", [SchemaProperty("name", .text), SchemaProperty("version", .text)])
      ),
      SchemaProperty("input", input),
      SchemaProperty("cluster", cluster),
      SchemaProperty("incidents", .list(of: .reference("incident")), "In time order"),
      SchemaProperty("findings", .list(of: .reference("finding")), "Those that belong to no incident"),
      SchemaProperty("coverage", .list(of: coverage)),
      SchemaProperty("settings_observed", .list(of: setting)),
      SchemaProperty(
        "verdict",
        .schema(
          "The state at the end of the log",
          [SchemaProperty("status", .words(VerdictStatus.self)), SchemaProperty("headline", .text)]
        )
      ),
    ]
  )
}
