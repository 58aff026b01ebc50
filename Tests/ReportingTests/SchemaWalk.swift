import Foundation

@testable import Reporting

/// Lays a value beside its schema: a small validator for what this schema uses, and the way to every string by its role.
struct SchemaWalk {
  private let root: JSONValue
  private(set) var problems: [String] = []
  private(set) var visited: Set<String> = []

  init(root: JSONValue) {
    self.root = root
  }

  var definitions: Set<String> { Set(root["$defs"]?.keys ?? []) }

  mutating func visit(_ value: JSONValue, _ schema: JSONValue, path: String) {
    let schema = resolved(schema, for: value)
    switch value {
    case .object(let members): visit(members, schema, path: path)
    case .array(let elements):
      guard let items = schema["items"] else { return problems.append("\(path) is no array") }
      for (index, element) in elements.enumerated() { visit(element, items, path: "\(path)[\(index)]") }
    case .string(let text): visit(text, schema, path: path)
    case .null: expect(schema, allows: "null", at: path)
    case .number: expect(schema, allows: "number", at: path)
    case .integer: expect(schema, allows: "integer", or: "number", at: path)
    case .boolean: expect(schema, allows: "boolean", at: path)
    }
  }

  /// Whether the string at a place with this schema is free text, neither a code nor an instant.
  static func isFreeText(_ schema: JSONValue) -> Bool {
    schema["enum"] == nil && schema["const"] == nil && schema["pattern"] == nil
  }

  /// Follows `$ref`, and of `anyOf` the branch that is not `null`.
  mutating func resolved(_ schema: JSONValue, for value: JSONValue) -> JSONValue {
    if case .array(let branches)? = schema["anyOf"], let other = branches.first {
      return value == .null ? ["type": "null"] : resolved(other, for: value)
    }
    guard case .string(let reference)? = schema["$ref"] else { return schema }
    let name = String(reference.dropFirst("#/$defs/".count))
    visited.insert(name)
    guard let target = root["$defs"]?[name] else {
      problems.append("\(reference) leads nowhere")
      return .null
    }
    return target
  }

  private mutating func visit(_ members: [JSONMember], _ schema: JSONValue, path: String) {
    let keys = members.map(\.key)
    let expected = schema["properties"]?.keys ?? []
    if keys != expected { problems.append("\(path) has \(keys), the schema \(expected)") }
    for member in members {
      guard let property = schema["properties"]?[member.key] else { continue }
      visit(member.value, property, path: "\(path).\(member.key)")
    }
  }

  private mutating func visit(_ text: String, _ schema: JSONValue, path: String) {
    if case .array(let words)? = schema["enum"], !words.contains(.string(text)) {
      problems.append("\(path): \(text) is no word of the contract")
    }
    if let const = schema["const"], const != .string(text) { problems.append("\(path) is \(text)") }
    if case .string(let pattern)? = schema["pattern"], text.range(of: pattern, options: .regularExpression) == nil {
      problems.append("\(path): \(text) does not match")
    }
    if schema["const"] == nil { expect(schema, allows: "string", at: path) }
  }

  private mutating func expect(_ schema: JSONValue, allows type: String, or other: String? = nil, at path: String) {
    let types: [JSONValue] =
      switch schema["type"] {
      case .array(let types)?: types
      case let single?: [single]
      case nil: []
      }
    guard !types.contains(.string(type)), other.map({ !types.contains(.string($0)) }) ?? true else { return }
    problems.append("\(path) must not be \(type)")
  }

  /// Looks for objects that are open or have optional keys, in the schema itself.
  mutating func audit(_ schema: JSONValue, path: String) {
    switch schema {
    case .object(let members):
      if schema["type"] == "object", schema["properties"] != nil {
        let required: JSONValue = .array((schema["properties"]?.keys ?? []).map { .string($0) })
        if schema["required"] != required { problems.append("\(path) has optional keys") }
        if schema["additionalProperties"] != false { problems.append("\(path) is open") }
      }
      for member in members { audit(member.value, path: "\(path).\(member.key)") }
    case .array(let elements): for element in elements { audit(element, path: path) }
    default: return
    }
  }
}

extension JSONValue {
  /// Reads JSON, for tests only: the order of keys is that of the text's sorted form where it matters not.
  init(parsing text: String) throws {
    var reader = JSONReader(Array(text.utf8))
    self = try reader.value()
  }
}

/// A reader of well-formed JSON that keeps the order of keys.
private struct JSONReader {
  private struct Malformed: Error {}

  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func value() throws -> JSONValue {
    switch try next() {
    case UInt8(ascii: "{"):
      return .object(
        try items("}") { reader in
          guard case .string(let key) = try reader.value(), try reader.take() == UInt8(ascii: ":") else {
            throw Malformed()
          }
          return JSONMember(key, try reader.value())
        }
      )
    case UInt8(ascii: "["): return .array(try items("]") { try $0.value() })
    default: return try scalar()
    }
  }

  private mutating func items<Item>(
    _ close: Unicode.Scalar,
    _ item: (inout JSONReader) throws -> Item
  ) throws -> [Item] {
    index += 1
    var items: [Item] = []
    while try next() != UInt8(ascii: close) {
      if !items.isEmpty, try take() != UInt8(ascii: ",") { throw Malformed() }
      items.append(try item(&self))
    }
    index += 1
    return items
  }

  private mutating func scalar() throws -> JSONValue {
    let start = index
    if bytes[index] == UInt8(ascii: "\"") {
      index += 1
      while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
        index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
      }
      index += 1
    } else {
      while index < bytes.count, !",]}\n ".utf8.contains(bytes[index]) { index += 1 }
    }
    let data = Data(bytes[start..<min(index, bytes.count)])
    let text = String(decoding: data, as: UTF8.self)
    if text == "null" { return .null }
    if text == "true" || text == "false" { return .boolean(text == "true") }
    if let integer = Int(text) { return .integer(integer) }
    if let number = Double(text) { return .number(number) }
    return .string(try JSONDecoder().decode(String.self, from: data))
  }

  private mutating func next() throws -> UInt8 {
    while index < bytes.count, " \n".utf8.contains(bytes[index]) { index += 1 }
    guard index < bytes.count else { throw Malformed() }
    return bytes[index]
  }

  private mutating func take() throws -> UInt8 {
    let byte = try next()
    index += 1
    return byte
  }
}
