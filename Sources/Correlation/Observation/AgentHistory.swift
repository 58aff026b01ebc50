package import Model

/// The life of one member's agent: its heartbeats and its silences.
package struct AgentHistory: Sendable {
  /// The heartbeats and other loop results, in time order.
  package let heartbeats: OccurrenceList
  /// Everything that the agent itself said, in time order.
  package let signs: OccurrenceList
  /// The usual time between two heartbeats in seconds (`loop_wait`), or nil with fewer than three.
  package let rhythm: Double?

  package init(of member: String, in occurrences: Occurrences) {
    signs = occurrences.list(ofMember: member).those { $0.role == .agent }
    heartbeats = signs.those { $0.kind == .agentHeartbeat }
    let gaps = heartbeats.gaps.filter { $0 > 0.5 }
    rhythm = gaps.count >= 2 ? gaps.median : nil
  }

  /// How long a silence has to last before it is one, in seconds: a loop and a half and a moment.
  package var patience: Double { (rhythm ?? 10) * 1.5 + 1 }

  /// The last thing that the agent said up to an instant.
  package func lastSign(upTo instant: Instant) -> Occurrence? {
    signs.last(upTo: instant)
  }

  /// The first thing that the agent said after an instant.
  package func firstSign(after instant: Instant) -> Occurrence? {
    signs.first(after: instant)
  }

  /// The silence around or before an instant, if it is far longer than the rhythm.
  package func silence(reaching instant: Instant) -> Window? {
    guard let rhythm, let last = lastSign(upTo: instant) else { return nil }
    let next = firstSign(after: instant)
    // Heartbeats that were not kept are no silence.
    if next?.folded != nil { return nil }
    let end = next?.at ?? instant
    guard end.seconds(since: last.at) > rhythm * 2 + 2 else { return nil }
    return Window(from: last.at, to: next?.at)
  }
}
