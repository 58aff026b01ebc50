import ArgumentParser
import Model
import Parsing
import Reporting

/// `failscope parsers list`: the components and how much of each is known.
struct ListParsersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the components that are understood."
  )

  @OptionGroup
  var options: ParserOptions

  func run() throws {
    let catalogue = ParserDirectories.catalogue(options.directories)
    let head = ["COMPONENT", "ROLE", "MESSAGES", "EVENTS", "YOURS", "NAME AND VERSIONS"]
    try StandardOutput.write(columns([head] + catalogue.components.map(Self.row)))
  }

  private static func row(_ component: CatalogueComponent) -> [String] {
    let messages = component.messages
    return [
      visible(component.component.name),
      component.component.role.rawValue,
      String(messages.count),
      String(messages.count { $0.definition.event != nil }),
      String(messages.count { $0.rank < 0 }),
      visible(component.versions.isEmpty ? component.title : "\(component.title) \(component.versions)"),
    ]
  }
}
