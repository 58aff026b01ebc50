/// What the user says about clocks.
package struct ClockOptions: Hashable, Sendable {
  /// Time zones by source name; the key `*` speaks for every source that is not named.
  ///
  /// Values are an offset
  /// (`+02:00`, `UTC`) or an IANA name (`Europe/Berlin`).
  package var zones: [String: String]
  /// The year of the last line, for logs that print none.
  package var year: Int?

  package init(zones: [String: String] = [:], year: Int? = nil) {
    self.zones = zones
    self.year = year
  }
}
