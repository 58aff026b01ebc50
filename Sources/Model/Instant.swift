/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
package struct Instant: Hashable, Comparable, Sendable {
  /// Milliseconds since the Unix epoch; leap seconds are ignored, as every log format here does.
  package var milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The instant `seconds` later (earlier if negative), rounded to the millisecond.
  package func advanced(bySeconds seconds: Double) -> Instant {
    Instant(milliseconds: milliseconds + Int64((seconds * 1000).rounded()))
  }

  /// Seconds from `other` until this instant; negative if this one is earlier.
  package func seconds(since other: Instant) -> Double {
    Double(milliseconds - other.milliseconds) / 1000
  }
}

// MARK: - RFC 3339

extension Instant {
  /// The instant as RFC 3339 in UTC with milliseconds, such as `2025-08-10T21:57:23.629Z`.
  package var rfc3339: String {
    let civil = CivilTime(milliseconds: milliseconds)
    return "\(civil.dateText)T\(civil.clockText).\(CivilTime.padded(civil.millisecond, 3))Z"
  }

  /// The time of day in UTC with milliseconds, such as `21:57:23.629`.
  package var timeOfDay: String {
    let civil = CivilTime(milliseconds: milliseconds)
    return "\(civil.clockText).\(CivilTime.padded(civil.millisecond, 3))"
  }

  /// Reads RFC 3339 (`2025-08-10T21:57:23.629Z`, an offset instead of `Z`, a blank instead of `T`).
  ///
  /// A text without an offset is taken as UTC. Returns nil for anything else.
  package init?(rfc3339 text: String) {
    guard let civil = CivilTime(rfc3339: text) else { return nil }
    self = Instant(milliseconds: civil.milliseconds)
  }
}
