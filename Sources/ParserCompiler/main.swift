import Parsing

/// Compiles the bundled parser files: `ParserCompiler DIRECTORY OUTPUT.swift`.
///
/// A mistake in a file stops the build with its place and reason.
let arguments = CommandLine.arguments
guard arguments.count == 3 else {
  exit(saying: ["usage: ParserCompiler DIRECTORY OUTPUT.swift"])
}

let (files, unreadable) = ParserFile.all(in: arguments[1])
var mistakes = unreadable
if files.isEmpty, mistakes.isEmpty {
  mistakes.append(ParserDiagnostic(ParserLocation(file: arguments[1]), "the directory has no parser files"))
}
mistakes += ParserCheck.check(files)
guard mistakes.isEmpty else {
  exit(saying: mistakes.map(\.description))
}

var catalogue = ParserCatalogue()
_ = catalogue.load(files)
save(GeneratedSource(catalogue: catalogue, files: files).text, to: arguments[2])
