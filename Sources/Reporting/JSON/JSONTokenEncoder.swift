extension [JSONToken] {
  /// The parts of the value that `encodable` describes, with the keys in the order in which it encodes them.
  ///
  /// Foundation's encoder forgets that order, and costs a start-up that a command line tool can do without. Throws
  /// `EncodingError` for infinite numbers, for integers beyond 64 bits, and for a type that goes on with an array or object
  /// after it began another one beside it.
  init(encoding encodable: some Encodable) throws {
    let sink = TokenSink()
    try sink.encode(encodable, at: 0)
    self = sink.tokens
  }
}

/// Lets a value encode itself within so many arrays and objects.
struct TokenEncoder: Encoder {
  let sink: TokenSink
  let depth: Int

  var codingPath: [any CodingKey] { sink.path }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(MemberContainer<Key>(sink: sink, place: sink.open(isObject: true, at: depth)))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    ElementContainer(sink: sink, place: sink.open(isObject: false, at: depth))
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    ScalarContainer(sink: sink, depth: depth)
  }
}

private struct MemberContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let sink: TokenSink
  let place: TokenPlace

  var codingPath: [any CodingKey] { sink.path }

  func encodeNil(forKey key: Key) throws { try sink.add(.null, to: place, under: key) }

  // Nearly all values are of these types.
  func encode(_ value: String, forKey key: Key) throws { try sink.add(.string(value), to: place, under: key) }
  func encode(_ value: Int, forKey key: Key) throws { try sink.add(.integer(value), to: place, under: key) }
  func encode(_ value: Bool, forKey key: Key) throws { try sink.add(.boolean(value), to: place, under: key) }

  func encode(_ value: some Encodable, forKey key: Key) throws { try sink.encode(value, to: place, under: key) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type,
    forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    encoder(forKey: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder(forKey: key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { TokenEncoder(sink: sink, depth: place.depth - 1) }

  func superEncoder(forKey key: Key) -> any Encoder { encoder(forKey: key) }

  private func encoder(forKey key: Key) -> TokenEncoder {
    sink.begin(key.stringValue, in: place)
    return TokenEncoder(sink: sink, depth: place.depth)
  }
}

private struct ElementContainer: UnkeyedEncodingContainer {
  let sink: TokenSink
  let place: TokenPlace

  var codingPath: [any CodingKey] { sink.path }
  var count: Int { sink.count(of: place) }

  func encodeNil() throws { try sink.add(.null, to: place) }

  func encode(_ value: String) throws { try sink.add(.string(value), to: place) }

  func encode(_ value: some Encodable) throws { try sink.encode(value, to: place) }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    superEncoder().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }

  func superEncoder() -> any Encoder {
    sink.begin(nil, in: place)
    return TokenEncoder(sink: sink, depth: place.depth)
  }
}

private struct ScalarContainer: SingleValueEncodingContainer {
  let sink: TokenSink
  let depth: Int

  var codingPath: [any CodingKey] { sink.path }

  func encodeNil() { sink.add(.null) }

  func encode(_ value: String) { sink.add(.string(value)) }
  func encode(_ value: Int) { sink.add(.integer(value)) }
  func encode(_ value: Bool) { sink.add(.boolean(value)) }
  func encode(_ value: Double) throws { sink.add(try sink.number(value)) }

  func encode(_ value: some Encodable) throws { try sink.encode(value, at: depth) }

  // The other types of numbers arrive here, since each encodes itself into a container of one value. To ask a value of
  // any type whether it is some number would cost a search among all conformances of the program for each type.
  func encode(_ value: Float) throws { sink.add(try sink.number(value)) }
  func encode(_ value: Int8) throws { sink.add(try sink.integer(value)) }
  func encode(_ value: Int16) throws { sink.add(try sink.integer(value)) }
  func encode(_ value: Int32) throws { sink.add(try sink.integer(value)) }
  func encode(_ value: Int64) throws { sink.add(try sink.integer(value)) }
  func encode(_ value: UInt) throws { sink.add(try sink.integer(value)) }
  func encode(_ value: UInt8) throws { sink.add(try sink.integer(value)) }
  func encode(_ value: UInt16) throws { sink.add(try sink.integer(value)) }
  func encode(_ value: UInt32) throws { sink.add(try sink.integer(value)) }
  func encode(_ value: UInt64) throws { sink.add(try sink.integer(value)) }
}
