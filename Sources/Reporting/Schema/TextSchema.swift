/// Which strings of a value are free text, read off its schema once.
///
/// Places of the value are numbered; what the schema does not describe is free text.
struct TextSchema {
  private struct Place {
    var isFreeText = true
    /// The place of an array's elements.
    var items = 0
    /// The places of an object's values, in the order of the schema.
    var properties: [(key: String, place: Int)] = []
  }

  /// The first one is that of everything of which the schema says nothing.
  private var places = [Place()]
  /// The places of definitions that were met.
  private var known: [String: Int] = [:]
  private let definitions: JSONValue
  /// The place of the whole value.
  private(set) var root = 0

  init(_ schema: JSONValue) {
    definitions = schema["$defs"] ?? .null
    root = place(of: schema)
  }

  /// The place of what `schema` describes: behind a `$ref`, and of `anyOf` the branch that is not `null`.
  private mutating func place(of schema: JSONValue) -> Int {
    if case .array(let branches)? = schema["anyOf"], let first = branches.first { return place(of: first) }
    guard case .string(let reference)? = schema["$ref"] else { return addPlace(of: schema, as: nil) }
    let name = String(reference.dropFirst("#/$defs/".count))
    if let place = known[name] { return place }
    return definitions[name].map { addPlace(of: $0, as: name) } ?? 0
  }

  private mutating func addPlace(of schema: JSONValue, as name: String?) -> Int {
    let index = places.count
    places.append(Place())
    if let name { known[name] = index }
    var place = Place(isFreeText: schema["enum"] == nil && schema["const"] == nil && schema["pattern"] == nil)
    if let items = schema["items"] { place.items = self.place(of: items) }
    if case .object(let properties)? = schema["properties"] {
      place.properties = properties.map { ($0.key, self.place(of: $0.value)) }
    }
    places[index] = place
    return index
  }

  /// Whether a string at a place is free text.
  func isFreeText(_ place: Int) -> Bool { places[place].isFreeText }

  /// The place of the elements of an array.
  func items(of place: Int) -> Int { places[place].items }

  /// The place of an object's value, and which of the object's properties it is.
  ///
  /// `expected`: which one it is if the value keeps the order of the schema.
  func property(_ key: String, of place: Int, expected: Int) -> (place: Int, index: Int) {
    let properties = places[place].properties
    if expected < properties.count, properties[expected].key == key { return (properties[expected].place, expected) }
    guard let index = properties.firstIndex(where: { $0.key == key }) else { return (0, expected) }
    return (properties[index].place, index)
  }
}
