import Analyzer
import ArgumentParser
import Contract
import Reporting

/// The forms in which a report is written.
enum ReportFormat: String, OptionWord {
  case terminal
  case json
  case markdown
  case html
  case jira
  case gitlab
  case pagerduty
  case otlp
  case chromeTrace = "chrome-trace"
  case csv
  case cloudevents
}

/// How the report looks and where it goes.
struct ReportOptions: ParsableArguments {
  @Option(help: "The form of the report.")
  var format = ReportFormat.terminal

  @Option(help: "Whether the terminal report has colours. NO_COLOR and TERM=dumb are honoured.")
  var color = ColorChoice.auto

  @Option(
    help: ArgumentHelp(
      "The columns of the terminal report. (default: those of the terminal, else COLUMNS, else 80)",
      valueName: "columns"
    ),
    transform: OptionValues.width
  )
  var width: Int?

  @Flag(help: "Keep to ASCII in the terminal report.")
  var ascii = false

  @Option(
    help: ArgumentHelp("Write the report to FILE, whole or not at all, instead of standard output.", valueName: "file"),
    completion: .file()
  )
  var output: String?

  @OptionGroup(title: "Redaction")
  var redaction: RedactionOptions

  /// Renders the report and writes it to where it belongs.
  ///
  /// Throws `ReaderGone` or `Failure`.
  func write(_ result: AnalysisResult) throws {
    let destination = Destination(path: output)
    if format == .json, case .standardOutput = destination {
      let (report, _) = try redaction.applied(to: result, listsEvents: false)
      return try json(report) { try StandardOutput.write($0) }
    }
    try destination.write(try text(of: result, for: destination.display))
  }

  private func text(of result: AnalysisResult, for display: Display) throws -> String {
    let (report, events) = try redaction.applied(to: result, listsEvents: format == .html)
    switch format {
    case .terminal:
      let options = TerminalOptions(width: display.width(width), color: display.isColored(color), ascii: ascii)
      return terminal(report, options: options)
    case .json: return try json(report)
    case .markdown: return markdown(report)
    case .html: return html(report, events: events)
    case .jira: return jira(report)
    case .gitlab: return gitLabTimeline(report)
    case .pagerduty: return try pagerDuty(report)
    case .otlp: return try openTelemetryTrace(report)
    case .chromeTrace: return try chromeTrace(report)
    case .csv: return csv(report)
    case .cloudevents: return try cloudEvents(report)
    }
  }
}
