/// How long something took, as a person writes it: `36.3 s`, `2 min 05 s`, `1 h 03 min`, `2 d 04 h`.
///
/// Two units at most: at three in the morning nobody needs the milliseconds of an hour. A negative length gets a minus
/// sign, one that is no number is `?`.
package func durationText(_ seconds: Double) -> String {
  guard seconds.isFinite, abs(seconds) < 1e11 else { return "?" }
  if seconds < 0 { return "-" + durationText(-seconds) }
  let milliseconds = Int((seconds * 1000).rounded())
  switch milliseconds {
  case 0: return "0 s"
  case ..<100: return "0." + padded(milliseconds, 3) + " s"
  case ..<59_950: return tenths(milliseconds) + " s"
  default: return wholeUnits(seconds: (milliseconds + 500) / 1000)
  }
}

/// A duration with its bounds, such as `36.3 s (35.9 to 36.8 s)`; the bounds are left out where they say nothing.
func durationText(_ seconds: Double, minimum: Double?, maximum: Double?) -> String {
  let text = durationText(seconds)
  guard let minimum, let maximum, maximum - minimum >= 0.1 else { return text }
  let lower = durationText(minimum)
  let upper = durationText(maximum)
  guard lower != upper else { return text }
  let lowerNumber = lower.hasSuffix(" s") && maximum < 59.95 ? String(lower.dropLast(2)) : lower
  return "\(text) (\(lowerNumber) to \(upper))"
}

private func wholeUnits(seconds: Int) -> String {
  if seconds < 3600 { return "\(seconds / 60) min \(padded(seconds % 60, 2)) s" }
  let minutes = (seconds + 30) / 60
  if minutes < 24 * 60 { return "\(minutes / 60) h \(padded(minutes % 60, 2)) min" }
  let hours = (minutes + 30) / 60
  return "\(hours / 24) d \(padded(hours % 24, 2)) h"
}

/// Milliseconds as seconds with one digit after the point.
private func tenths(_ milliseconds: Int) -> String {
  let rounded = (milliseconds + 50) / 100
  return "\(rounded / 10).\(rounded % 10)"
}

private func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
