package import Contract
package import Model

/// Everything that a screen, a scrape or a key press may want to know of a live run.
package struct LiveState: Sendable {
  /// The report of the last look, with the incidents that are out of sight; nil before the first one.
  package internal(set) var report: Report?
  /// All incidents, in the order of opening.
  package internal(set) var incidents: [TrackedIncident] = []
  /// The latest events, the newest last.
  package private(set) var recent: [LiveEvent] = []
  package internal(set) var pulse = ClusterPulse()
  package internal(set) var lines = 0
  package internal(set) var bytes = 0
  package private(set) var events = 0
  package internal(set) var unrecognizedLines = 0
  /// The latest instant that any line told.
  package internal(set) var latest: Instant?
  /// How long the last look took, in seconds.
  package internal(set) var lookDuration = 0.0
  /// How many events the next look is about.
  package internal(set) var heldEvents = 0

  /// So many events can be scrolled back to.
  package static let recentLimit = 1000

  package init() {}

  /// The incidents that are not over, the last to begin last.
  package var open: [TrackedIncident] { incidents.filter { !$0.isClosed } }

  mutating func note(_ event: LiveEvent, now: Instant) {
    events += 1
    recent.append(event)
    if recent.count >= Self.recentLimit * 2 { recent.removeFirst(recent.count - Self.recentLimit) }
    pulse.note(event.event, at: event.at, now: now)
  }
}
