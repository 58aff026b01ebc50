import Model
import Yams

/// Reads one parser file.
struct ParserFileReader {
  var yaml: YAMLReader

  private static let keys = ["component", "name", "role", "versions", "programs", "levels", "heads", "messages"]

  /// Reads `text`; what is wrong is in the diagnostics, what is right in the definition.
  static func read(_ text: String, file: String) -> (ParserDefinition?, [ParserDiagnostic]) {
    var reader = ParserFileReader(yaml: YAMLReader(file: file))
    let definition = reader.definition(text)
    return (definition, reader.yaml.diagnostics)
  }

  private mutating func definition(_ text: String) -> ParserDefinition? {
    guard let root = yaml.root(of: text) else { return nil }
    let pairs = yaml.pairs(root, "the file")
    guard let component = pairs.first(where: { $0.key == "component" })?.value else {
      yaml.report(root, "the file does not say which 'component' it describes")
      return nil
    }
    guard let name = word(component, "component") else { return nil }
    var definition = ParserDefinition(component: name, location: yaml.location(of: root))
    for (key, keyNode, value) in pairs { read(key, keyNode, value, into: &definition) }
    checkIdentifiers(definition)
    return definition
  }

  private mutating func read(_ key: String, _ keyNode: Node, _ value: Node, into definition: inout ParserDefinition) {
    switch key {
    case "component": break
    case "name": definition.title = yaml.text(value, key)
    case "role": definition.role = role(value)
    case "versions": definition.versions = yaml.text(value, key)
    case "programs": definition.programs = yaml.texts(value, key)
    case "levels": definition.levels = levels(value)
    case "heads": definition.heads = yaml.items(value, key).compactMap { head($0) }
    case "messages": definition.messages = yaml.items(value, key).compactMap { message($0) }
    default: yaml.unknownKey(keyNode, key, of: "a parser file", known: Self.keys)
    }
  }

  private mutating func role(_ node: Node) -> ComponentRole? {
    guard let name = yaml.text(node, "role") else { return nil }
    if let role = ComponentRole(rawValue: name) { return role }
    let known = ComponentRole.allCases.map(\.rawValue).joined(separator: ", ")
    yaml.report(node, "there is no role '\(name)'", help: "The roles are: \(known).")
    return nil
  }

  private mutating func levels(_ node: Node) -> [LevelWord] {
    var words: [LevelWord] = []
    for (word, keyNode, value) in yaml.pairs(node, "levels") {
      guard let name = yaml.text(value, "a level") else { continue }
      guard let level = Level(name: name) else {
        yaml.report(
          value,
          "there is no level '\(name)'",
          help: "The levels are: debug, info, notice, warning, error, fatal, panic."
        )
        continue
      }
      if word.isEmpty { yaml.report(keyNode, "a level word is empty") } else { words.append(LevelWord(word, level)) }
    }
    if words.count > ParserCatalogue.maximumLevels {
      yaml.report(node, "there are more than \(ParserCatalogue.maximumLevels) level words")
    }
    return Array(words.prefix(ParserCatalogue.maximumLevels))
  }

  /// Text that may serve as an id: letters, digits, `_` and `-`.
  mutating func word(_ node: Node, _ what: String) -> String? {
    guard let text = yaml.text(node, what) else { return nil }
    let isWord = text.utf8.allSatisfy { byte in
      (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x5F || byte == 0x2D
    }
    if isWord, !text.isEmpty { return text }
    yaml.report(node, "\(what) must be one word of letters, digits, '_' and '-'")
    return nil
  }

  /// Field names with values, as `set` and `fields` have them.
  mutating func values(_ node: Node, _ what: String) -> [FieldValue] {
    yaml.pairs(node, what).compactMap { name, keyNode, value in
      guard let field = Field(rawValue: name) else {
        yaml.report(keyNode, "there is no field '\(name)'", help: "See failscope parsers vocabulary.")
        return nil
      }
      return yaml.text(value, name).map { FieldValue(field, $0) }
    }
  }

  private mutating func checkIdentifiers(_ definition: ParserDefinition) {
    var seen: Set<String> = []
    for head in definition.heads where !seen.insert(head.id).inserted {
      yaml.report(head.location, "there are two heads '\(head.id)'")
    }
    seen = []
    for message in definition.messages where !seen.insert(message.id).inserted {
      yaml.report(message.location, "there are two messages '\(message.id)'")
    }
  }
}
