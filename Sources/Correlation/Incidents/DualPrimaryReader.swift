import Contract
import Model

/// A span in which two members were writable.
package struct PrimaryOverlap: Hashable, Sendable {
  package var window: Window
  /// Whether both are shown to be writable, whatever the clocks' doubt; else the order of the lines does not tell.
  package var isProven: Bool
  package var evidence: [Occurrence]
}

/// Intersects the writable spans of two members under the bounds of their clocks.
struct DualPrimaryReader {
  let observations: Observations

  /// The overlap of the old primary's writable time with the new one's, if it is proven or possible.
  func overlap(in change: LeadershipChange) -> PrimaryOverlap? {
    guard let (oldSpan, newSpan) = spans(of: change) else { return nil }
    let end = min(oldSpan.to ?? observations.lastAt, newSpan.to ?? observations.lastAt)
    guard end.seconds(since: newSpan.from) > 0.5,
      let proof = signOfLife(of: change.oldPrimary, after: newSpan.from, until: end)
    else { return nil }
    return PrimaryOverlap(
      window: Window(from: newSpan.from, to: oldSpan.to ?? newSpan.to),
      isProven: oldSpan.to != nil && isProof(proof, of: newSpan),
      evidence: [newSpan.began, proof].compactMap { $0 }
    )
  }

  /// Whether two members were writable at once: `excluded` needs the logs of both, and in them the end of the one before
  /// the beginning of the other.
  func verdict(on change: LeadershipChange?) -> DualPrimaryVerdict {
    guard let change else { return isAlone ? .excluded : .unknown }
    if let overlap = overlap(in: change) { return overlap.isProven ? .proven : .possible }
    guard let old = observations.servers[change.oldPrimary], let new = observations.servers[change.newPrimary],
      old.hasServerLog, new.hasServerLog
    else { return .unknown }
    guard let (oldSpan, newSpan) = spans(of: change) else {
      // One of the two never was writable: there is nothing to overlap.
      return old.writableSpans.isEmpty || new.writableSpans.isEmpty ? .excluded : .unknown
    }
    guard let end = shownEnd(of: oldSpan, in: old) else { return .unknown }
    let isAgain = old.writableSpans.contains { $0.from > oldSpan.from && $0.window.overlaps(newSpan.window) }
    if isAgain { return .unknown }
    // In a planned change the new leader takes the lock only after the old one has stopped.
    let isOrdered = change.isPlanned && end.at <= newSpan.from
    return isOrdered || end.latest <= Self.earliest(newSpan) ? .excluded : .possible
  }

  /// The old primary's last writable span before the new one's first.
  private func spans(of change: LeadershipChange) -> (old: ServerSpan, new: ServerSpan)? {
    let after = Window(from: change.acquiredAt.advanced(bySeconds: -1), to: nil)
    guard let new = observations.servers[change.newPrimary]?.first(.primary, in: after),
      let old = observations.servers[change.oldPrimary]?.writableSpans.last(where: { $0.from < new.from })
    else { return nil }
    return (old, new)
  }

  /// The line that shows the end of a writable span; nil if it only shows that the server started anew later.
  private func shownEnd(of span: ServerSpan, in history: ServerHistory) -> Occurrence? {
    guard let index = history.spans.firstIndex(of: span), index + 1 < history.spans.count,
      let line = history.spans[index + 1].began
    else { return nil }
    return Self.isBeginning(line.kind) || line.kind == .serverStartRequested ? nil : line
  }

  /// Whether every member's log is there and at most one member was ever writable.
  private var isAlone: Bool {
    let members = observations.directory.members
    return members.allSatisfy { observations.directory.source(of: $0) != nil }
      && members.count { observations.servers[$0]?.writableSpans.isEmpty == false } <= 1
  }

  /// Whether a line follows the beginning of the new primary's time whatever is doubted of the two clocks.
  private func isProof(_ line: Occurrence, of span: ServerSpan) -> Bool {
    let doubt = span.began.map { observations.clockDoubt(between: line, $0) } ?? 0
    return line.earliest > Self.latest(span).advanced(bySeconds: doubt)
  }

  private static func earliest(_ span: ServerSpan) -> Instant { span.began?.earliest ?? span.from }
  private static func latest(_ span: ServerSpan) -> Instant { span.began?.latest ?? span.from }

  /// A line that the old primary's server printed as a primary after the new one had become writable.
  private func signOfLife(of old: String, after start: Instant, until end: Instant) -> Occurrence? {
    let window = Window(from: start.advanced(bySeconds: 0.2), to: end)
    return observations.occurrences.of(member: old, in: window).first { occurrence in
      if [.serverShutdownRequested, .leaderDemoting, .leaderDemoted].contains(occurrence.kind) { return true }
      return occurrence.role == .server && occurrence.hasOwnTime && occurrence.earliest > start
        && occurrence.at < end
        && !Self.isBeginning(occurrence.kind)
    }
  }

  /// Lines of a server that starts anew, or of tools that need it down: they show no primary.
  private static func isBeginning(_ kind: EventKind) -> Bool {
    switch kind {
    case .serverRefusedSession, .serverStarting, .serverWasInterrupted, .serverCrashRecovery, .serverWasShutDown,
      .serverProbed,
      .rewindStarted,
      .rewindDiverged, .rewindSucceeded, .rewindNotRequired, .rewindFailed, .rewindImpossible:
      true
    default: kind.rawValue.hasPrefix("recovery.") || kind.rawValue.hasPrefix("replication.")
    }
  }
}
