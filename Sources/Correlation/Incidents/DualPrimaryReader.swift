import Model

/// A span in which two members were writable.
package struct PrimaryOverlap: Hashable, Sendable {
  package var window: Window
  /// Whether both are shown to be writable; else the old one may have stopped unseen.
  package var isProven: Bool
  package var evidence: [Occurrence]
}

/// Intersects the writable spans of two members.
struct DualPrimaryReader {
  let observations: Observations

  /// The overlap of the old primary's writable time with the new one's, if there is one.
  func overlap(of old: String, and new: String, after acquired: Instant) -> PrimaryOverlap? {
    guard let oldHistory = observations.servers[old], let newHistory = observations.servers[new] else { return nil }
    guard let newSpan = newHistory.first(.primary, in: Window(from: acquired.advanced(bySeconds: -1), to: nil)) else {
      return nil
    }
    guard let oldSpan = oldHistory.writableSpans.last(where: { $0.from < newSpan.from }) else { return nil }
    let end = min(oldSpan.to ?? observations.lastAt, newSpan.to ?? observations.lastAt)
    guard end.seconds(since: newSpan.from) > 0.5 else { return nil }
    guard let proof = signOfLife(of: old, after: newSpan.from, until: end) else { return nil }
    return PrimaryOverlap(
      window: Window(from: newSpan.from, to: oldSpan.to ?? newSpan.to),
      isProven: oldSpan.to != nil,
      evidence: [newSpan.began, proof].compactMap { $0 }
    )
  }

  /// A line that the old primary's server printed as a primary after the new one had become writable.
  private func signOfLife(of old: String, after start: Instant, until end: Instant) -> Occurrence? {
    let window = Window(from: start.advanced(bySeconds: 0.2), to: end)
    return observations.occurrences.all.first { occurrence in
      guard occurrence.member == old, window.contains(occurrence.at) else { return false }
      if [.serverShutdownRequested, .leaderDemoting, .leaderDemoted].contains(occurrence.kind) { return true }
      return occurrence.component.role == .server && occurrence.hasOwnTime && occurrence.earliest > start
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
