import ArgumentParser
import Checking
import Contract
import Reporting

/// The forms in which a check is written.
enum CheckFormat: String, OptionWord {
  case terminal
  case json
  case markdown
}

/// `failscope check`: whether a report's remedies still fit the cluster.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Ask the live cluster whether a report's remedies still fit it.",
    discussion: """
      A report tells how the cluster was at the end of its log. Before anybody acts on it, 'check' asks the servers, the \
      members' Patroni or a saved listing, and says of each remedy: still needed, already done, now dangerous and why, or \
      not to be told from here and what would tell. It only reads, in read-only transactions with a time limit; a role with \
      pg_monitor suffices. Who does not answer is part of the result.

      EXAMPLES:
        failscope analyze incident/ --format json > incident.json
        failscope check --report incident.json --patroni pg1:8008 --patroni pg2:8008
        failscope check --report incident.json --dsn 'host=pg1 user=failscope' --dsn 'host=pg2 user=failscope'
        failscope check --report incident.json --dsn pg1='host=10.0.0.1 user=failscope'
        patronictl list --format json | failscope check --report incident.json --patronictl-list -

      SOURCES:
        --dsn               a server, as libpq reads it: host=… or postgresql://…,
                            env:NAME or file:PATH. NAME=… in front names the
                            member. Passwords belong into .pgpass.
        --patroni           a member's REST API: /patroni /cluster /history /config
        --patronictl-list   a file that 'patronictl list --format json' wrote

      \(CheckStatus.table)
      """
  )

  @Option(help: "The report, written by 'failscope analyze --format json'; '-' is standard input.", completion: .file())
  var report: String

  @OptionGroup(title: "Sources")
  var sources: CheckSources

  @Option(help: "The form of the check.")
  var format = CheckFormat.terminal

  @Option(help: "Whether the terminal form has colours. NO_COLOR and TERM=dumb are honoured.")
  var color = ColorChoice.auto

  @Option(
    help: ArgumentHelp(
      "The columns of the terminal form. (default: those of the terminal, else COLUMNS, else 80)",
      valueName: "columns"
    ),
    transform: OptionValues.width
  )
  var width: Int?

  @Flag(help: "Keep to ASCII in the terminal form.")
  var ascii = false

  func validate() throws {
    guard !sources.isEmpty else {
      throw ValidationError("Say whom to ask: --dsn, --patroni or --patronictl-list")
    }
  }

  func run() throws {
    let report = try ReportInput.report(report)
    let sightings = try sources.ask(for: report)
    let check = CheckMaker.check(
      report,
      sightings: sightings,
      at: System.now,
      generator: Generator(name: "failscope", version: Version.current)
    )
    do {
      try StandardOutput.write(try text(of: check))
    } catch is ReaderGone {
      // The status still tells what was found.
    }
    if let status = CheckStatus.status(of: check.outcome) { throw status }
  }

  private func text(of check: Check) throws -> String {
    let display = Display.standardOutput
    switch format {
    case .terminal:
      let options = TerminalOptions(width: display.width(width), color: display.isColored(color), ascii: ascii)
      return terminal(check, options: options)
    case .json: return try JSONValue(encoding: check).text
    case .markdown: return markdown(check)
    }
  }
}

/// What the end of `failscope check` tells.
enum CheckStatus {
  static let table = """
    EXIT STATUS:
      0   nothing is left to do: every remedy is done, or there is none
      1   could not check: a file could not be read, or is no report
      2   a remedy is still needed, and none is dangerous
      3   a remedy is dangerous now, or the cluster is in danger
      4   nobody answered
      5   nothing is known to be needed, but of some remedies nothing asked tells
      64  the arguments are wrong
      69  libpq or curl is needed and not installed
    """

  /// Nil where the command is simply done.
  static func status(of outcome: CheckOutcome) -> ExitStatus? {
    switch outcome {
    case .allDone: nil
    case .stillNeeded: .thresholdMet
    case .nowDangerous: .dangerous
    case .noAnswer: .noAnswer
    case .cannotTell: .undecided
    }
  }
}
