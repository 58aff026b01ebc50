/// Goes through the tokens of a value beside its schema to find the strings that are free text.
struct TextMapper {
  /// An array or object that is not ended.
  private struct Level {
    var place: Int
    var key: String
    /// Which property is expected next; nil in an array.
    var nextProperty: Int?
  }

  private let schema: TextSchema
  private var levels: [Level] = []
  /// Where the next value stands, and under which key.
  private(set) var place: Int
  private(set) var key: String

  /// `key`: that under which the value stands.
  init(_ schema: TextSchema, at place: Int, key: String) {
    self.schema = schema
    self.place = place
    self.key = key
  }

  /// How many arrays and objects are not ended.
  var depth: Int { levels.count }

  /// Takes the next token, and puts what `transform` makes of it in its place if it is free text; returns whether that
  /// is another text.
  mutating func map(_ token: inout JSONToken, _ transform: (_ text: String, _ key: String) -> String) -> Bool {
    guard case .string(let text) = token else {
      pass(token)
      return false
    }
    guard schema.isFreeText(place) else { return false }
    let mapped = transform(text, key)
    guard mapped != text else { return false }
    token = .string(mapped)
    return true
  }

  private mutating func pass(_ token: JSONToken) {
    switch token {
    case .key(let key): enter(key)
    case .beginObject: levels.append(Level(place: place, key: key, nextProperty: 0))
    case .beginArray:
      levels.append(Level(place: place, key: key))
      place = schema.items(of: place)
    case .endArray, .endObject: leave()
    case .null, .boolean, .integer, .number, .string: break
    }
  }

  private mutating func enter(_ key: String) {
    self.key = key
    guard let level = levels.last else { return }
    let (place, index) = schema.property(key, of: level.place, expected: level.nextProperty ?? 0)
    levels[levels.count - 1].nextProperty = index + 1
    self.place = place
  }

  /// Goes on with what lies around an array or object that has ended: if that is an array, with its next element.
  private mutating func leave() {
    _ = levels.popLast()
    guard let level = levels.last, level.nextProperty == nil else { return }
    place = schema.items(of: level.place)
    key = level.key
  }
}
