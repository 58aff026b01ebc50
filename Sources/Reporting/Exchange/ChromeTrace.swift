package import Contract
import Model

/// The incidents in the trace event format of Chrome and Perfetto: a process a node, a thread a component.
///
/// Phases are complete events, the write outage's segments have a process of their own, the story is made of instants.
/// Times are microseconds since the epoch. Throws `EncodingError` for a number that JSON cannot hold.
package func chromeTrace(_ report: Report) throws -> String {
  var trace = ChromeTrace(logEnd: report.input.lastAt)
  for incident in report.incidents { trace.add(incident) }
  let value: JSONValue = ["displayTimeUnit": "ms", "traceEvents": .array(trace.events)]
  return value.text
}

/// Collects trace events, giving numbers to processes and threads as they appear.
private struct ChromeTrace {
  private(set) var events: [JSONValue] = []
  private var processes: [String: Int] = [:]
  private var threads: [String: Int] = [:]
  private let logEnd: Instant?

  init(logEnd: Instant?) {
    self.logEnd = logEnd
  }

  mutating func add(_ incident: Incident) {
    for segment in incident.downtime {
      addSpan(
        segment.waitingFor,
        node: "no writes",
        component: "waiting for",
        from: segment.from,
        to: segment.to,
        details: ["explanation": .string(VisibleText(segment.explanation, limit: 2000).text)]
      )
    }
    for phase in incident.phases {
      addSpan(
        phase.name.label,
        node: phase.member ?? "cluster",
        component: phase.name.label,
        from: phase.from,
        to: phase.to,
        details: [
          "explanation": .string(VisibleText(phase.explanation, limit: 2000).text),
          "uncertainty_s": .number(phase.uncertainty),
          "slack_s": phase.slack.map { .number($0) } ?? .null,
        ]
      )
    }
    for entry in incident.timeline { addInstant(entry) }
  }

  private mutating func addSpan(
    _ name: String,
    node: String,
    component: String,
    from: Instant,
    to: Instant?,
    details: JSONValue
  ) {
    let end = max(from, to ?? logEnd ?? from)
    let (process, thread) = place(node, component)
    events.append([
      "name": .string(VisibleText(name, limit: 200).text), "cat": "phase", "ph": "X",
      "ts": .integer(Int(from.milliseconds) * 1000), "dur": .integer(Int(end.milliseconds - from.milliseconds) * 1000),
      "pid": .integer(process), "tid": .integer(thread), "args": details,
    ])
  }

  private mutating func addInstant(_ entry: TimelineEntry) {
    let (process, thread) = place(entry.group, entry.component)
    events.append([
      "name": .string(VisibleText(entry.summary, limit: 300).text), "cat": .string(entry.kind), "ph": "i", "s": "t",
      "ts": .integer(Int(entry.at.milliseconds) * 1000), "pid": .integer(process), "tid": .integer(thread),
      "args": [
        "line": .string(VisibleText(entry.evidence.text, limit: 2000).text), "where": .string(entry.evidence.place),
      ],
    ])
  }

  /// The numbers of a process and a thread; new ones are given a name first.
  private mutating func place(_ node: String, _ component: String) -> (process: Int, thread: Int) {
    let process = processes[node] ?? processes.count + 1
    if processes[node] == nil {
      processes[node] = process
      addName("process_name", node, process: process, thread: 0)
    }
    let key = "\(process)|\(component)"
    let thread = threads[key] ?? threads.count + 1
    if threads[key] == nil {
      threads[key] = thread
      addName("thread_name", component, process: process, thread: thread)
    }
    return (process, thread)
  }

  private mutating func addName(_ kind: String, _ name: String, process: Int, thread: Int) {
    events.append([
      "name": .string(kind), "ph": "M", "pid": .integer(process), "tid": .integer(thread),
      "args": ["name": .string(VisibleText(name, limit: 200).text)],
    ])
  }
}
