import Model

/// The waits of an outage worked out anew, in their order.
struct Replay: Sendable {
  /// When each wait would have been over, in seconds since the outage began.
  private(set) var ends: [Wait.Name: Estimate] = [:]
  private(set) var outcomes: [Wait.Name: WaitOutcome] = [:]
  private let graph: WaitGraph

  init(graph: WaitGraph, values: SettingValues) {
    self.graph = graph
    let reader = WaitOutcomeReader(graph: graph, values: values)
    for wait in graph.waits {
      let recordedEnd = Estimate(wait.end?.seconds(since: graph.from) ?? 0)
      guard let recordedStart = graph.start(of: wait)?.seconds(since: graph.from) else {
        ends[wait.name] = recordedEnd
        continue
      }
      let before = wait.after.compactMap { ends[$0] }
      let start = before.dropFirst().reduce(before.first ?? Estimate(recordedStart), Estimate.later)
      let isShifted = !start.isClose(to: Estimate(recordedStart))
      let outcome = reader.outcome(of: wait, from: start, isShifted: isShifted)
      outcomes[wait.name] = outcome
      let isSame = !isShifted && outcome.length.isClose(to: Estimate(graph.seconds(of: wait)))
      ends[wait.name] = isSame ? recordedEnd : start + outcome.length
    }
  }

  /// The wait that would have ended the outage.
  private var last: Wait? {
    graph.wait(.client) ?? graph.waits.max { (ends[$0.name]?.likely ?? 0) < (ends[$1.name]?.likely ?? 0) }
  }

  /// When the outage would have been over, in seconds since it began.
  var end: Estimate { last.flatMap { ends[$0.name] } ?? Estimate(0) }

  /// The waits of the critical path as it would have been, with their parts of the outage in seconds.
  func parts(from start: Double) -> [Wait.Name: Double] {
    var parts: [Wait.Name: Double] = [:]
    var end = self.end.likely
    var current = last
    var first: Wait.Name?
    while let wait = current, wait.name != .fault, end > start {
      let before = wait.after.compactMap { graph.wait($0) }.max { likely($0) < likely($1) }
      let begin = max(start, min(before.map(likely) ?? start, end))
      if begin < end {
        parts[wait.name] = end - begin
        first = wait.name
      }
      end = begin
      current = before
    }
    // The client's pause before the fault counts to the first wait, as in the outage as it was.
    if let first, end > start { parts[first, default: 0] += end - start }
    return parts
  }

  private func likely(_ wait: Wait) -> Double { ends[wait.name]?.likely ?? 0 }
}
