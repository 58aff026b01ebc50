import Analyzer
import ArgumentParser
import Clocks
import Correlation
import Following
import Ingestion
import Live
import Model

/// `failscope tail`: what happens, while it happens.
struct TailCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tail",
    abstract: "Say what happens while it happens.",
    usage: """
      failscope tail [<options>] [<path> ...]
      failscope tail --compose [<options>] [-- <docker compose options> ...]
      """,
    discussion: """
      Reads logs that do not end and tells events, phases and incidents as they come: on a terminal as a screen, else \
      as lines. Reads a pipe if no path is given. Files are followed by their names, through rotation and truncation; \
      they need not exist yet. When the input ends, or at Ctrl-C, the report is the one that 'analyze' gives.

      EXAMPLES:
        docker compose logs --follow --timestamps --no-color | failscope tail
        failscope tail --compose -- -p shop -f prod.yml
        failscope tail /var/log/patroni/*.log /var/log/haproxy.log
        kubectl logs -f --prefix --timestamps -l app=pg | failscope tail --format ndjson
        journalctl -f -o short-iso-precise | failscope tail --exec /usr/local/bin/page
        failscope tail --compose --webhook env:PD_URL --webhook-format pagerduty --webhook-secret env:PD_KEY

      \(ExitStatus.table)
      """
  )

  @Argument(help: ArgumentHelp("Log files, directories with log files, or - for standard input.", valueName: "path"))
  var paths: [String] = []

  @Flag(
    help: "Run 'docker compose logs --follow' and start it again when it ends; what follows -- are its project options."
  )
  var compose = false

  @Option(
    help: ArgumentHelp(
      "Where to begin in files that exist: about a megabyte before the end, at the beginning, or at the end.",
      valueName: "where"
    )
  )
  var from = TailStart.recent

  @Option(
    help: ArgumentHelp(
      "Leave out what happened before TIME: 2026-11-23T01:54:00Z or '2026-11-23 01:54'; UTC unless it says otherwise.",
      valueName: "time"
    ),
    transform: OptionValues.instant
  )
  var since: Instant?

  @Option(
    name: .customLong("timezone"),
    help: ArgumentHelp(
      "The time zone of a source's clock where its lines print none: pg1=Europe/Berlin; without a source, of all.",
      valueName: "[source=]zone"
    ),
    transform: OptionValues.zone
  )
  var timezones: [SourceZone] = []

  @Option(
    name: .customLong("parsers"),
    help: ArgumentHelp("A directory with parser files, tried before the bundled ones.", valueName: "dir"),
    completion: .directory
  )
  var parserDirectories: [String] = []

  @Option(
    help: ArgumentHelp(
      "Log time without a symptom after which the same trouble is a new incident, in seconds. (default: 30)",
      valueName: "seconds"
    ),
    transform: OptionValues.seconds
  )
  var quietPeriod: Double = 30

  @OptionGroup(title: "Output")
  var output: TailOutputOptions

  @OptionGroup(title: "Acting on incidents")
  var action: TailActionOptions

  mutating func validate() throws {
    try ParserDirectories.validate(parserDirectories)
  }

  func run() throws {
    SignalQueue.begin()
    let inputs = try followedInputs()
    let actions = try IncidentActions(action)
    var run = try TailRun(inputs: inputs, options: liveOptions, output: output, actions: actions)
    try run.run()
  }

  private func followedInputs() throws -> FollowedInputs {
    if compose {
      return FollowedInputs(compose: ComposeFollower.Command(projectOptions: paths, since: since?.rfc3339))
    }
    if paths.isEmpty, System.isTerminal(System.standardInput) {
      throw Failure("there is nothing to follow: pipe a log in, name files, or use --compose.", status: .usage)
    }
    let plan = InputPlan(paths: paths.isEmpty ? ["-"] : paths, awaitsMissing: true)
    for diagnostic in plan.diagnostics { Complaint("\(diagnostic.path): \(diagnostic.reason)").write() }
    guard !plan.inputs.isEmpty else { throw ExitStatus.notAnalyzed }
    return FollowedInputs(plan: plan, start: from.fileStart)
  }

  private var liveOptions: LiveOptions {
    LiveOptions(
      analysis: AnalysisOptions(
        clocks: ClockOptions(
          zones: Dictionary(timezones.map { ($0.source, $0.zone) }, uniquingKeysWith: { _, last in last })
        ),
        correlation: CorrelationOptions(quietPeriod: quietPeriod),
        since: since,
        parserDirectories: ParserDirectories.all(parserDirectories),
        version: Version.current
      )
    )
  }
}
