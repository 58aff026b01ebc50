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

  /// What lines are matched against: the bundled parsers in their compact form, and those of `directories` on top.
  ///
  /// What is wrong with the user's files is told on standard error.
  static func catalogue(_ directories: [String]) -> ParserCatalogue {
    extended(ParserCatalogue(compact: BundledParsers.compact), by: directories)
  }

  /// One component with its comments and examples, as its bundled and own files have them.
  static func documentation(of component: String, _ directories: [String]) -> ParserCatalogue {
    var catalogue = ParserCatalogue()
    _ = catalogue.load(bundledFiles.filter { describes($0, component) })
    return extended(catalogue, by: directories)
  }

  /// The bundled files as they are written.
  static var bundledFiles: [ParserFile] {
    BundledParsers.sources.map { ParserFile(name: "parsers/" + $0.name, text: $0.text) }
  }

  private static func extended(_ catalogue: ParserCatalogue, by directories: [String]) -> ParserCatalogue {
    var catalogue = catalogue
    for directory in directories {
      let (merged, diagnostics) = ParserCatalogue.loading(directory: directory, onTopOf: catalogue)
      for diagnostic in diagnostics { Complaint(diagnostic.description).write() }
      catalogue = merged
    }
    return catalogue
  }

  /// Whether a file says that it is about a component; reading all of it takes longer than looking.
  private static func describes(_ file: ParserFile, _ component: String) -> Bool {
    file.text.hasPrefix("component: \(component)\n") || file.text.contains("\ncomponent: \(component)\n")
  }
}
