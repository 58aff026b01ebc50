/// How long to wait before trying again: twice as long each time, up to a limit, and then no more.
struct Backoff: Sendable, Hashable {
  /// Seconds before the second attempt.
  var first = 1.0
  var longest = 60.0
  var attempts = 8
  private var made = 0

  init(first: Double = 1, longest: Double = 60, attempts: Int = 8) {
    self.first = first
    self.longest = longest
    self.attempts = attempts
  }

  /// The seconds to wait after an attempt that failed; nil if it was the last one.
  mutating func next() -> Double? {
    made += 1
    guard made < attempts else { return nil }
    var pause = first
    for _ in 1..<made { pause = min(longest, pause * 2) }
    return min(longest, pause)
  }
}
