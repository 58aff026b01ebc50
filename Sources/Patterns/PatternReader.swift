/// Reads PCRE2 pattern text into nodes by recursive descent.
struct PatternReader {
  /// The inline options that change what a byte of the pattern means.
  struct Modes {
    var ignoresCase = false
    var dotMatchesLineFeed = false
  }

  let text: [UInt8]
  var position = 0
  var depth = 0
  var modes = Modes()
  var sawAtomic = false
  var captureNames: [String] = []
  var nonASCIIClass: Int?
  /// Whether a set has some of the digits and not all, or may have.
  var tellsDigitsApart = false

  private static let maximumDepth = 60

  init(_ text: [UInt8]) {
    self.text = text
  }

  /// Reads the whole text as one pattern.
  mutating func wholePattern() throws(PatternError) -> PatternNode {
    let node = try choice()
    guard position == text.count else {
      throw PatternError(reason: "a closing parenthesis has no opening one", offset: position)
    }
    return node
  }

  /// Reads alternatives up to a closing parenthesis or the end.
  ///
  /// Modes that they set end with them.
  mutating func choice() throws(PatternError) -> PatternNode {
    depth += 1
    guard depth <= Self.maximumDepth else {
      throw PatternError(reason: "groups are nested more than \(Self.maximumDepth) deep", offset: position)
    }
    let outerModes = modes
    var branches: [PatternNode] = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    modes = outerModes
    depth -= 1
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(PatternError) -> PatternNode {
    var items: [PatternNode] = []
    while let byte = peek, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      guard let atom = try atom() else { continue }
      items.append(try quantified(atom))
    }
    return items.count == 1 ? items[0] : .sequence(items)
  }

  /// Reads one unit, or nil where the text sets a mode or is a comment.
  private mutating func atom() throws(PatternError) -> PatternNode? {
    guard let byte = next() else { return nil }
    switch byte {
    case UInt8(ascii: "("): return try group()
    case UInt8(ascii: "["): return try bracketClass()
    case UInt8(ascii: "\\"): return try escape()
    case UInt8(ascii: "."): return .byte(modes.dotMatchesLineFeed ? .all : ByteSet([0x0A]).inverted)
    case UInt8(ascii: "^"): return .assertion
    case UInt8(ascii: "$"): return .end
    default: return literal(byte)
    }
  }

  mutating func literal(_ byte: UInt8) -> PatternNode {
    if byte.isASCIIDigit { tellsDigitsApart = true }
    let set = ByteSet(CollectionOfOne(byte))
    return .byte(modes.ignoresCase ? set.ignoringCase : set)
  }

  // MARK: Quantifiers

  private mutating func quantified(_ atom: PatternNode) throws(PatternError) -> PatternNode {
    guard let (minimum, maximum) = quantifier() else { return atom }
    if take("+") { sawAtomic = true } else { _ = take("?") }
    return .repetition(atom, minimum: minimum, maximum: maximum)
  }

  private mutating func quantifier() -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    return counts()
  }

  /// `{3}`, `{3,}` or `{3,5}`; anything else in braces is literal text.
  private mutating func counts() -> (Int, Int?)? {
    let start = position
    if take("{"), let minimum = number() {
      if take("}") { return (minimum, minimum) }
      if take(",") {
        if take("}") { return (minimum, nil) }
        if let maximum = number(), take("}") { return (minimum, maximum) }
      }
    }
    position = start
    return nil
  }

  // MARK: Bytes

  var peek: UInt8? {
    position < text.count ? text[position] : nil
  }

  mutating func next() -> UInt8? {
    guard position < text.count else { return nil }
    position += 1
    return text[position - 1]
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func take(text wanted: StaticString) -> Bool {
    let matches = wanted.withUTF8Buffer { text[position...].starts(with: $0) }
    if matches { position += wanted.utf8CodeUnitCount }
    return matches
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let byte = peek, byte >= 0x30, byte <= 0x39, (value ?? 0) < 100_000 {
      value = (value ?? 0) * 10 + Int(byte - 0x30)
      position += 1
    }
    return value
  }
}
