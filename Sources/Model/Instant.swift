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
    CivilTime(milliseconds: milliseconds).rfc3339Text
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

extension CivilTime {
  /// Date and time of day as `2025-08-10T21:57:23.629Z`.
  fileprivate var rfc3339Text: String {
    guard (0...9999).contains(year) else { return "\(dateText)T\(clockText).\(Self.padded(millisecond, 3))Z" }
    // Reports are full of times: one string is made, not seven.
    return String(unsafeUninitializedCapacity: 24) { text in
      var rest = text[...]
      Self.write(year, 4, "-", &rest)
      Self.write(month, 2, "-", &rest)
      Self.write(day, 2, "T", &rest)
      Self.write(hour, 2, ":", &rest)
      Self.write(minute, 2, ":", &rest)
      Self.write(second, 2, ".", &rest)
      Self.write(millisecond, 3, "Z", &rest)
      return rest.startIndex
    }
  }

  /// Writes the last `width` digits of a number and what stands behind them.
  private static func write(
    _ value: Int,
    _ width: Int,
    _ mark: Unicode.Scalar,
    _ text: inout Slice<UnsafeMutableBufferPointer<UInt8>>
  ) {
    var value = value
    let end = text.startIndex + width
    for place in (text.startIndex..<end).reversed() {
      text[place] = UInt8(ascii: "0") + UInt8(value % 10)
      value /= 10
    }
    text[end] = UInt8(ascii: mark)
    text = text[(end + 1)...]
  }
}
