/// A number of seconds that is known within bounds.
package struct Estimate: Hashable, Sendable {
  package var lower: Double
  package var likely: Double
  package var upper: Double

  package init(lower: Double, likely: Double, upper: Double) {
    self.likely = likely
    self.lower = min(lower, likely)
    self.upper = max(upper, likely)
  }

  /// A number without doubt.
  package init(_ seconds: Double) {
    self.init(lower: seconds, likely: seconds, upper: seconds)
  }

  /// Somewhere between two bounds.
  package init(between lower: Double, and upper: Double) {
    self.init(lower: lower, likely: (lower + upper) / 2, upper: upper)
  }

  static func + (left: Estimate, right: Estimate) -> Estimate {
    Estimate(lower: left.lower + right.lower, likely: left.likely + right.likely, upper: left.upper + right.upper)
  }

  static func - (left: Estimate, right: Estimate) -> Estimate {
    Estimate(lower: left.lower - right.upper, likely: left.likely - right.likely, upper: left.upper - right.lower)
  }

  /// The later of two moments.
  static func later(_ left: Estimate, _ right: Estimate) -> Estimate {
    Estimate(
      lower: max(left.lower, right.lower),
      likely: max(left.likely, right.likely),
      upper: max(left.upper, right.upper)
    )
  }

  /// The same with nothing below zero.
  var notNegative: Estimate {
    Estimate(lower: max(0, lower), likely: max(0, likely), upper: max(0, upper))
  }

  /// Whether another estimate says the same to the millisecond.
  func isClose(to other: Estimate) -> Bool {
    abs(lower - other.lower) < 0.0015 && abs(likely - other.likely) < 0.0015 && abs(upper - other.upper) < 0.0015
  }
}
