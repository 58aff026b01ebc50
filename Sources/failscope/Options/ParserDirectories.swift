import ArgumentParser
import BundledParsers
import Parsing

/// Where the user's own parser files are.
enum ParserDirectories {
  /// `$XDG_CONFIG_HOME/failscope/parsers`, usually `~/.config/failscope/parsers`; nil if there is no such directory.
  static var configured: String? {
    let base = System.environment("XDG_CONFIG_HOME") ?? System.environment("HOME").map { $0 + "/.config" }
    guard let directory = base.map({ $0 + "/failscope/parsers" }), System.isDirectory(directory) else { return nil }
    return directory
  }

  /// Throws `ValidationError` if one of the directories does not exist.
  static func validate(_ named: [String]) throws {
    for directory in named where !System.isDirectory(directory) {
      throw ValidationError("There is no directory '\(directory)'; --parsers names one that has *.yaml files.")
    }
  }

  /// The configured directory and those of `--parsers`; the files of a later one are tried first.
  static func all(_ named: [String]) -> [String] {
    (configured.map { [$0] } ?? []) + named
  }

  /// All parser files with their comments and examples, for commands that show them: the bundled ones, and those of
  /// `directories` on top.
  ///
  /// What is wrong with the user's files is told on standard error.
  static func catalogue(_ directories: [String]) -> ParserCatalogue {
    var catalogue = bundled
    for directory in directories {
      let (merged, diagnostics) = ParserCatalogue.loading(directory: directory, onTopOf: catalogue)
      for diagnostic in diagnostics { Complaint(diagnostic.description).write() }
      catalogue = merged
    }
    return catalogue
  }

  /// The bundled files alone.
  static var bundled: ParserCatalogue {
    var catalogue = ParserCatalogue()
    _ = catalogue.load(bundledFiles)
    return catalogue
  }

  /// The bundled files as they are written.
  static var bundledFiles: [ParserFile] {
    BundledParsers.sources.map { ParserFile(name: $0.name, text: $0.text) }
  }
}
