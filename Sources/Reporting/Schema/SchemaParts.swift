// The vocabulary in which the schema is written: each part is a JSON Schema.

/// One property of an object schema; every property of a report is required.
struct SchemaProperty {
  let name: String
  let schema: JSONValue

  init(_ name: String, _ schema: JSONValue, _ description: String? = nil) {
    self.name = name
    self.schema = description.map { schema.described($0) } ?? schema
  }
}

extension JSONValue {
  static let text: JSONValue = ["type": "string"]
  static let instant: JSONValue = reference("instant")
  static let seconds: JSONValue = ["type": "number"]
  static let length: JSONValue = ["type": "number", "minimum": 0]
  static let count: JSONValue = ["type": "integer", "minimum": 0]
  static let number: JSONValue = ["type": "number"]
  static let share: JSONValue = ["type": "number", "minimum": 0, "maximum": 1]
  static let texts = list(of: .text)
  static let evidenceList = list(of: reference("evidence"))

  /// An object with exactly these keys.
  static func schema(_ description: String, _ properties: [SchemaProperty]) -> JSONValue {
    [
      "description": .string(description),
      "type": "object",
      "additionalProperties": false,
      "required": .array(properties.map { .string($0.name) }),
      "properties": .object(properties.map { JSONMember($0.name, $0.schema) }),
    ]
  }

  static func list(of element: JSONValue) -> JSONValue {
    ["type": "array", "items": element]
  }

  static func reference(_ name: String) -> JSONValue {
    ["$ref": .string("#/$defs/" + name)]
  }

  /// The words of a contract's enumeration, taken from the type so that the schema cannot fall behind it.
  static func words<Words>(_ type: Words.Type) -> JSONValue
  where Words: CaseIterable & RawRepresentable, Words.RawValue == String {
    ["type": "string", "enum": .array(type.allCases.map { .string($0.rawValue) })]
  }

  /// The same schema, or `null`: not known.
  var orNull: JSONValue {
    guard case .object(var members) = self, let type = members.firstIndex(where: { $0.key == "type" }) else {
      return ["anyOf": [self, ["type": "null"]]]
    }
    members[type].value = [members[type].value, "null"]
    return .object(members)
  }

  func described(_ description: String) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object([JSONMember("description", .string(description))] + members)
  }
}
