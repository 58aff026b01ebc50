package import Model

/// From this uncertainty on (seconds), the milliseconds of an instant mean nothing and are not printed.
let coarseUncertainty = 0.5

/// A date and time in UTC: `2025-08-10 21:57:23.629 UTC`, or `2025-08-10 21:57:23 UTC ±0.5 s` where the log is coarse.
///
/// `uncertainty` is how far the true instant may lie on either side, in seconds.
package func instantText(_ instant: Instant, uncertainty: Double = 0) -> String {
  let civil = CivilTime(milliseconds: instant.milliseconds)
  guard uncertainty >= coarseUncertainty else { return "\(civil.dateText) \(instant.timeOfDay) UTC" }
  return "\(civil.dateText) \(civil.clockText) UTC \(uncertaintyText(uncertainty))"
}

/// The time of day in UTC, for where the day is clear: `21:57:23.629`, or `21:57:23 ±0.5 s` where the log is coarse.
package func clockText(_ instant: Instant, uncertainty: Double = 0) -> String {
  guard uncertainty >= coarseUncertainty else { return instant.timeOfDay }
  return "\(coarseClockText(instant)) \(uncertaintyText(uncertainty))"
}

/// The time of day in whole seconds, such as `21:57:23`.
func coarseClockText(_ instant: Instant) -> String {
  CivilTime(milliseconds: instant.milliseconds).clockText
}

/// The date, such as `2025-08-10`.
func dateText(_ instant: Instant) -> String {
  CivilTime(milliseconds: instant.milliseconds).dateText
}

/// `±0.5 s`: one digit below ten seconds, none above.
func uncertaintyText(_ seconds: Double) -> String {
  guard seconds.isFinite else { return "±?" }
  return "±" + (seconds < 60 ? "\(shortNumber(seconds)) s" : durationText(seconds))
}

/// A number with one digit after the point, or none from 10 on or where the digit is zero.
func shortNumber(_ value: Double) -> String {
  guard value.isFinite, abs(value) < 1e15 else { return "?" }
  if abs(value) >= 10 { return String(Int(value.rounded())) }
  let tenths = Int((value * 10).rounded())
  return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
}

/// Two instants in UTC, the date once if it is the same: `2025-08-10 21:57:23.201 to 21:57:59.526 UTC`.
///
/// With `coarse` the milliseconds are left out, because they mean nothing.
func spanText(from: Instant, to: Instant, coarse: Bool = false) -> String {
  let clock = { (instant: Instant) in coarse ? coarseClockText(instant) : instant.timeOfDay }
  let start = "\(dateText(from)) \(clock(from))"
  let end = dateText(from) == dateText(to) ? clock(to) : "\(dateText(to)) \(clock(to))"
  return "\(start) to \(end) UTC"
}
