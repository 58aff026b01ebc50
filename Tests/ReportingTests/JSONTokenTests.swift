import Testing

@testable import Reporting

@Suite("A value's tokens")
struct JSONTokenTests {
  private struct Numbers: Encodable {
    var small: Int8 = -3
    var large: UInt64 = 7
    var share: Float = 0.5
    var missing: Int?
    var present: Double? = 2
    var flags = [true, false]
    var names: [String?] = ["pg1", nil]
    var empty: [Int] = []
  }

  @Test func haveTheOrderOfTheValue() throws {
    #expect(
      try [JSONToken](encoding: Numbers()) == [
        .beginObject, .key("small"), .integer(-3), .key("large"), .integer(7), .key("share"), .number(0.5),
        .key("present"), .number(2), .key("flags"), .beginArray, .boolean(true), .boolean(false), .endArray,
        .key("names"), .beginArray, .string("pg1"), .null, .endArray, .key("empty"), .beginArray, .endArray, .endObject,
      ]
    )
  }

  /// Fills containers within containers, of which one is begun twice.
  private struct Nested: Encodable {
    enum Key: String, CodingKey { case outer, list, rest, nothing }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      var outer = container.nestedContainer(keyedBy: Key.self, forKey: .outer)
      var list = outer.nestedUnkeyedContainer(forKey: .list)
      try list.encode(1)
      var inner = list.nestedContainer(keyedBy: Key.self)
      try inner.encode("x", forKey: .rest)
      try list.encodeNil()
      try container.encodeNil(forKey: .nothing)
      var again = encoder.container(keyedBy: Key.self)
      try again.encode([String: Int](), forKey: .rest)
    }
  }

  @Test func endWhatIsFilled() throws {
    #expect(
      try JSONValue(encoding: Nested()) == [
        "outer": ["list": [1, ["rest": "x"], .null]], "nothing": .null, "rest": [:],
      ]
    )
  }

  /// Goes back to a list that has ended.
  private struct Interleaved: Encodable {
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Nested.Key.self)
      var list = container.nestedUnkeyedContainer(forKey: .list)
      try container.encode(1, forKey: .rest)
      try list.encode(2)
    }
  }

  /// Begins an object in a list that has ended.
  private struct Late: Encodable {
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Nested.Key.self)
      var outer = container.nestedContainer(keyedBy: Nested.Key.self, forKey: .outer)
      var list = outer.nestedUnkeyedContainer(forKey: .list)
      try container.encode(1, forKey: .rest)
      var late = list.nestedContainer(keyedBy: Nested.Key.self)
      try late.encode(2, forKey: .rest)
    }
  }

  private struct Silent: Encodable {
    func encode(to encoder: any Encoder) {}
  }

  @Test func areRefusedWhereTheyWouldBeWrong() throws {
    #expect(throws: EncodingError.self) { try [JSONToken](encoding: Interleaved()) }
    #expect(throws: EncodingError.self) { try [JSONToken](encoding: Late()) }
    #expect(throws: EncodingError.self) { try [JSONToken](encoding: [UInt64.max]) }
    #expect(throws: EncodingError.self) { try [JSONToken](encoding: [Double.infinity]) }
    #expect(try [JSONToken](encoding: Silent()) == [.null])
    #expect(try [JSONToken](encoding: [Silent(), Silent()]) == [.beginArray, .null, .null, .endArray])
  }

  @Test func areThoseOfTheTree() throws {
    let value: JSONValue = ["a": [1, .number(0.5), [], [:]], "b": ["c": .null, "d": true], "e": "text"]
    #expect(JSONValue.array([value, value]).tokens == [.beginArray] + value.tokens + value.tokens + [.endArray])
    #expect(try JSONValue(encoding: ["a": [1, 2]]) == ["a": [1, 2]])
    #expect(value.line == #"{"a":[1,0.5,[],{}],"b":{"c":null,"d":true},"e":"text"}"#)
    #expect(value.text.hasPrefix("{\n  \"a\": [\n    1,\n    0.5,\n    [],\n    {}\n  ],\n  \"b\": {"))
  }
}
