/// Undoes what a web page, a word processor or a chat has done to the characters of a pasted log.
///
/// Three things happen to pastes: markup characters become HTML entities, quotes become typographic ones, and blanks
/// become no-break spaces. A log may hold any of these by itself, so each is undone only in a text in which the plain
/// character does not occur: a log that was escaped as a whole has no plain `<` left.
struct TextRepair: Hashable, Sendable {
  /// One replacement; the plain byte is never longer than what stands for it, so that repair works in place.
  private struct Rule: Hashable {
    var written: [UInt8]
    var plain: UInt8
  }

  private static let known: [(written: String, plain: UInt8)] = [
    ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")), ("&quot;", .quote), ("&#34;", .quote),
    ("&#39;", apostrophe), ("&#x27;", apostrophe), ("&#039;", apostrophe), ("&apos;", apostrophe),
    ("“", .quote), ("”", .quote), ("„", .quote), ("‘", apostrophe), ("’", apostrophe),
  ]
  private static let apostrophe = UInt8(ascii: "'")
  private static let noBreakSpace = Array("\u{A0}".utf8)

  private var rules: [Rule] = []
  private var firstBytes: Set<UInt8> = []

  /// Whether nothing has to be undone, as with nearly every log.
  var isEmpty: Bool { rules.isEmpty }

  /// Undoes nothing.
  init() {}

  /// Looks at the beginning of a text for what has to be undone in all of it.
  init(lookingAt text: Span<UInt8>) {
    guard Self.holdsCandidate(text) else { return }
    for (written, plain) in Self.known where Self.holds(text, Array(written.utf8)) && !Self.holds(text, [plain]) {
      add(Array(written.utf8), plain)
    }
    if rules.contains(where: { $0.written.first == UInt8(ascii: "&") }) { add(Array("&amp;".utf8), UInt8(ascii: "&")) }
    if Self.holds(text, Self.noBreakSpace) { add(Self.noBreakSpace, .blank) }
  }

  /// Repairs `bytes[start..<end]` in place and returns the new end.
  func apply(to bytes: inout [UInt8], _ start: Int, _ end: Int) -> Int {
    var source = start
    var target = start
    while source < end {
      if firstBytes.contains(bytes[source]), let rule = rule(at: source, in: bytes, end) {
        bytes[target] = rule.plain
        source += rule.written.count
      } else {
        bytes[target] = bytes[source]
        source += 1
      }
      target += 1
    }
    return target
  }

  private mutating func add(_ written: [UInt8], _ plain: UInt8) {
    rules.append(Rule(written: written, plain: plain))
    if let first = written.first { firstBytes.insert(first) }
  }

  private func rule(at position: Int, in bytes: [UInt8], _ end: Int) -> Rule? {
    rules.first { rule in
      position + rule.written.count <= end
        && bytes[position..<position + rule.written.count].elementsEqual(rule.written)
    }
  }

  /// A log of plain ASCII without an ampersand, the usual one, is told at once.
  private static func holdsCandidate(_ text: Span<UInt8>) -> Bool {
    for position in 0..<text.count where text[position] >= 0x80 || text[position] == UInt8(ascii: "&") { return true }
    return false
  }

  private static func holds(_ text: Span<UInt8>, _ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first, text.count >= wanted.count else { return false }
    for position in 0...text.count - wanted.count where text[position] == first {
      var length = 1
      while length < wanted.count, text[position + length] == wanted[length] { length += 1 }
      if length == wanted.count { return true }
    }
    return false
  }
}
