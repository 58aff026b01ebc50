import Model
import Parsing
import Reporting

/// Components and messages of the catalogue as text.
enum ParserPage {
  // MARK: - A component

  static func text(of component: CatalogueComponent) -> String {
    var facts = [["component", component.component.name], ["name", component.title]]
    facts.append(["role", component.component.role.rawValue])
    if !component.versions.isEmpty { facts.append(["versions", component.versions]) }
    if !component.programs.isEmpty { facts.append(["programs", component.programs.joined(separator: ", ")]) }
    if !component.levels.isEmpty { facts.append(["levels", component.levels.map(\.word).joined(separator: " ")]) }
    var text = columns(facts.map { $0.map(visible) })
    text += "\nHEADS: what stands before a message\n"
    text += columns(component.heads.map { ["  " + visible($0.definition.id), shape(of: $0.definition)] })
    text += "\nMESSAGES: 'failscope parsers show \(component.component.name).ID' tells more\n"
    text += columns(component.messages.map(row))
    return text
  }

  private static func row(_ message: CatalogueMessage) -> [String] {
    let event = message.definition.event?.rawValue ?? "-"
    return ["  " + visible(message.definition.id), event, visible(message.definition.meaning)]
  }

  private static func shape(of head: HeadDefinition) -> String {
    switch head.shape {
    case .layout(let layout): visible(layout.text)
    case .json: "one JSON object a line"
    case .csv(let shape): visible("comma-separated: " + shape.columns.joined(separator: ", "))
    }
  }

  // MARK: - A message

  static func text(of message: CatalogueMessage) -> String {
    let definition = message.definition
    var facts = [["message", message.id], ["meaning", definition.meaning]]
    func add(_ name: String, _ value: String) {
      if !value.isEmpty { facts.append([name, value]) }
    }
    add("versions", definition.versions)
    add("printed by", definition.origin)
    add("event", definition.event?.rawValue ?? "none: known, and of no consequence")
    add("pattern", definition.pattern ?? "every record of these levels")
    add("levels", definition.levels.joined(separator: " "))
    add("heads", definition.heads.joined(separator: ", "))
    add("headless", definition.isHeadless ? "yes: a line without any head" : "")
    add("sets", list(definition.set))
    add("keys", list(definition.keys))
    add("defined in", "\(definition.location.file):\(definition.location.line)")
    return columns(facts.map { $0.map(visible) }) + examples(of: definition)
  }

  private static func examples(of definition: MessageDefinition) -> String {
    var text = definition.examples.isEmpty ? "" : "\nEXAMPLES\n"
    for example in definition.examples {
      text += "  \(visible(example.line))\n"
      if !example.fields.isEmpty { text += "      \(visible(list(example.fields)))\n" }
    }
    if !definition.nearMisses.isEmpty { text += "\nNEAR MISSES: lines that it must not claim\n" }
    for line in definition.nearMisses { text += "  \(visible(line))\n" }
    return text
  }

  private static func list(_ values: [FieldValue]) -> String {
    values.map { "\($0.field.rawValue): \($0.value)" }.joined(separator: ", ")
  }
}
