import Contract
import Model

/// PgBouncer's times, as its failed attempts give them away.
struct PoolerSettings {
  let observations: Observations

  func settings() -> [ObservedSetting] {
    [connectTimeout, loginRetry, queryWaitTimeout].compactMap { $0 }
  }

  /// `server_connect_timeout`: the age of a connection that was given up for it, in whole seconds.
  private var connectTimeout: ObservedSetting? {
    let closed = observations.poolers.serverClosed.first {
      $0.reason == "connect_timeout" && ($0.seconds(.ageSeconds) ?? 0) >= 1
    }
    guard let closed, let age = closed.seconds(.ageSeconds), age < 1e6 else { return nil }
    return ObservedSetting(
      component: "pgbouncer",
      setting: SettingName.serverConnectTimeout.setting,
      value: "\(Int(age))",
      lower: max(1, age - 1),
      upper: age + 1,
      from: .inferred,
      evidence: [observations.evidence(closed)]
    )
  }

  /// One attempt of a pool: when it began, how long it took to fail, or nil if it did not.
  private struct Attempt {
    var began: Instant
    var failedAfter: Double?
    var by: Occurrence
  }

  /// `server_login_retry`: the least time between the beginnings of two attempts of a pool of which the first failed.
  private var loginRetry: ObservedSetting? {
    var least: (seconds: Double, lines: [Occurrence])?
    for attempts in attemptsOfPools {
      for (attempt, next) in zip(attempts, attempts.dropFirst()) {
        guard let failedAfter = attempt.failedAfter else { continue }
        let seconds = next.began.seconds(since: attempt.began)
        // An attempt that hung longer than the pause says nothing about it.
        guard seconds > failedAfter + 0.3, seconds < 300 else { continue }
        if least.map({ seconds < $0.seconds }) ?? true { least = (seconds, [attempt.by, next.by]) }
      }
    }
    guard let least else { return nil }
    return ObservedSetting(
      component: "pgbouncer",
      setting: SettingName.serverLoginRetry.setting,
      value: least.seconds >= 0.95 ? "\(Int((least.seconds + 0.05).rounded(.down)))" : nil,
      // The attempt waits for somebody who wants a connection, and for the pooler's next look.
      lower: max(0, least.seconds - 1.5).roundedToMilliseconds,
      upper: (least.seconds + 0.05).roundedToMilliseconds,
      from: .inferred,
      evidence: least.lines.map(observations.evidence)
    )
  }

  /// The attempts of each pool of each pooler, in time order.
  private var attemptsOfPools: [[Attempt]] {
    let failures = observations.poolers.failedAttempts
    var attempts: [String: [Attempt]] = [:]
    var names: [String] = []
    func add(_ attempt: Attempt) {
      let line = attempt.by
      let pool = "\(line.source.index) \(line.fields[.database] ?? "") \(line.fields[.user] ?? "")"
      if attempts[pool] == nil { names.append(pool) }
      attempts[pool, default: []].append(attempt)
    }
    for failure in failures {
      let isRefusal = failure.by.reason != "crashed" || isRefused(after: failure.by)
      let failedAfter = isRefusal ? failure.attempt.seconds : nil
      add(Attempt(began: failure.attempt.began, failedAfter: failedAfter, by: failure.by))
    }
    let failed = Set(failures.map { $0.attempt.began })
    for line in observations.poolers.serverConnected where !failed.contains(line.at) {
      add(Attempt(began: line.at, failedAfter: nil, by: line))
    }
    return names.compactMap { attempts[$0]?.sorted { ($0.began, $0.by.index) < ($1.began, $1.by.index) } }
  }

  /// Whether clients were told right after a cut connection that logins fail: else it may have served somebody.
  private func isRefused(after line: Occurrence) -> Bool {
    let refusals = observations.poolers.clientsFailed
    var (low, high) = (0, refusals.count)
    while low < high {
      let middle = (low + high) / 2
      if refusals[middle].index > line.index { high = middle } else { low = middle + 1 }
    }
    guard low < refusals.count else { return false }
    let next = refusals[low]
    return next.reason == "server_login" && next.at.seconds(since: line.at) < 5
  }

  /// `query_wait_timeout`: a client that was sent away for it had been there for at least so long.
  private var queryWaitTimeout: ObservedSetting? {
    let lines = observations.poolers.clientsFailed.filter {
      $0.reason == "wait_timeout" && ($0.seconds(.ageSeconds) ?? 0) >= 1
    }
    guard let line = lines.min(by: { ($0.seconds(.ageSeconds) ?? 0) < ($1.seconds(.ageSeconds) ?? 0) }),
      let age = line.seconds(.ageSeconds)
    else { return nil }
    return ObservedSetting(
      component: "pgbouncer",
      setting: SettingName.queryWaitTimeout.setting,
      value: nil,
      lower: 1,
      upper: age + 1,
      from: .inferred,
      evidence: [observations.evidence(line)]
    )
  }
}
