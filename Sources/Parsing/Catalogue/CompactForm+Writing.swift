import Model
import Patterns

extension ParserCatalogue {
  /// The catalogue in compact form, without documentation and examples.
  package var compactForm: String {
    var writer = CompactWriter()
    for component in components { writer.add(component) }
    return CompactForm.header + "\n" + writer.text
  }
}

/// Writes the lines of the compact form.
private struct CompactWriter {
  private(set) var text = ""
  private static let events = Dictionary(uniqueKeysWithValues: CompactForm.events.enumerated().map { ($1, $0) })

  mutating func add(_ component: CatalogueComponent) {
    let role = component.component.role.rawValue
    line(["C", component.component.name, role, component.title, component.versions] + component.programs)
    for word in component.levels { line("L", word.word, word.level.name) }
    for head in component.heads { add(head.definition) }
    var messages = CompactWriter()
    for message in component.messages { messages.add(message) }
    line("B", "\(messages.text.utf8.count)")
    text += messages.text
  }

  private mutating func add(_ head: HeadDefinition) {
    let flags = head.isNamedOnly ? "\(CompactForm.Flag.namedOnly)" : ""
    switch head.shape {
    case .layout(let layout): line("H", head.id, flags, "layout", layout.text)
    case .json(let shape):
      line("H", head.id, flags, "json", shape.timeLayout?.text ?? "")
      let lists = [
        ("time", shape.time), ("level", shape.level), ("message", shape.message), ("pid", shape.pid),
        ("requires", shape.requires), ("also", shape.also), ("inside", shape.inside),
      ]
      for (role, names) in lists { for name in names { line("A", role, name) } }
    case .csv(let shape):
      line("H", head.id, flags, "csv", shape.timeLayout?.text ?? "")
      for column in shape.columns { line("A", "column", column) }
      for name in shape.also { line("A", "also", name) }
    }
    for value in head.set { add("S", value) }
  }

  private mutating func add(_ message: CatalogueMessage) {
    let definition = message.definition
    var flags = String.UnicodeScalarView()
    if definition.isHeadless { flags.append(CompactForm.Flag.headless) }
    if definition.isBlock { flags.append(CompactForm.Flag.block) }
    if message.literals?.prefixSuffices == true { flags.append(CompactForm.Flag.suffices) }
    if message.yieldsToEarlier { flags.append(CompactForm.Flag.yields) }
    var parts = CompactWriter()
    parts.addParts(of: message)
    let event = definition.event.flatMap { Self.events[$0] }.map { "\($0)" } ?? ""
    line("M", "\(parts.text.utf8.count)", event, String(flags), definition.id)
    text += parts.text
  }

  private mutating func addParts(of message: CatalogueMessage) {
    let definition = message.definition
    if let pattern = definition.pattern { text += "E\t\(Self.singleLine(pattern))\n" }
    for value in definition.set { add("S", value) }
    for value in definition.keys { add("K", value) }
    for level in definition.levels { line("V", level) }
    for head in definition.heads { line("W", head) }
    for literal in message.literals?.prefixes ?? [] { text += "P\t\(CompactForm.escaped(literal))\n" }
    for literal in message.literals?.required ?? [] { text += "R\t\(CompactForm.escaped(literal))\n" }
  }

  private mutating func add(_ tag: String, _ value: FieldValue) {
    line(tag, "\(value.field.ordinal)", value.value)
  }

  private mutating func line(_ values: String...) {
    line(values)
  }

  private mutating func line(_ values: [String]) {
    text += values.map { CompactForm.escaped($0.utf8) }.joined(separator: "\t") + "\n"
  }

  /// A pattern without raw tabs and line feeds.
  private static func singleLine(_ pattern: String) -> String {
    var result = ""
    for scalar in pattern.unicodeScalars {
      switch scalar {
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
