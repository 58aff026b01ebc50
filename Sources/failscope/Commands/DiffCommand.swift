import ArgumentParser
import Comparison
import Contract
import Reporting

/// The forms in which comparisons are written.
enum ComparisonFormat: String, OptionWord {
  case text
  case json
}

/// `failscope diff`: what changed from one report to another.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two reports: which phase got slower, which finding is new.",
    discussion: """
      Both are files that 'failscope analyze --format json' wrote; '-' is standard input. Incidents are matched by \
      their ids (the same incident in a longer log), the rest by kind in order of time (two drills).

      EXAMPLES:
        failscope diff drill-before.json drill-after.json
        failscope analyze today.log --format json | failscope diff yesterday.json - --fail-on-worse

      \(ExitStatus.table)
      """
  )

  @Argument(help: "The earlier report.", completion: .file())
  var before: String

  @Argument(help: "The later report.", completion: .file())
  var after: String

  @Option(help: "The form of the comparison.")
  var format = ComparisonFormat.text

  @Flag(help: "End with status 2 if there is a new incident or finding, or a write outage got longer.")
  var failOnWorse = false

  func run() throws {
    let difference = ReportDifference(from: try ReportInput.report(before), to: try ReportInput.report(after))
    switch format {
    case .json: try StandardOutput.write(try JSONValue(encoding: difference).text)
    case .text: try StandardOutput.write(visibleLines(DifferenceText.lines(of: difference)))
    }
    if failOnWorse, difference.isWorse { throw ExitStatus.thresholdMet }
  }
}

/// Reports on the command line.
enum ReportInput {
  /// Reads the report at `path`, `-` for standard input.
  ///
  /// Throws `Failure` with one line that says what to do.
  static func report(_ path: String) throws -> Report {
    do {
      return try ReportFile.report(from: try System.contents(of: path))
    } catch let error as ReportFileError {
      throw Failure("\(path) \(error); give a file that 'failscope analyze --format json' wrote.")
    } catch {
      throw Failure("\(path): \(error); check the name and its permissions.")
    }
  }
}

/// Lines of which none holds a control character.
func visibleLines(_ lines: [String]) -> String {
  lines.map { visible($0) + "\n" }.joined()
}
