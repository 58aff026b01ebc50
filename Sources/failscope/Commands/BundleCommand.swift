import ArgumentParser
import Bundling
import Contract
import Reporting

/// `failscope bundle`: an incident in one file, to hand on.
struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Put an incident's lines and its report into one file that gives the same report again.",
    usage: "failscope bundle [<options>] [<path> ...] --output <case.tar.zst>",
    discussion: """
      The bundle holds the lines around each incident, those that the report cites, the report, and the options; what \
      is left out is an empty line, so that numbers of lines stay what they were. Context is added until the lines \
      give the very report that the whole log gives. 'failscope analyze case.tar.zst' analyses it with the options it \
      was made with. Literals in statements and secrets in connection strings are not in it, unless --show-secrets \
      is given.

      It is a tar archive under zstd: 'tar --zstd -xf case.tar.zst' unpacks it.

      EXAMPLES:
        failscope bundle incident/ --output case.tar.zst
        docker compose logs --no-color | failscope bundle --redact all -o case.tar.zst
        failscope analyze case.tar.zst --format html --output case.html

      \(ExitStatus.table)
      """
  )

  @OptionGroup(title: "Input")
  var input: InputOptions

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The file to write, whole or not at all.", valueName: "file"),
    completion: .file()
  )
  var output: String

  @OptionGroup(title: "Redaction")
  var redaction: RedactionOptions

  func run() throws {
    let paths = try AnalysisRun.readablePaths(input)
    guard try CaseBundle.at(paths.readable) == nil else {
      throw Failure("\(paths.readable.joined()) is a bundle already; name the logs.")
    }
    let bundle = try CaseBuilder(input: input, redaction: redaction).bundle(of: paths.readable)
    do {
      try System.replaceFile(output, with: try bundle.archived())
    } catch {
      throw Failure("\(output): \(error); name a file with --output that can be written.")
    }
    try StandardOutput.write(visibleLines([Self.summary(of: bundle, at: output)]))
    if paths.isIncomplete { throw ExitStatus.notAnalyzed }
  }

  private static func summary(of bundle: CaseBundle, at path: String) -> String {
    let manifest = bundle.manifest
    let incidents = bundle.report.incidents.count
    let around = manifest.context.map {
      ", with \(Int($0)) s around \(incidents == 1 ? "the incident" : "each incident")"
    }
    return "\(path): \(manifest.keptLines) of \(manifest.lines) lines\(around ?? "")."
  }
}
