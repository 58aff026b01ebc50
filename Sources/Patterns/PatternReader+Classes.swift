extension PatternReader {
  /// Reads what follows an opening bracket, through the closing one.
  mutating func bracketClass() throws(PatternError) -> PatternNode {
    let start = position - 1
    var set = ByteSet()
    let isNegated = take("^")
    var isFirst = true
    while let byte = next() {
      if byte == UInt8(ascii: "]"), !isFirst { return .byte(finished(set, isNegated: isNegated)) }
      isFirst = false
      if byte >= 0x80, nonASCIIClass == nil { nonASCIIClass = position - 1 }
      try addMember(byte, to: &set)
    }
    throw PatternError(reason: "an opening bracket is never closed", offset: start)
  }

  private mutating func finished(_ set: ByteSet, isNegated: Bool) -> ByteSet {
    if !set.hasAllDigitsOrNone { tellsDigitsApart = true }
    let cased = modes.ignoresCase ? set.ignoringCase : set
    return isNegated ? cased.inverted : cased
  }

  /// Adds the member that begins with `byte`: a POSIX class, a named class, a range or a single byte.
  private mutating func addMember(_ byte: UInt8, to set: inout ByteSet) throws(PatternError) {
    if byte == UInt8(ascii: "["), let named = posixClass() {
      set.formUnion(named)
      return
    }
    guard let low = try member(byte, into: &set) else { return }
    guard let high = try rangeEnd() else {
      set.insert(low)
      return
    }
    guard low <= high else { throw PatternError(reason: "a range in brackets runs backwards", offset: position) }
    for value in low...high { set.insert(value) }
  }

  /// The single byte that a member stands for, or nil after a named class was added.
  private mutating func member(_ byte: UInt8, into set: inout ByteSet) throws(PatternError) -> UInt8? {
    guard byte == UInt8(ascii: "\\") else { return byte }
    guard let escaped = next() else { throw PatternError(reason: "an opening bracket is never closed") }
    if let named = Self.classes[escaped] {
      set.formUnion(named)
      return nil
    }
    if escaped == UInt8(ascii: "b") { return 0x08 }
    if let value = characterEscape(escaped) { return value }
    guard escaped.isASCIILetter || escaped.isASCIIDigit else { return escaped }
    set = .all
    tellsDigitsApart = true
    return nil
  }

  private mutating func rangeEnd() throws(PatternError) -> UInt8? {
    guard peek == UInt8(ascii: "-"), position + 1 < text.count, text[position + 1] != UInt8(ascii: "]") else {
      return nil
    }
    let start = position
    position += 1
    guard let byte = next() else { return nil }
    var ignored = ByteSet()
    if let high = try member(byte, into: &ignored) { return high }
    position = start
    return nil
  }

  /// `:alpha:]` and the like after `[[`.
  private mutating func posixClass() -> ByteSet? {
    let start = position
    guard take(":") else { return nil }
    let isNegated = take("^")
    let nameStart = position
    while let byte = peek, byte.isASCIILetter { position += 1 }
    let name = String(decoding: text[nameStart..<position], as: UTF8.self)
    guard take(text: ":]") else {
      position = start
      return nil
    }
    let set = Self.posixClasses[name] ?? .all
    return isNegated ? set.inverted : set
  }

  private static let posixClasses: [String: ByteSet] = [
    "digit": .digits,
    "alpha": .letters,
    "alnum": ByteSet(ByteSet.letters.bytes + ByteSet.digits.bytes),
    "word": .wordBytes,
    "space": .whitespace,
    "blank": ByteSet([0x20, 0x09]),
    "upper": ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z")),
    "lower": ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z")),
    "xdigit": ByteSet("0123456789abcdefABCDEF".utf8),
    "punct": ByteSet((0x21...0x7E).filter { !ByteSet.letters.contains($0) && !ByteSet.digits.contains($0) }),
  ]
}
