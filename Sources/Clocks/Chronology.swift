package import Contract
package import Model

/// Everything that is known about when things happened: the events in order, and the clocks that told.
package struct Chronology: Sendable {
  /// All events in the order of their instants; ties keep the order of arrival.
  package var events: [TimedEvent]
  /// One clock per source, in the order of the sources.
  package var clocks: [SourceClock]
  /// When each source was seen to speak, about once a second, in time order: for silences and spans.
  package var sightings: [[Instant]]
  /// Stretches between two sightings in which each source spoke as well, in time order: no silences.
  package var spoken: [[ClosedRange<Instant>]]
  /// What the reader should know about the clocks, one sentence each.
  package var warnings: [String]

  package init(
    events: [TimedEvent] = [],
    clocks: [SourceClock] = [],
    sightings: [[Instant]] = [],
    spoken: [[ClosedRange<Instant>]] = [],
    warnings: [String] = []
  ) {
    self.events = events
    self.clocks = clocks
    self.sightings = sightings
    self.spoken = spoken
    self.warnings = warnings
  }

  /// The first instant that any source printed, or nil for an empty log.
  package var firstAt: Instant? { sightings.compactMap { $0.first }.min() }

  /// The last instant that any source printed, or nil for an empty log.
  package var lastAt: Instant? { sightings.compactMap { $0.last }.max() }
}
