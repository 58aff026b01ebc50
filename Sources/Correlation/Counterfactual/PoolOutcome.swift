import Model

/// PgBouncer's attempts at a server connection with other settings.
///
/// The attempts that the log shows are made again: the next one `server_login_retry` after the beginning of a failed
/// one, but not before it has failed, which takes `server_connect_timeout` where nobody answers.
struct PoolOutcome: Sendable {
  let values: SettingValues
  let attempts: PoolerAttempts
  /// The moment from which seconds are counted.
  let zero: Instant

  /// PgBouncer looks after its pools three times a second.
  private static let tick = 0.34
  /// More attempts than this are not made.
  private static let mostAttempts = 100_000

  func outcome(recorded: Double, from start: Estimate, isShifted: Bool) -> WaitOutcome {
    let isAsked = values.isAsked(.serverLoginRetry, .serverConnectTimeout)
    guard isAsked || isShifted, let first = attempts.failed.first else {
      return WaitOutcome(length: Estimate(recorded))
    }
    let retry = values.asked(.serverLoginRetry) ?? retryWas
    let hang = min(attempts.longestHang, values.asked(.serverConnectTimeout) ?? .infinity)
    let likely = success(from: first.began.seconds(since: zero), retry: retry, hang: hang, ready: start.likely)
    let longest = max(retry, hang) + Self.tick
    return WaitOutcome(
      length: Estimate(lower: 0, likely: max(0, likely - start.likely), upper: longest + 1),
      reason: isAsked ? reason(retry: retry, hang: hang) : nil,
      doubts: attempts.isHanging || !values.isAsked(.serverConnectTimeout) || attempts.longestHang > 1
        ? [] : ["No attempt of the pooler hung, so that server_connect_timeout bounded nothing."]
    )
  }

  /// The pause as it was: what the log shows of it, else what the last attempt waited.
  private var retryWas: Double {
    if let known = values.was(.serverLoginRetry), known.upper - known.lower < 2 { return known.likely }
    guard let pause = attempts.pause, !attempts.isHanging else { return values.was(.serverLoginRetry)?.likely ?? 1 }
    return pause
  }

  /// When the first attempt that begins with the way open does, in seconds since `zero`.
  private func success(from first: Double, retry: Double, hang: Double, ready: Double) -> Double {
    let pause = max(retry, hang, 0.05)
    guard first < ready else { return ready }
    let missed = min(((ready - first) / pause).rounded(.up), Double(Self.mostAttempts))
    return max(ready, first + missed * pause)
  }

  private func reason(retry: Double, hang: Double) -> String {
    let pause = secondsText((retry * 10).rounded() / 10)
    return hang > 1
      ? "The pooler would have tried every \(pause), or as soon as an attempt that hangs is given up after "
        + "\(secondsText((hang * 10).rounded() / 10))."
      : "The pooler would have tried again \(pause) after an attempt that failed."
  }
}
