import ArgumentParser
import Delivery
import Following
import Metrics
import Model

/// The forms in which a live run tells what it sees.
enum TailFormat: String, OptionWord {
  case screen
  case text
  case ndjson
}

/// Which events are told as lines.
enum EventChoice: String, OptionWord {
  case all
  /// All but those that say only that all goes on as before.
  case notable
  case none
}

/// Where the reading of a file begins that exists already.
enum TailStart: String, OptionWord {
  case recent
  case beginning
  case end

  /// So much of a file tells how the cluster was before.
  private static let recentBytes = 1 << 20

  var fileStart: FileFollower.Start {
    switch self {
    case .recent: .recent(bytes: Self.recentBytes)
    case .beginning: .beginning
    case .end: .end
    }
  }
}

extension WebhookFormat: OptionWord {}

/// What the live run tells, and how.
struct TailOutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "screen: a view to watch. text: a line for each event, phase and incident. ndjson: a JSON object for each. "
        + "(default: screen on a terminal that can show it, else text)",
      valueName: "format"
    )
  )
  var format: TailFormat?

  @Option(
    help: ArgumentHelp(
      "Which events are printed as text or ndjson. (default: all as ndjson, notable as text)",
      valueName: "which"
    )
  )
  var events: EventChoice?

  @Option(
    help: ArgumentHelp(
      "When it ends, write the report on all that was seen to FILE: JSON for .json, Markdown for .md, else as analyze "
        + "prints it.",
      valueName: "file"
    ),
    completion: .file()
  )
  var report: String?

  @Option(help: "Whether the screen has colours. NO_COLOR and TERM=dumb are honoured.")
  var color = ColorChoice.auto
}

/// What happens when an incident is opened, changes its state, or is closed.
struct TailActionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Run CMD with the report (JSON) on standard input and the facts in FAILSCOPE_* variables. No shell is involved: "
        + "use --exec \"sh -c '…'\" if you want one. Can be repeated.",
      valueName: "cmd"
    )
  )
  var exec: [String] = []

  @Option(
    help: ArgumentHelp(
      "Post to a URL, with retries. Written as env:NAME or file:PATH the URL is taken from the environment or a file, "
        + "so that it is in no list of processes. Needs the program curl. Can be repeated.",
      valueName: "url"
    )
  )
  var webhook: [String] = []

  @Option(help: "The form of what is posted.")
  var webhookFormat = WebhookFormat.generic

  @Option(
    help: ArgumentHelp(
      "A secret for the webhook, as env:NAME or file:PATH: PagerDuty's routing key; for the other forms a bearer token.",
      valueName: "where"
    )
  )
  var webhookSecret: String?

  @Option(
    help: ArgumentHelp("Keep a JSON and a Markdown file for each incident in DIR, always whole.", valueName: "dir"),
    completion: .directory
  )
  var reportDir: String?

  @Option(
    help: ArgumentHelp(
      "Answer Prometheus at http://HOST:PORT/metrics, and /healthz. Without a host only this machine is answered.",
      valueName: "host:port"
    )
  )
  var metrics: String?

  mutating func validate() throws {
    for line in exec where Command.words(of: line) == nil {
      throw ValidationError("--exec '\(line)' has no word, or a quote that is not closed.")
    }
    if let reportDir, !System.isDirectory(reportDir) {
      throw ValidationError("There is no directory '\(reportDir)'; --report-dir names one that exists.")
    }
    if let metrics, MetricsServer.Address(metrics) == nil {
      throw ValidationError("Write --metrics as HOST:PORT, such as 127.0.0.1:9187.")
    }
  }
}
