import FoundationEssentials

/// A parser file before it is read.
package struct ParserFile: Hashable, Sendable {
  /// The file as diagnostics name it.
  package var name: String
  package var text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// The parser files (`*.yaml`) of a directory, in the order in which their messages are tried.
  ///
  /// - Returns: The files, and a diagnostic for each one that cannot be read, or for the directory.
  package static func all(in directory: String) -> (files: [ParserFile], diagnostics: [ParserDiagnostic]) {
    var files: [ParserFile] = []
    var diagnostics: [ParserDiagnostic] = []
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
      return ([], [ParserDiagnostic(ParserLocation(file: directory), "the directory cannot be read")])
    }
    for name in inOrder(names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }) {
      let path = directory.hasSuffix("/") ? directory + name : directory + "/" + name
      if let data = FileManager.default.contents(atPath: path) {
        files.append(ParserFile(name: path, text: String(decoding: data, as: UTF8.self)))
      } else {
        diagnostics.append(ParserDiagnostic(ParserLocation(file: path), "the file cannot be read"))
      }
    }
    return (files, diagnostics)
  }

  /// File names sorted without their ending, so that `patroni.yaml` comes before `patroni-consul.yaml`.
  private static func inOrder(_ names: [String]) -> [String] {
    names.sorted { $0.dropLast(5).lexicographicallyPrecedes($1.dropLast(5)) }
  }
}
