package import Contract
import FoundationEssentials

extension Report {
  /// The report with `transform` applied to every text that is neither a word of the contract nor an instant, and to the
  /// key that it stands under.
  ///
  /// What is free text is read off the schema, so that a new key is covered from its first day. Throws what encoding
  /// and decoding throw.
  package func mapTexts(_ transform: (_ text: String, _ key: String) -> String) throws -> Report {
    let schema = ReportSchema.value
    let value = FreeText(root: schema).mapped(try JSONValue(encoding: self), schema, key: "", transform)
    return try JSONDecoder().decode(Report.self, from: Data(value.text.utf8))
  }
}

/// Lays a value beside its schema to find the strings that are free text.
private struct FreeText {
  let root: JSONValue

  func mapped(
    _ value: JSONValue,
    _ schema: JSONValue,
    key: String,
    _ transform: (_ text: String, _ key: String) -> String
  ) -> JSONValue {
    let schema = resolved(schema)
    switch value {
    case .object(let members):
      return .object(
        members.map { member in
          let property = schema["properties"]?[member.key] ?? .null
          return JSONMember(member.key, mapped(member.value, property, key: member.key, transform))
        }
      )
    case .array(let elements):
      return .array(elements.map { mapped($0, schema["items"] ?? .null, key: key, transform) })
    case .string(let text): return isFreeText(schema) ? .string(transform(text, key)) : value
    case .null, .boolean, .integer, .number: return value
    }
  }

  /// Follows `$ref`, and of `anyOf` the branch that is not `null`.
  private func resolved(_ schema: JSONValue) -> JSONValue {
    if case .array(let branches)? = schema["anyOf"], let first = branches.first { return resolved(first) }
    guard case .string(let reference)? = schema["$ref"] else { return schema }
    return root["$defs"]?[String(reference.dropFirst("#/$defs/".count))] ?? .null
  }

  private func isFreeText(_ schema: JSONValue) -> Bool {
    schema["enum"] == nil && schema["const"] == nil && schema["pattern"] == nil
  }
}
