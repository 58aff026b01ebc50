import Model
import Yams

extension ParserFileReader {
  private static let messageKeys = [
    "id", "meaning", "versions", "origin", "pattern", "event", "set", "keys", "levels", "heads", "headless", "block",
    "examples", "near_misses",
  ]

  /// Reads one entry of `messages`; nil (and a diagnostic) if it cannot be used.
  mutating func message(_ node: Node) -> MessageDefinition? {
    let pairs = yaml.pairs(node, "a message")
    guard let idNode = pairs.first(where: { $0.key == "id" })?.value else {
      yaml.report(node, "a message has no 'id'")
      return nil
    }
    guard let id = word(idNode, "id") else { return nil }
    var message = MessageDefinition(id: id, location: yaml.location(of: node))
    var isUsable = true
    for (key, keyNode, value) in pairs {
      switch key {
      case "event":
        message.event = event(value)
        isUsable = isUsable && message.event != nil
      case "pattern": message.pattern = yaml.text(value, key)
      default: read(key, keyNode, value, into: &message)
      }
    }
    guard isUsable, isComplete(message) else { return nil }
    return message
  }

  private mutating func read(_ key: String, _ keyNode: Node, _ value: Node, into message: inout MessageDefinition) {
    switch key {
    case "id": break
    case "meaning": message.meaning = yaml.text(value, key) ?? ""
    case "versions": message.versions = yaml.text(value, key) ?? ""
    case "origin": message.origin = yaml.text(value, key) ?? ""
    case "set": message.set = values(value, key)
    case "keys": message.keys = values(value, key)
    case "levels": message.levels = yaml.texts(value, key)
    case "heads": message.heads = yaml.texts(value, key)
    case "headless": message.isHeadless = yaml.flag(value, key)
    case "block": message.isBlock = yaml.flag(value, key)
    case "examples": message.examples = yaml.items(value, key).compactMap { example($0) }
    case "near_misses": message.nearMisses = yaml.texts(value, key)
    default: yaml.unknownKey(keyNode, key, of: "a message", known: Self.messageKeys)
    }
  }

  private mutating func event(_ node: Node) -> EventKind? {
    guard let name = yaml.text(node, "event") else { return nil }
    if let kind = EventKind(rawValue: name) { return kind }
    yaml.report(node, "there is no event '\(name)'", help: "See failscope parsers vocabulary.")
    return nil
  }

  private mutating func isComplete(_ message: MessageDefinition) -> Bool {
    if message.pattern == nil, message.levels.isEmpty || message.isHeadless {
      yaml.report(message.location, "message '\(message.id)' has no 'pattern'")
      return false
    }
    if message.isHeadless, !message.levels.isEmpty || !message.heads.isEmpty || !message.keys.isEmpty {
      yaml.report(message.location, "message '\(message.id)' is headless and cannot have levels, heads or keys")
      return false
    }
    if message.isBlock, !message.isHeadless {
      yaml.report(message.location, "message '\(message.id)' is no headless one, so 'block' has no meaning")
    }
    return true
  }

  /// Reads an example: a mapping, or just the line.
  private mutating func example(_ node: Node) -> ExampleDefinition? {
    let location = yaml.location(of: node)
    if let scalar = node.scalar { return ExampleDefinition(line: scalar.string, location: location) }
    var line: String?
    var fields: [FieldValue] = []
    var isReal = false
    for (key, keyNode, value) in yaml.pairs(node, "an example") {
      switch key {
      case "line": line = yaml.text(value, key)
      case "fields": fields = values(value, key)
      case "real": isReal = yaml.flag(value, key)
      default: yaml.unknownKey(keyNode, key, of: "an example", known: ["line", "fields", "real"])
      }
    }
    guard let line else {
      yaml.report(node, "an example has no 'line'")
      return nil
    }
    return ExampleDefinition(line: line, fields: fields, isReal: isReal, location: location)
  }
}
