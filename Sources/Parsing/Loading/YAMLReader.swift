import Yams

/// Reads YAML nodes as the types that a parser file has, and notes what does not fit.
///
/// Nothing is thrown: a value that cannot be read is reported with its place and skipped, so that one mistake does
/// not hide the next.
struct YAMLReader {
  let file: String
  private(set) var diagnostics: [ParserDiagnostic] = []

  init(file: String) {
    self.file = file
  }

  mutating func report(_ node: Node?, _ reason: String, help: String? = nil) {
    diagnostics.append(ParserDiagnostic(location(of: node), reason, help: help))
  }

  mutating func report(_ location: ParserLocation, _ reason: String, help: String? = nil) {
    diagnostics.append(ParserDiagnostic(location, reason, help: help))
  }

  func location(of node: Node?) -> ParserLocation {
    guard let mark = node?.mark else { return ParserLocation(file: file) }
    return ParserLocation(file: file, line: mark.line, column: mark.column)
  }

  /// The document's root, or nil (and a diagnostic) if the text is not YAML.
  mutating func root(of text: String) -> Node? {
    do {
      guard let root = try Yams.compose(yaml: text) else {
        report(nil, "the file is empty")
        return nil
      }
      return root
    } catch let error as YamlError {
      report(error)
    } catch {
      report(nil, "the file is not YAML")
    }
    return nil
  }

  private mutating func report(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      report(ParserLocation(file: file, line: mark.line, column: mark.column), "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.map { "\($0)" }.joined(separator: ", ")
      let place = ParserLocation(file: file, line: context.mark.line, column: context.mark.column)
      report(place, "a key occurs twice: \(keys)")
    default:
      report(nil, "not YAML: \(error)")
    }
  }

  // MARK: Values

  mutating func text(_ node: Node, _ what: String) -> String? {
    if let scalar = node.scalar { return scalar.string }
    report(node, "\(what) must be text")
    return nil
  }

  mutating func flag(_ node: Node, _ what: String) -> Bool {
    switch node.scalar?.string {
    case "true": return true
    case "false": return false
    default:
      report(node, "\(what) must be true or false")
      return false
    }
  }

  /// A list of texts; a single text counts as a list of one.
  mutating func texts(_ node: Node, _ what: String) -> [String] {
    if let scalar = node.scalar { return [scalar.string] }
    guard let sequence = node.sequence else {
      report(node, "\(what) must be a list")
      return []
    }
    return sequence.compactMap { text($0, "each of \(what)") }
  }

  mutating func items(_ node: Node, _ what: String) -> [Node] {
    guard let sequence = node.sequence else {
      report(node, "\(what) must be a list")
      return []
    }
    return Array(sequence)
  }

  /// The keys and values of a mapping, in order.
  mutating func pairs(_ node: Node, _ what: String) -> [(key: String, keyNode: Node, value: Node)] {
    guard let mapping = node.mapping else {
      report(node, "\(what) must be a mapping of keys to values")
      return []
    }
    return mapping.compactMap { key, value in
      guard let name = text(key, "a key of \(what)") else { return nil }
      return (name, key, value)
    }
  }

  mutating func unknownKey(_ node: Node, _ key: String, of what: String, known: [String]) {
    report(node, "\(what) has no key '\(key)'", help: "Its keys are: \(known.joined(separator: ", ")).")
  }
}
