import ArgumentParser
import Comparison
import Contract
import Reporting

/// `failscope stats`: what many incidents have in common.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Count and measure over many reports: percentiles per phase, causes, members.",
    discussion: """
      Reads files that 'failscope analyze --format json' wrote. An incident that several reports tell counts once. \
      Percentiles are by nearest rank, so that each is a duration that was measured.

      EXAMPLES:
        failscope stats archive/*.json
        failscope stats archive/*.json --format json | jq '.phases[] | select(.name == "detection")'

      \(ExitStatus.table)
      """
  )

  @Argument(help: "The reports.", completion: .file())
  var reports: [String]

  @Option(help: "The form of the statistics.")
  var format = ComparisonFormat.text

  func run() throws {
    var read: [Report] = []
    var isIncomplete = false
    for path in reports {
      do {
        read.append(try ReportInput.report(path))
      } catch let failure as Failure {
        Complaint(failure.message).write()
        isIncomplete = true
      }
    }
    guard !read.isEmpty else { throw ExitStatus.notAnalyzed }
    let statistics = ReportStatistics(of: read)
    switch format {
    case .json: try StandardOutput.write(try JSONValue(encoding: statistics).text)
    case .text: try StandardOutput.write(visibleLines(StatisticsText.lines(of: statistics)))
    }
    if isIncomplete { throw ExitStatus.notAnalyzed }
  }
}
