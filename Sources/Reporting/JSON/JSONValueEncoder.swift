extension JSONValue {
  /// The value that `encodable` describes, with the keys in the order in which it encodes them.
  ///
  /// Foundation's encoder forgets that order, and costs a start-up that a command line tool can do without.
  /// Throws `EncodingError` for infinite numbers and for integers beyond 64 bits.
  package init(encoding encodable: some Encodable) throws {
    let slot = Slot()
    try slot.encode(encodable, path: [])
    self = slot.value
  }
}

/// A place in the tree that is being built: encoders hand out containers that fill it later.
private final class Slot {
  private enum Content {
    case scalar(JSONValue)
    case elements([Slot])
    case members([(key: String, slot: Slot)])
  }

  private var content = Content.scalar(.null)

  var value: JSONValue {
    switch content {
    case .scalar(let value): value
    case .elements(let slots): .array(slots.map(\.value))
    case .members(let members): .object(members.map { JSONMember($0.key, $0.slot.value) })
    }
  }

  var count: Int {
    guard case .elements(let slots) = content else { return 0 }
    return slots.count
  }

  func becomeObject() {
    guard case .members = content else { return content = .members([]) }
  }

  func becomeArray() {
    guard case .elements = content else { return content = .elements([]) }
  }

  func member(_ key: any CodingKey) -> Slot {
    let slot = Slot()
    guard case .members(var members) = content else { return slot }
    content = .scalar(.null)
    members.append((key.stringValue, slot))
    content = .members(members)
    return slot
  }

  func element() -> Slot {
    let slot = Slot()
    guard case .elements(var slots) = content else { return slot }
    content = .scalar(.null)
    slots.append(slot)
    content = .elements(slots)
    return slot
  }

  /// Takes in what needs no further look.
  func encode(_ value: JSONValue) { content = .scalar(value) }

  func encode(_ value: some Encodable, path: [any CodingKey]) throws {
    switch value {
    case let value as Bool: content = .scalar(.boolean(value))
    case let value as String: content = .scalar(.string(value))
    case let value as Int: content = .scalar(.integer(value))
    case let value as Double: content = .scalar(.number(try Self.number(value, path: path)))
    default: try value.encode(to: SlotEncoder(slot: self, codingPath: path))
    }
  }

  /// Takes in a number of a type of its own.
  func encode(integer value: some BinaryInteger, path: [any CodingKey]) throws {
    content = .scalar(.integer(try Self.integer(value, path: path)))
  }

  func encode(number value: some BinaryFloatingPoint, path: @autoclosure () -> [any CodingKey]) throws {
    content = .scalar(.number(try Self.number(value, path: path())))
  }

  private static func integer(_ value: some BinaryInteger, path: [any CodingKey]) throws -> Int {
    guard let integer = Int(exactly: value) else {
      throw EncodingError.invalidValue(value, .init(codingPath: path, debugDescription: "beyond 64 bits"))
    }
    return integer
  }

  private static func number(
    _ value: some BinaryFloatingPoint,
    path: @autoclosure () -> [any CodingKey]
  ) throws -> Double {
    let number = Double(value)
    guard number.isFinite else {
      throw EncodingError.invalidValue(value, .init(codingPath: path(), debugDescription: "not a finite number"))
    }
    return number
  }
}

private struct SlotEncoder: Encoder {
  let slot: Slot
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    slot.becomeObject()
    return KeyedEncodingContainer(MemberContainer<Key>(slot: slot, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    slot.becomeArray()
    return ElementContainer(slot: slot, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    ScalarContainer(slot: slot, codingPath: codingPath)
  }
}

private struct MemberContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let slot: Slot
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) { _ = slot.member(key) }

  // Nearly all values are of these types. To find that out of a value of any type takes longer than all the rest.
  func encode(_ value: String, forKey key: Key) { slot.member(key).encode(.string(value)) }
  func encode(_ value: Int, forKey key: Key) { slot.member(key).encode(.integer(value)) }
  func encode(_ value: Bool, forKey key: Key) { slot.member(key).encode(.boolean(value)) }

  func encode(_ value: Double, forKey key: Key) throws {
    try slot.member(key).encode(number: value, path: codingPath + [key])
  }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    try slot.member(key).encode(value, path: codingPath + [key])
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type,
    forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    encoder(forKey: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder(forKey: key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { SlotEncoder(slot: slot, codingPath: codingPath) }

  func superEncoder(forKey key: Key) -> any Encoder { encoder(forKey: key) }

  private func encoder(forKey key: Key) -> SlotEncoder {
    SlotEncoder(slot: slot.member(key), codingPath: codingPath + [key])
  }
}

private struct ElementContainer: UnkeyedEncodingContainer {
  let slot: Slot
  let codingPath: [any CodingKey]
  var count: Int { slot.count }

  func encodeNil() { _ = slot.element() }

  func encode(_ value: String) { slot.element().encode(.string(value)) }

  func encode(_ value: some Encodable) throws {
    try slot.element().encode(value, path: codingPath)
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    superEncoder().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }

  func superEncoder() -> any Encoder { SlotEncoder(slot: slot.element(), codingPath: codingPath) }
}

private struct ScalarContainer: SingleValueEncodingContainer {
  let slot: Slot
  let codingPath: [any CodingKey]

  func encodeNil() {}

  func encode(_ value: String) { slot.encode(.string(value)) }
  func encode(_ value: Int) { slot.encode(.integer(value)) }
  func encode(_ value: Bool) { slot.encode(.boolean(value)) }
  func encode(_ value: Double) throws { try slot.encode(number: value, path: codingPath) }

  func encode(_ value: some Encodable) throws {
    try slot.encode(value, path: codingPath)
  }

  // The other types of numbers arrive here, since each encodes itself into a container of one value. To ask a value of
  // any type whether it is some number would cost a search among all conformances of the program for each type.
  func encode(_ value: Float) throws { try slot.encode(number: value, path: codingPath) }
  func encode(_ value: Int8) throws { try slot.encode(integer: value, path: codingPath) }
  func encode(_ value: Int16) throws { try slot.encode(integer: value, path: codingPath) }
  func encode(_ value: Int32) throws { try slot.encode(integer: value, path: codingPath) }
  func encode(_ value: Int64) throws { try slot.encode(integer: value, path: codingPath) }
  func encode(_ value: UInt) throws { try slot.encode(integer: value, path: codingPath) }
  func encode(_ value: UInt8) throws { try slot.encode(integer: value, path: codingPath) }
  func encode(_ value: UInt16) throws { try slot.encode(integer: value, path: codingPath) }
  func encode(_ value: UInt32) throws { try slot.encode(integer: value, path: codingPath) }
  func encode(_ value: UInt64) throws { try slot.encode(integer: value, path: codingPath) }
}
