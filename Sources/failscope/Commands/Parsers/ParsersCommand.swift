import ArgumentParser

/// `failscope parsers`: what the program understands, and how to teach it more.
struct ParsersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parsers",
    abstract: "Show, test and try the parser files: which lines are understood, and as what.",
    discussion: """
      Parser files are YAML: a component's messages and what they mean. The bundled ones are part of the program; your own \
      go into ~/.config/failscope/parsers or a directory named with --parsers, and are tried first. docs/parsers.md \
      describes the format.

      EXAMPLES:
        failscope parsers list
        failscope parsers show patroni
        failscope parsers show patroni.promoted_acquired_lock
        failscope parsers match '2025-08-10 21:57:43,740 INFO: released leader key'
        failscope parsers test ./my-parsers
      """,
    subcommands: [
      ListParsersCommand.self,
      ShowParserCommand.self,
      TestParsersCommand.self,
      MatchLineCommand.self,
      VocabularyCommand.self,
    ]
  )
}

/// The parser directories, for commands that read no logs.
struct ParserOptions: ParsableArguments {
  @Option(
    name: .customLong("parsers"),
    help: ArgumentHelp(
      "A directory with parser files, tried before the bundled ones. Can be repeated.",
      valueName: "dir"
    ),
    completion: .directory
  )
  var parserDirectories: [String] = []

  mutating func validate() throws {
    try ParserDirectories.validate(parserDirectories)
  }

  /// Bundled files, configured directory and `--parsers`, in one catalogue.
  var directories: [String] { ParserDirectories.all(parserDirectories) }
}
