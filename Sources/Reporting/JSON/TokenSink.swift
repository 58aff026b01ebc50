/// Takes down what values encode, in the order in which they do.
final class TokenSink {
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

  /// Makes room in an array or object for a value that encodes itself later.
  func begin(_ key: String?, in place: TokenPlace) {
    if transcript.resume(place), let key { transcript.add(.key(key)) }
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
