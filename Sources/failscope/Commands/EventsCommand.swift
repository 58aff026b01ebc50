import Analyzer
import ArgumentParser
import Clocks
import Model
import Reporting

/// The forms in which events are written.
enum EventFormat: String, OptionWord {
  case text
  case ndjson
}

/// `failscope events`: everything that the logs say, in one order and one vocabulary.
struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Print the merged, normalised timeline of all recognised events: the tool to grep with.",
    usage: "failscope events [<options>] [<path> ...]",
    discussion: """
      One line an event, in the order in which things happened: the instant in UTC, corrected by the offset of the \
      source's clock; where the line is; who said it; what it means; and what it says. 'failscope parsers vocabulary' \
      tells what the words mean.

      EXAMPLES:
        failscope events pg1.log pg2.log haproxy.log | grep timeline
        failscope events incident.log --kind leader --kind promotion
        failscope events incident.log --member pg2 --since '2026-11-23 01:54'
        failscope events incident.log --format ndjson | jq -r 'select(.fields.lsn).text'

      \(ExitStatus.table)
      """
  )

  @OptionGroup(title: "Input")
  var input: InputOptions

  @Option(help: "The form of the events: lines to read, or a JSON object a line.")
  var format = EventFormat.text

  @OptionGroup(title: "Selection")
  var selection: EventSelection

  func run() throws {
    let run = try AnalysisRun(input: input, keepsRoutine: true)
    let members = SourceMembers(run.result)
    let events = run.result.events.filter { selection.contains($0.event, member: members.member(of: $0.event)) }
    try write(events, run.result, members)
    try run.requireRecognition()
  }

  private func write(_ events: [TimedEvent], _ result: AnalysisResult, _ members: SourceMembers) throws {
    var output = LineOutput()
    switch format {
    case .text:
      let text = EventText(events: events, sources: result.sources)
      for event in events { try output.write(line: text.line(event)) }
    case .ndjson:
      for event in events {
        let source = members.name(of: event.event)
        try output.write(line: event.json(source: source, member: members.member(of: event.event)).line)
      }
    }
    try output.flush()
  }
}
