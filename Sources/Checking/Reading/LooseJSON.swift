import FoundationEssentials

/// A JSON value of which nothing is taken for granted: a key that is missing or has another type is nil.
///
/// What a cluster answers is hostile input. Foundation's decoder bounds the depth; whoever reads bounds the size.
package enum LooseJSON: Decodable, Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([LooseJSON])
  case object([String: LooseJSON])

  /// Reads a text; nil if it is no JSON.
  package init?(_ bytes: [UInt8]) {
    guard let value = try? JSONDecoder().decode(LooseJSON.self, from: Data(bytes)) else { return nil }
    self = value
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([LooseJSON].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: LooseJSON].self))
    }
  }

  subscript(key: String) -> LooseJSON? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  subscript(index: Int) -> LooseJSON? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  var elements: [LooseJSON]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// A text that is not empty; of a long one the beginning.
  var text: String? {
    guard case .string(let text) = self, !text.isEmpty else { return nil }
    return String(text.prefix(Self.longestText))
  }

  var integer: Int? {
    switch self {
    case .integer(let value): value
    case .string(let text): Int(text)
    case .null, .boolean, .number, .array, .object: nil
    }
  }

  var boolean: Bool? {
    guard case .boolean(let value) = self else { return nil }
    return value
  }

  /// Seconds since 1970, with or without a fraction.
  var seconds: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .null, .boolean, .string, .array, .object: nil
    }
  }

  /// A scalar as Patroni's configuration has it, in text.
  var scalar: String? {
    switch self {
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .number(let value): String(value)
    case .string(let text): String(text.prefix(Self.longestText))
    case .null, .array, .object: nil
    }
  }

  /// No name or message that people read is longer.
  private static let longestText = 1000
}
