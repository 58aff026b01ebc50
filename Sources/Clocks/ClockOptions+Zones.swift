extension ClockOptions {
  /// Whether `name` is a zone that clocks can be set to: an offset (`+02:00`, `UTC`), or an IANA name of this
  /// machine's zone database.
  package static func isZone(_ name: String) -> Bool {
    ClockZone(named: name) != nil
  }
}
