/// Says which array or object a container fills: how deep it lies, and its number.
struct TokenPlace {
  var depth: Int
  var number: Int
}

/// What values have encoded so far.
struct TokenTranscript {
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
  ///
  /// What is not within so many has ended: its place is none.
  mutating func open(isObject: Bool, at depth: Int) -> TokenPlace {
    guard depth <= opened.count else { return TokenPlace(depth: depth + 1, number: 0) }
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
