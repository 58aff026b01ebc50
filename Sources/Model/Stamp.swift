/// A time as a line prints it: what the digits say, and which parts they leave out.
///
/// Nothing is guessed here. `Clocks` turns stamps into instants.
package struct Stamp: Hashable, Sendable {
  /// Which leading part of the date the line does not print.
  package enum Missing: UInt8, Hashable, Sendable {
    case nothing
    /// Month and day are there, the year is not (syslog); `milliseconds` is counted in the leap year 1972.
    case year
    /// Only a time of day is there (the monitor's `[21:57:22]`); `milliseconds` is counted from midnight.
    case date
  }

  /// The printed digits as milliseconds since 1970-01-01, read as if they were UTC.
  package var milliseconds: Int64
  /// The printed offset in seconds east of Greenwich; nil where the line prints no zone or an ambiguous name.
  package var zoneOffset: Int32?
  package var missing: Missing
  /// The step of the printed digits in milliseconds: 1 with a fraction, 1000 for whole seconds.
  package var resolution: UInt16

  // Each line has two stamps: in this order, one takes two words.
  package init(milliseconds: Int64, missing: Missing = .nothing, zoneOffset: Int32? = nil, resolution: UInt16 = 1) {
    self.milliseconds = milliseconds
    self.missing = missing
    self.zoneOffset = zoneOffset
    self.resolution = resolution
  }

  /// The instant, if the stamp has a full date and a zone.
  package var instant: Instant? {
    guard missing == .nothing, let zoneOffset else { return nil }
    return Instant(milliseconds: milliseconds - Int64(zoneOffset) * 1000)
  }
}

/// One look at a clock: a line of a source, where it arrived, and the time that it printed.
///
/// Kept for far fewer lines than there are (one a second and source): enough to compare clocks, find silences and
/// tell the span of a log without keeping the log.
package struct ClockReading: Hashable, Sendable {
  package var source: SourceID
  /// 1-based line number in the input.
  package var line: Int
  /// Position among all lines of all inputs, in reading order.
  package var arrival: Int
  /// The component's own time, if the line has one.
  package var stamp: Stamp?
  /// The collector's time (docker, journald, kubelet), if the framing has one.
  package var outer: Stamp?
  /// Whether the source had other lines since its reading before, so that it was not silent between the two.
  package var followsOthers: Bool

  package init(
    source: SourceID,
    line: Int,
    arrival: Int,
    stamp: Stamp?,
    outer: Stamp?,
    followsOthers: Bool = false
  ) {
    self.source = source
    self.line = line
    self.arrival = arrival
    self.stamp = stamp
    self.outer = outer
    self.followsOthers = followsOthers
  }
}
