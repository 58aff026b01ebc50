import Model

/// Tells at once when a line was written, from what the last look at all clocks has taught.
///
/// A look at all clocks is too much for every line. Between two looks each source's clock is taken to differ from the
/// common axis as it last did.
struct LineClock {
  private struct Shift {
    var zoned: Int64?
    var zoneless: Int64?
  }

  private static let day: Int64 = 86_400_000

  /// One source of one input.
  private struct Place: Hashable {
    var input: Int
    var source: SourceID
  }

  private var shifts: [Place: Shift] = [:]
  private var present = PresentTime()
  /// The latest instant that lines told, but for one that stands alone far ahead of the others.
  var latest: Instant? { present.instant }

  /// When the line of an event was written, as far as can be told now.
  mutating func instant(of event: Event, input: Int) -> Instant {
    let instant = estimate(event, shifts[Place(input: input, source: event.source)])
    present.note(instant)
    return instant
  }

  /// Learns from an event whose instant was worked out together with all others.
  mutating func learn(_ at: Instant, of event: Event, input: Int) {
    guard let stamp = event.stamp else { return }
    let shift = at.milliseconds - Self.reading(of: stamp)
    // The narrowing of whole seconds is no property of the clock.
    let rounded = abs(shift) < 1000 && stamp.resolution >= 1000 ? 0 : shift
    let place = Place(input: input, source: event.source)
    var known = shifts[place] ?? Shift()
    if stamp.zoneOffset == nil { known.zoneless = rounded } else { known.zoned = rounded }
    shifts[place] = known
  }

  private func estimate(_ event: Event, _ known: Shift?) -> Instant {
    guard let stamp = event.stamp else {
      return event.outer?.instant ?? latest ?? Instant(milliseconds: event.outer?.milliseconds ?? 0)
    }
    let shift = stamp.zoneOffset == nil ? known?.zoneless : known?.zoned
    let time = Self.reading(of: stamp) + (shift ?? 0)
    switch stamp.missing {
    case .nothing: return Instant(milliseconds: time)
    case .year: return shift == nil ? latest ?? Instant(milliseconds: time) : Instant(milliseconds: time)
    case .date: return latest.map { Self.onTheDay(of: $0, time) } ?? Instant(milliseconds: time)
    }
  }

  /// The digits of a stamp with its printed zone taken off.
  private static func reading(of stamp: Stamp) -> Int64 {
    stamp.milliseconds - Int64(stamp.zoneOffset ?? 0) * 1000
  }

  /// A time of day on the day that brings it nearest to another instant.
  private static func onTheDay(of instant: Instant, _ time: Int64) -> Instant {
    let distance = instant.milliseconds - time
    let days = (Double(distance) / Double(day)).rounded()
    return Instant(milliseconds: time + Int64(days) * day)
  }
}
