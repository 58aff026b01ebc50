import Model

/// A sentence with gaps for what a line says: `{name|member}'s container ends[ with exit code {code}]`.
///
/// A gap names fields in order of preference. Where none is told, a part in brackets is left out, and a gap outside of
/// brackets says `?`, or `a member` for a member.
struct SentenceTemplate: Hashable, Sendable {
  private indirect enum Part: Hashable, Sendable {
    case words(String)
    case gap([String])
    case optional([Part])
  }

  private let parts: [Part]

  init(_ text: String) {
    var rest = Substring(text)
    parts = Self.parts(of: &rest, until: nil)
  }

  /// The sentence for one occurrence.
  func filled(from occurrence: Occurrence) -> String {
    parts.map { Self.text(of: $0, from: occurrence) }.joined()
  }

  /// The names in the gaps that no field has: mistakes in a template.
  var unknownNames: [String] {
    Self.names(in: parts).filter { Field(rawValue: $0) == nil && !["who", "because"].contains($0) }
  }

  // MARK: - Reading

  private static func parts(of text: inout Substring, until end: Character?) -> [Part] {
    var result: [Part] = []
    while let next = text.first, next != end {
      switch next {
      case "{":
        text.removeFirst()
        let names = text.prefix { $0 != "}" }
        text = text.dropFirst(names.count + 1)
        result.append(.gap(names.split(separator: "|").map(String.init)))
      case "[":
        text.removeFirst()
        result.append(.optional(parts(of: &text, until: "]")))
        text = text.dropFirst()
      default:
        let words = text.prefix { $0 != "{" && $0 != "[" && $0 != end }
        text = text.dropFirst(words.count)
        result.append(.words(String(words)))
      }
    }
    return result
  }

  // MARK: - Filling

  private static func text(of part: Part, from occurrence: Occurrence) -> String {
    switch part {
    case .words(let words): words
    case .gap(let names): value(names, from: occurrence) ?? (names.last == "who" ? "a member" : "?")
    case .optional(let parts): optionalText(parts, from: occurrence)
    }
  }

  private static func optionalText(_ parts: [Part], from occurrence: Occurrence) -> String {
    let isComplete = parts.allSatisfy { part in
      if case .gap(let names) = part { return value(names, from: occurrence) != nil }
      return true
    }
    return isComplete ? parts.map { text(of: $0, from: occurrence) }.joined() : ""
  }

  private static func value(_ names: [String], from occurrence: Occurrence) -> String? {
    for name in names {
      let found =
        switch name {
        case "who": occurrence.member
        case "because": occurrence.reason.map(ReasonWords.words)
        default: Field(rawValue: name).flatMap { occurrence.fields[$0] }
        }
      if let found, !found.isEmpty { return found }
    }
    return nil
  }

  private static func names(in parts: [Part]) -> [String] {
    parts.flatMap { part -> [String] in
      switch part {
      case .words: []
      case .gap(let names): names
      case .optional(let parts): names(in: parts)
      }
    }
  }
}
