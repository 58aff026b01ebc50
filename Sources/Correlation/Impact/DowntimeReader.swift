import Contract
import Model

/// The critical path as the report tells it: segments that partition the write outage exactly.
struct DowntimeReader {
  let path: CriticalPath

  /// What is shorter than this is told together with what it adjoins, in seconds.
  private static let shortest = 0.1

  func segments() -> [DowntimeSegment] {
    guard let outage = path.outage else { return [] }
    guard let end = outage.to else { return ongoing(outage) }
    let steps = Self.merged(path.steps)
    guard let first = steps.first else { return [unexplained(from: outage.from, to: end)] }
    var segments = steps.map { segment($0.wait, from: $0.from, to: $0.to) }
    // What lies before the first wait is the client's last pause: its failure would have come then.
    segments[0] = segment(first.wait, from: outage.from, to: first.to)
    if let last = steps.last, last.to < end { segments.append(unexplained(from: last.to, to: end)) }
    return segments
  }

  private func ongoing(_ outage: ImpactWindow) -> [DowntimeSegment] {
    let known = Self.merged(path.stepsSoFar).map { segment($0.wait, from: $0.from, to: $0.to) }
    let open = OpenWait(facts: path.facts)
    let last = DowntimeSegment(
      from: known.last?.to ?? outage.from,
      waitingFor: open.waitingFor,
      explanation: open.explanation,
      settings: []
    )
    return known + [last]
  }

  private func segment(_ wait: Wait, from: Instant, to: Instant) -> DowntimeSegment {
    DowntimeSegment(
      from: from,
      to: to,
      duration: to.seconds(since: from),
      waitingFor: wait.waitingFor,
      explanation: wait.explanation,
      settings: wait.settings
    )
  }

  /// A part of the outage for which no line shows what was waited for.
  private func unexplained(from: Instant, to: Instant) -> DowntimeSegment {
    DowntimeSegment(
      from: from,
      to: to,
      duration: to.seconds(since: from),
      waitingFor: "something that the log does not show",
      explanation: "No line tells what kept writes from working in this time."
    )
  }

  /// The steps with those that are too short to tell joined to the one before, or else to the one after.
  private static func merged(_ steps: [WaitGraph.Step]) -> [WaitGraph.Step] {
    var result: [WaitGraph.Step] = []
    for step in steps {
      let isShort = step.to.seconds(since: step.from) < shortest
      if isShort, let last = result.indices.last {
        result[last].to = step.to
      } else if let last = result.last, last.to.seconds(since: last.from) < shortest {
        result[result.count - 1] = WaitGraph.Step(wait: step.wait, from: last.from, to: step.to)
      } else {
        result.append(step)
      }
    }
    return result
  }
}

/// What an outage that has not ended waits for, in words.
struct OpenWait {
  let facts: IncidentFacts

  var waitingFor: String {
    switch facts.kind {
    case .routingOutage: "a server behind the proxy"
    case .poolerOutage: "the pooler"
    case .saturation: "room in the exhausted resource"
    case .failover, .switchover, .splitBrain, .primaryOutage, .dcsOutage, .replicaOutage, .bootstrapFailure:
      isFull ? "room on the primary's disk" : "a writable primary"
    }
  }

  var explanation: String {
    let end = "Nothing in the log ends this wait."
    if isFull { return "The server cannot write to its disk. \(end)" }
    if isPaused { return "The cluster is paused, so that Patroni promotes nobody. \(end)" }
    guard let refusal else { return end }
    return "\(refusal) \(end)"
  }

  private var isFull: Bool { facts.kind == .primaryOutage && facts.draft.has(.diskFull) }

  private var isPaused: Bool {
    let last = facts.observations.occurrences.of(.agentHeartbeat, .agentPauseChanged).last
    return last?.fields[.paused] == "true" || last?.fields[.state] == "paused"
  }

  /// Why a candidate did not take the lock, by its own last word.
  private var refusal: String? {
    guard [.primaryOutage, .failover, .dcsOutage].contains(facts.kind),
      let last = facts.of(.candidateRefused).last, let member = last.member
    else { return nil }
    let words = [
      "lag": "it lags too far behind", "timeline": "it is on an older timeline", "tag": "a tag forbids it",
      "watchdog": "it has no watchdog", "sync": "it is not a synchronous standby",
      "no_position": "its WAL position is unknown", "not_healthiest": "another member is ahead of it",
      "paused": "the cluster is paused",
    ]
    return words[last.reason ?? ""].map { "\(member) may not be promoted: \($0)." }
  }
}
