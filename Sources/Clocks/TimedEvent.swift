package import Model

/// An event with its place on the one time axis that all sources share.
package struct TimedEvent: Hashable, Sendable {
  package var event: Event
  /// The best estimate, corrected by the source's clock offset.
  package var at: Instant
  /// The true instant lies between `earliest` and `latest`; a line that prints whole seconds has at least a second.
  package var earliest: Instant
  package var latest: Instant

  package init(event: Event, at: Instant, earliest: Instant, latest: Instant) {
    self.event = event
    self.at = at
    self.earliest = earliest
    self.latest = latest
  }

  /// The width of the interval in seconds.
  package var uncertainty: Double {
    latest.seconds(since: earliest)
  }
}
