extension PatternReader {
  /// Reads what follows an opening parenthesis, through the closing one.
  mutating func group() throws(PatternError) -> PatternNode? {
    guard take("?") else {
      if take("*") { return try verb() }
      return try content()
    }
    if take(":") || take("|") { return try content() }
    if take(">") {
      sawAtomic = true
      return try content()
    }
    if take("=") || take("!") || take(text: "<=") || take(text: "<!") { return try assertion() }
    if take("#") { return comment() }
    if let name = captureName() {
      captureNames.append(name)
      return try content()
    }
    return try modesOrUnknown()
  }

  private mutating func content() throws(PatternError) -> PatternNode {
    let start = position
    let node = try choice()
    guard take(")") else { throw PatternError(reason: "an opening parenthesis is never closed", offset: start - 1) }
    return node
  }

  /// A look-around: its content says nothing about the bytes that the match consists of.
  private mutating func assertion() throws(PatternError) -> PatternNode {
    let names = captureNames
    _ = try content()
    captureNames = names
    return .assertion
  }

  private mutating func comment() -> PatternNode? {
    while let byte = next(), byte != UInt8(ascii: ")") {}
    return nil
  }

  /// `(*ATOMIC:…)` and the like are refused.
  private mutating func verb() throws(PatternError) -> PatternNode {
    throw PatternError(
      reason: "(*…) is not supported",
      help: "Write the pattern without verbs and alphabetic assertions.",
      offset: position - 2
    )
  }

  /// `<name>`, `P<name>` or `'name'` after the question mark.
  private mutating func captureName() -> String? {
    let start = position
    let hasPrefix = take("P")
    let close: UInt8
    if take("<") {
      close = UInt8(ascii: ">")
    } else if !hasPrefix, take("'") {
      close = UInt8(ascii: "'")
    } else {
      position = start
      return nil
    }
    let nameStart = position
    while let byte = peek, byte != close { position += byte == UInt8(ascii: ")") ? text.count : 1 }
    guard position > nameStart, next() == close else {
      position = start
      return nil
    }
    return String(decoding: text[nameStart..<position - 1], as: UTF8.self)
  }

  /// `(?i)` and `(?i-s:…)`; every other construct is refused.
  private mutating func modesOrUnknown() throws(PatternError) -> PatternNode? {
    let start = position
    let outerModes = modes
    var isOn = true
    while let byte = next() {
      switch byte {
      case UInt8(ascii: "i"): modes.ignoresCase = isOn
      case UInt8(ascii: "s"): modes.dotMatchesLineFeed = isOn
      case UInt8(ascii: "m"), UInt8(ascii: "J"): break
      case UInt8(ascii: "-"): isOn = false
      case UInt8(ascii: ")"): return nil
      case UInt8(ascii: ":"):
        let node = try content()
        modes = outerModes
        return node
      default:
        throw PatternError(
          reason: "the construct (?\(String(decoding: text[start..<position], as: UTF8.self))…) is not supported",
          help: "Only groups, named captures, look-arounds, atomic groups and the modes i, s, m and J are.",
          offset: start - 2
        )
      }
    }
    throw PatternError(reason: "an opening parenthesis is never closed", offset: start - 2)
  }
}
