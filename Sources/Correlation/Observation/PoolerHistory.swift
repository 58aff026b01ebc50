package import Model

/// What the poolers did.
package struct PoolerHistory: Sendable {
  /// Spans in which a pooler process was not there: from its end (or its last line) to its next start.
  package let downs: [(window: Window, by: Occurrence)]
  package let serverConnected: OccurrenceList
  package let serverClosed: OccurrenceList
  package let clientsFailed: OccurrenceList
  package let loginsFailed: OccurrenceList
  /// The attempts at a server connection that failed, with the lines that say so, in time order.
  let failedAttempts: [(attempt: PoolerAttempts.Attempt, by: Occurrence)]

  package init(_ occurrences: Occurrences, sightings: [[Instant]]) {
    serverConnected = occurrences.list(of: .poolerServerConnected)
    serverClosed = occurrences.list(of: .poolerServerClosed)
    clientsFailed = occurrences.list(of: .poolerClientFailed)
    loginsFailed = occurrences.list(of: .poolerLoginFailed)
    failedAttempts = PoolerAttempts.failures(in: occurrences.list(of: .poolerServerConnected, .poolerServerClosed))
    downs = Self.downs(occurrences, sightings: sightings)
  }

  private static func downs(_ occurrences: Occurrences, sightings: [[Instant]]) -> [(window: Window, by: Occurrence)] {
    var result: [(window: Window, by: Occurrence)] = []
    for occurrence in occurrences.of(.poolerStopping, .poolerStarting) {
      if let last = result.last, last.window.contains(occurrence.at) {
        if occurrence.kind == .poolerStarting { result[result.count - 1].window.to = occurrence.at }
        continue
      }
      switch occurrence.kind {
      case .poolerStopping:
        result.append((Window(from: occurrence.at, to: nil), occurrence))
      default:
        // A start without an end before: the process died, unless the log begins here.
        let seen = occurrence.source.index < sightings.count ? sightings[occurrence.source.index] : []
        let limit = occurrence.at.advanced(bySeconds: -0.5)
        let earlier = seen[..<seen.partition { $0 >= limit }].last
        guard let earlier else { continue }
        result.append((Window(from: earlier, to: occurrence.at), occurrence))
      }
    }
    return result
  }
}
