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

/// Says which array or object a container fills: how deep it lies, and its number.
private struct TokenPlace {
  var depth: Int
  var number: Int
}

/// What values have encoded so far.
private struct TokenTranscript {
  /// An array or object that is not ended, and how many elements it has.
  private struct Opened {
    var isObject: Bool
    var number: Int
    var count = 0
  }

  private(set) var tokens: [JSONToken] = []
  private var opened: [Opened] = []
  private var number = 0

  mutating func add(_ token: JSONToken) { tokens.append(token) }

  /// Adds one token or two to an array or object; false if it is ended.
  mutating func add(_ token: JSONToken, _ second: JSONToken? = nil, to place: TokenPlace) -> Bool {
    guard resume(place) else { return false }
    tokens.append(token)
    if let second { tokens.append(second) }
    return true
  }

  /// Begins an array or object within `depth` others, or goes on with the one that was begun there.
  mutating func open(isObject: Bool, at depth: Int) -> TokenPlace {
    if depth < opened.count, opened[depth].isObject == isObject {
      close(to: depth + 1)
    } else {
      close(to: depth)
      tokens.append(isObject ? .beginObject : .beginArray)
      number += 1
      opened.append(Opened(isObject: isObject, number: number))
    }
    return TokenPlace(depth: depth + 1, number: opened[depth].number)
  }

  /// Ends what lies deeper.
  mutating func close(to depth: Int) {
    while depth < opened.count { tokens.append(opened.removeLast().isObject ? .endObject : .endArray) }
  }

  /// Ends what lies deeper than a value that has encoded itself behind `before` tokens; one that encoded nothing is null.
  mutating func end(valueAt depth: Int, behind before: Int) {
    close(to: depth)
    if tokens.count == before { tokens.append(.null) }
  }

  /// Goes on with an array or object; false if it is ended.
  mutating func resume(_ place: TokenPlace) -> Bool {
    guard isOpen(place) else { return false }
    if place.depth < opened.count { close(to: place.depth) }
    opened[place.depth - 1].count += 1
    return true
  }

  func count(of place: TokenPlace) -> Int { isOpen(place) ? opened[place.depth - 1].count : 0 }

  private func isOpen(_ place: TokenPlace) -> Bool {
    place.depth <= opened.count && opened[place.depth - 1].number == place.number
  }
}

/// Takes down what values encode, in the order in which they do.
private final class TokenSink {
  // Each look at it is guarded against others at the same time, so that a token should not need many.
  private var transcript = TokenTranscript()
  private(set) var path: [any CodingKey] = []

  var tokens: [JSONToken] { transcript.tokens }

  func open(isObject: Bool, at depth: Int) -> TokenPlace { transcript.open(isObject: isObject, at: depth) }

  func count(of place: TokenPlace) -> Int { transcript.count(of: place) }

  // MARK: Tokens

  func add(_ token: JSONToken) { transcript.add(token) }

  /// Adds a token to an array or object.
  func add(_ token: JSONToken, to place: TokenPlace) throws {
    guard transcript.add(token, to: place) else { throw ended(place) }
  }

  func add(_ token: JSONToken, to place: TokenPlace, under key: some CodingKey) throws {
    guard transcript.add(.key(key.stringValue), token, to: place) else { throw ended(place) }
  }

  /// Adds the key of a value that encodes itself elsewhere, or nothing before an element.
  func begin(_ key: String?, at depth: Int) {
    transcript.close(to: depth)
    if let key { transcript.add(.key(key)) }
  }

  private func ended(_ place: TokenPlace) -> EncodingError {
    let reason = "it was ended when another one began"
    return EncodingError.invalidValue(place, .init(codingPath: path, debugDescription: reason))
  }

  // MARK: Values

  func encode(_ value: some Encodable, to place: TokenPlace) throws {
    guard transcript.resume(place) else { throw ended(place) }
    try encode(value, at: place.depth)
  }

  func encode(_ value: some Encodable, to place: TokenPlace, under key: some CodingKey) throws {
    try add(.key(key.stringValue), to: place)
    path.append(key)
    try encode(value, at: place.depth)
    path.removeLast()
  }

  /// Takes in a value within `depth` arrays and objects.
  func encode<Value: Encodable>(_ value: Value, at depth: Int) throws {
    if let token = try scalar(value) { return transcript.add(token) }
    let before = transcript.tokens.count
    try value.encode(to: TokenEncoder(sink: self, depth: depth))
    transcript.end(valueAt: depth, behind: before)
  }

  /// The token of a value of one of the most frequent types.
  ///
  /// The types are compared first: to ask a value of any type whether it is of another one takes longer than all the rest.
  private func scalar<Value>(_ value: Value) throws -> JSONToken? {
    if Value.self == String.self, let value = value as? String { return .string(value) }
    if Value.self == Int.self, let value = value as? Int { return .integer(value) }
    if Value.self == Double.self, let value = value as? Double { return try number(value) }
    if Value.self == Bool.self, let value = value as? Bool { return .boolean(value) }
    return nil
  }

  func number(_ value: some BinaryFloatingPoint) throws -> JSONToken {
    let number = Double(value)
    guard number.isFinite else {
      throw EncodingError.invalidValue(value, .init(codingPath: path, debugDescription: "not a finite number"))
    }
    return .number(number)
  }

  func integer(_ value: some BinaryInteger) throws -> JSONToken {
    guard let integer = Int(exactly: value) else {
      throw EncodingError.invalidValue(value, .init(codingPath: path, debugDescription: "beyond 64 bits"))
    }
    return .integer(integer)
  }
}

private struct TokenEncoder: Encoder {
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
    sink.begin(key.stringValue, at: place.depth)
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
    sink.begin(nil, at: place.depth)
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
