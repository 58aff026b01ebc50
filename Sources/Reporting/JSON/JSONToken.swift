/// A part of a JSON value: what an encoder gives, what a writer writes, and quicker to go through than a tree.
enum JSONToken: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case beginArray
  case endArray
  case beginObject
  /// The key of the value that follows.
  case key(String)
  case endObject
}

extension JSONValue {
  /// The value's parts in order.
  var tokens: [JSONToken] {
    var tokens: [JSONToken] = []
    append(to: &tokens)
    return tokens
  }

  private func append(to tokens: inout [JSONToken]) {
    switch self {
    case .null: tokens.append(.null)
    case .boolean(let value): tokens.append(.boolean(value))
    case .integer(let value): tokens.append(.integer(value))
    case .number(let value): tokens.append(.number(value))
    case .string(let value): tokens.append(.string(value))
    case .array(let elements):
      tokens.append(.beginArray)
      for element in elements { element.append(to: &tokens) }
      tokens.append(.endArray)
    case .object(let members):
      tokens.append(.beginObject)
      for member in members {
        tokens.append(.key(member.key))
        member.value.append(to: &tokens)
      }
      tokens.append(.endObject)
    }
  }

  /// The value that `encodable` describes, with the keys in the order in which it encodes them.
  ///
  /// Throws `EncodingError` for infinite numbers and for integers beyond 64 bits.
  package init(encoding encodable: some Encodable) throws {
    var rest = try [JSONToken](encoding: encodable)[...]
    self.init(from: &rest)
  }

  /// The value at the beginning of `rest`, which is taken from there; null for none.
  private init(from rest: inout ArraySlice<JSONToken>) {
    switch rest.popFirst() {
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .string(value)
    case .beginArray: self = .array(Self.elements(from: &rest))
    case .beginObject: self = .object(Self.members(from: &rest))
    case .null, .endArray, .endObject, .key, nil: self = .null
    }
  }

  private static func elements(from rest: inout ArraySlice<JSONToken>) -> [JSONValue] {
    var elements: [JSONValue] = []
    while let next = rest.first {
      if case .endArray = next {
        rest = rest.dropFirst()
        break
      }
      elements.append(JSONValue(from: &rest))
    }
    return elements
  }

  private static func members(from rest: inout ArraySlice<JSONToken>) -> [JSONMember] {
    var members: [JSONMember] = []
    while case .key(let key)? = rest.popFirst() { members.append(JSONMember(key, JSONValue(from: &rest))) }
    return members
  }
}
