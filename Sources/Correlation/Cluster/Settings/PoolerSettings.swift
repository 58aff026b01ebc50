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

  /// The connections of one pooler to one database as one user.
  private struct Pool: Hashable {
    var source: SourceID
    var database: String
    var user: String

    init(of line: Occurrence) {
      source = line.source
      database = line[.database] ?? ""
      user = line[.user] ?? ""
    }
  }

  /// One attempt of a pool: when it began, and how long it took to fail, or nil if it may have served somebody.
  private struct Attempt {
    var began: Instant
    var failedAfter: Double?
    var by: Occurrence

    func precedes(_ other: Attempt) -> Bool {
      (began, by.index) < (other.began, other.by.index)
    }
  }

  /// `server_login_retry`: the least time between the beginnings of two attempts of a pool of which the first failed.
  private var loginRetry: ObservedSetting? {
    var least: (seconds: Double, lines: [Occurrence])?
    let failures = failedAttemptsOfPools
    let failed = Set(failures.joined().map(\.began))
    for attempts in failures {
      for (position, attempt) in attempts.enumerated() {
        let other = position + 1 < attempts.count ? attempts[position + 1] : nil
        let served = connection(after: attempt, besides: failed)
        guard let failedAfter = attempt.failedAfter,
          let next = [other, served].compactMap({ $0 }).min(by: { $0.precedes($1) })
        else { continue }
        let seconds = next.began.seconds(since: attempt.began)
        // An attempt that hung longer than the pause says nothing about it.
        guard seconds > failedAfter + 0.3, seconds < Self.longestPause else { continue }
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

  /// Two attempts farther apart are not of one series, in seconds.
  private static let longestPause = 300.0

  /// The attempts of each pool of each pooler that ended at once, in time order.
  private var failedAttemptsOfPools: [[Attempt]] {
    var attempts: [Pool: [Attempt]] = [:]
    var pools: [Pool] = []
    for failure in observations.poolers.failedAttempts {
      let isRefusal = failure.by.reason != "crashed" || isRefused(after: failure.by)
      let failedAfter = isRefusal ? failure.attempt.seconds : nil
      let pool = Pool(of: failure.by)
      if attempts[pool] == nil { pools.append(pool) }
      attempts[pool, default: []].append(
        Attempt(began: failure.attempt.began, failedAfter: failedAfter, by: failure.by)
      )
    }
    return pools.compactMap { attempts[$0]?.sorted { $0.precedes($1) } }
  }

  /// The next connection of the same pool that did not begin with a failed attempt.
  private func connection(after attempt: Attempt, besides failed: Set<Instant>) -> Attempt? {
    let end = attempt.began.advanced(bySeconds: Self.longestPause)
    let pool = Pool(of: attempt.by)
    for line in observations.poolers.serverConnected.within(Window(from: attempt.began, to: end)) {
      let next = Attempt(began: line.at, failedAfter: nil, by: line)
      if attempt.precedes(next), !failed.contains(line.at), Pool(of: line) == pool { return next }
    }
    return nil
  }

  /// Whether clients were told right after a cut connection that logins fail: else it may have served somebody.
  private func isRefused(after line: Occurrence) -> Bool {
    guard let next = observations.poolers.clientsFailed.after(index: line.index).first else { return false }
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
