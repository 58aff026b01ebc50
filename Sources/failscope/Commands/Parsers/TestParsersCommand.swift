import ArgumentParser
import Parsing

/// `failscope parsers test`: runs every example of the parser files.
struct TestParsersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Check parser files: their form, and that every example comes out as it says.",
    discussion: """
      Without a directory, the bundled files and those of ~/.config/failscope/parsers are checked. Mistakes are told with \
      file, line and reason, and the status is 1.
      """
  )

  @Argument(help: ArgumentHelp("A directory with parser files.", valueName: "dir"), completion: .directory)
  var directory: String?

  func run() throws {
    var count = 0
    var files = 0
    if let directory {
      count += try check(directory: directory, counting: &files)
    } else {
      files += ParserDirectories.bundledFiles.count
      count += report(ParserCheck.check(ParserDirectories.bundledFiles))
      if let configured = ParserDirectories.configured { count += try check(directory: configured, counting: &files) }
    }
    guard count == 0 else { throw ExitStatus.notAnalyzed }
    try StandardOutput.write(
      "\(files) parser \(files == 1 ? "file is" : "files are") right: every example comes out as it says.\n"
    )
  }

  private func check(directory: String, counting count: inout Int) throws -> Int {
    let (files, unreadable) = ParserFile.all(in: directory)
    guard !files.isEmpty || !unreadable.isEmpty else {
      throw Failure("\(directory): there is no parser file; their names end in .yaml.")
    }
    count += files.count
    let base = holdsBundledFiles(files) ? ParserCatalogue() : ParserDirectories.catalogue([])
    return report(unreadable + ParserCheck.check(files, onTopOf: base))
  }

  /// Whether these are failscope's own files, perhaps changed: they stand in the place of the bundled ones.
  private func holdsBundledFiles(_ files: [ParserFile]) -> Bool {
    func names(_ files: [ParserFile]) -> Set<Substring> {
      Set(files.map { $0.name.split(separator: "/").last ?? "" })
    }
    return names(ParserDirectories.bundledFiles).isSubset(of: names(files))
  }

  /// Tells what is wrong, in the form of compilers, which editors understand.
  private func report(_ diagnostics: [ParserDiagnostic]) -> Int {
    for diagnostic in diagnostics { Complaint.write(diagnostic) }
    return diagnostics.count
  }
}
