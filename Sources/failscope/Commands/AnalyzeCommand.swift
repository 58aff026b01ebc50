import Analyzer
import ArgumentParser
import Correlation

/// `failscope analyze`: from logs to a report.
struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    // Parsed alone, it is no root that would have to look for requests of completion scripts.
    _superCommandName: "failscope",
    abstract: "Say what happened.",
    usage: "failscope analyze [<options>] [<path> ...]",
    discussion: """
      Reads everything given, finds the incidents, and reports on them. Files may be of several members and \
      components, compressed, and in any order; what stands around each line (docker compose, kubectl, journald, \
      syslog and more) is found by looking.

      EXAMPLES:
        docker compose logs --no-color --timestamps | failscope analyze
        failscope analyze pg1.log pg2.log.gz etcd/ --timezone pg1=Europe/Berlin
        failscope analyze incident.log --format markdown --output ticket.md
        failscope analyze incident.log --format html --redact names,addresses --output incident.html
        failscope analyze incident.log --format json | jq -r '.incidents[0].summary'
        failscope analyze incident.log --what-if patroni.ttl=20,haproxy.inter=1s
        failscope analyze today.log --fail-on outage || page-someone

      FORMS:
        terminal      for a person at a terminal
        json          for scripts; 'failscope schema' prints its schema
        markdown      an issue of GitHub or GitLab
        html          one page that needs nothing else: swimlanes, evidence, search
        jira          wiki markup for a description
        gitlab        /timeline quick actions, to paste into a comment on an incident
        pagerduty     events of the Events API v2, one a line
        otlp          a trace for Jaeger or Tempo
        chrome-trace  a trace for Perfetto
        csv           the timeline for a spreadsheet
        cloudevents   a batch of CloudEvents 1.0

      \(ExitStatus.table)
      """
  )

  @OptionGroup(title: "Input")
  var input: InputOptions

  @OptionGroup(title: "Report")
  var report: ReportOptions

  @Option(
    help: ArgumentHelp(
      "End with status 2 if there is an incident, or if the cluster is degraded (or worse), or in an outage at the end "
        + "of the log.",
      valueName: "threshold"
    )
  )
  var failOn: FailureThreshold?

  @Option(
    name: .customLong("what-if"),
    help: ArgumentHelp(
      "Say what each write outage would have been with other settings: patroni.ttl=20,haproxy.inter=1s. A bare number is "
        + "in the component's own unit: seconds, for HAProxy milliseconds. Can be repeated.",
      valueName: "settings"
    ),
    transform: OptionValues.hypotheses
  )
  var whatIf: [[HypotheticalSetting]] = []

  func run() throws {
    let run = try AnalysisRun(
      input: input,
      hypotheses: whatIf.flatMap { $0 },
      listsEvents: report.format == .html
    )
    run.stayUntilExit()
    do {
      if run.isEmpty, report.format == .terminal { return try run.requireRecognition() }
      try report.write(run.result)
    } catch is ReaderGone {
      // The status still tells what was found.
    }
    try run.requireRecognition()
    if let failOn, failOn.isMet(by: run.result.report) { throw ExitStatus.thresholdMet }
  }
}
