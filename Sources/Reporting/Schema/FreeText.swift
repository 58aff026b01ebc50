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
    let texts = FreeText(root: schema)
    var frame = self
    frame.incidents = []
    guard case .object(var members) = try JSONValue(encoding: frame) else { return self }
    var mapped = incidents
    var isChanged = false
    // In the order in which they are read, since names are numbered by it; each incident by itself, to save memory.
    for (index, member) in members.enumerated() {
      let property = schema["properties"]?[member.key] ?? .null
      guard member.key == Self.incidentsKey else {
        members[index].value = texts.mapped(member.value, property, key: member.key, transform)
        isChanged = isChanged || members[index].value != member.value
        continue
      }
      let items = texts.resolved(property)["items"] ?? .null
      mapped = try incidents.map { try texts.mapped($0, items, key: member.key, transform) }
    }
    if isChanged { frame = try JSONValue.object(members).decoded(as: Report.self) }
    frame.incidents = mapped
    return frame
  }
}

extension JSONValue {
  /// What the value describes.
  fileprivate func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(line.utf8))
  }
}

/// Lays a value beside its schema to find the strings that are free text.
private struct FreeText {
  let root: JSONValue

  /// The incident with all its texts mapped; most hold nothing that has to change, and need not be read back.
  func mapped(
    _ incident: Incident,
    _ schema: JSONValue,
    key: String,
    _ transform: (_ text: String, _ key: String) -> String
  ) throws -> Incident {
    let value = try JSONValue(encoding: incident)
    let mapped = mapped(value, schema, key: key, transform)
    return mapped == value ? incident : try mapped.decoded(as: Incident.self)
  }

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
  func resolved(_ schema: JSONValue) -> JSONValue {
    if case .array(let branches)? = schema["anyOf"], let first = branches.first { return resolved(first) }
    guard case .string(let reference)? = schema["$ref"] else { return schema }
    return root["$defs"]?[String(reference.dropFirst("#/$defs/".count))] ?? .null
  }

  private func isFreeText(_ schema: JSONValue) -> Bool {
    schema["enum"] == nil && schema["const"] == nil && schema["pattern"] == nil
  }
}
