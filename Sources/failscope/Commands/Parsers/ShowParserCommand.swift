import ArgumentParser
import Parsing

/// `failscope parsers show`: one component, or one message of it.
struct ShowParserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a component's heads and messages, or one message with its pattern and examples."
  )

  @Argument(help: ArgumentHelp("patroni, or patroni.promoted_acquired_lock.", valueName: "id"))
  var id: String

  @OptionGroup
  var options: ParserOptions

  func run() throws {
    let name = id.prefix { $0 != "." }
    let catalogue = ParserDirectories.documentation(of: String(name), options.directories)
    if let component = catalogue.component(named: id) {
      return try StandardOutput.write(ParserPage.text(of: component))
    }
    guard let message = catalogue.message(id: id) else { throw Self.unknown(id, catalogue) }
    try StandardOutput.write(ParserPage.text(of: message))
  }

  private static func unknown(_ id: String, _ catalogue: ParserCatalogue) -> Failure {
    let parts = id.split(separator: ".", maxSplits: 1)
    guard let name = parts.first, let component = catalogue.component(named: String(name)) else {
      return Failure("there is no component '\(id)'; 'failscope parsers list' tells all.", status: .usage)
    }
    let word = parts.dropFirst().first.map(String.init) ?? ""
    let near = component.messages.map(\.id).filter { !word.isEmpty && $0.contains(word) }.prefix(3)
    let help =
      near.isEmpty ? "'failscope parsers show \(name)' tells all." : "Did you mean \(near.joined(separator: " or "))?"
    return Failure("there is no message '\(id)'. \(help)", status: .usage)
  }
}
