import Contract
import Model

/// How long one wait would have taken.
struct WaitOutcome: Sendable {
  /// Its length after what it depends on was over, in seconds.
  var length: Estimate
  /// Why; nil if nothing about it changes.
  var reason: String?
  /// What cannot be said about it.
  var doubts: [String] = []
}

/// Works out one wait with other settings, from its formula and from what the log shows of it.
struct WaitOutcomeReader: Sendable {
  let graph: WaitGraph
  let values: SettingValues

  /// Works out one wait.
  ///
  /// `start` is when what it depends on would have been over, in seconds since the outage began; `isShifted` says
  /// whether that is another moment than it was.
  func outcome(of wait: Wait, from start: Estimate, isShifted: Bool) -> WaitOutcome {
    let recorded = graph.seconds(of: wait)
    switch wait.bound {
    case .unsettable, .storeOutage: return WaitOutcome(length: Estimate(recorded))
    case .lockExpiry(let expiry): return lockExpiry(expiry, recorded, from: start)
    case .haLoop: return haLoop(recorded, isShifted)
    case .crashRecovery: return crashRecovery(wait, recorded)
    case .receiver(let inNameLookup): return receiver(recorded, inNameLookup)
    case .checksUp: return CheckOutcome(values: values).up(recorded: recorded, isShifted: isShifted)
    case .poolRetry(let attempts):
      return PoolOutcome(values: values, attempts: attempts, zero: graph.from)
        .outcome(recorded: recorded, from: start, isShifted: isShifted)
    case .clientRetry(let rhythm): return clientRetry(recorded, rhythm, isShifted)
    }
  }

  // MARK: - Patroni

  private func lockExpiry(_ expiry: LockExpiry, _ recorded: Double, from start: Estimate) -> WaitOutcome {
    guard values.isAsked(.ttl, .loopWait) else { return WaitOutcome(length: Estimate(recorded)) }
    let age = expiry.freeAt.seconds(since: expiry.renewedAt)
    let was = likelyTTL(expiry)
    let ttl = values.asked(.ttl) ?? was
    let noticing = max(0, age - was)
    let renewed = renewal(of: expiry)
    let end = Estimate(
      lower: renewed.lower + ttl - 0.5,
      likely: renewed.likely + ttl + noticing,
      upper: renewed.upper + ttl + max(noticing, expiry.noticing.upper)
    )
    var reasons: [String] = []
    if values.isAsked(.ttl) {
      reasons.append(
        "The lock, last renewed at \(expiry.renewedAt.timeOfDay), would have expired \(secondsText(ttl)) after that instead "
          + "of about \(secondsText(was)); candidates noticed \(secondsText(tenths(noticing))) later."
      )
    }
    if let loop = values.asked(.loopWait) {
      reasons.append(
        "Renewed every \(secondsText(loop)), it could have been up to \(secondsText(loop)) old at the fault."
      )
    }
    return WaitOutcome(length: (end - Estimate(start.likely)).notNegative, reason: reasons.joined(separator: " "))
  }

  /// The `ttl` that the lock most likely had: people choose round numbers, and Patroni takes none below 20.
  private func likelyTTL(_ expiry: LockExpiry) -> Double {
    let guess = max(1, (expiry.freeAt.seconds(since: expiry.renewedAt) - expiry.noticing.likely).rounded())
    guard let known = values.was(.ttl) else { return guess }
    guard known.upper > known.lower else { return known.likely }
    let round = stride(from: 20.0, through: 600, by: 5).filter { $0 >= known.lower && $0 <= known.upper }
    return round.min { abs($0 - guess) < abs($1 - guess) } ?? min(max(guess, known.lower), known.upper)
  }

  /// When the lock would last have been renewed, in seconds since the outage began.
  private func renewal(of expiry: LockExpiry) -> Estimate {
    let renewed = expiry.renewedAt.seconds(since: graph.from)
    guard let loop = values.asked(.loopWait) else { return Estimate(renewed) }
    let fault = expiry.faultAt.seconds(since: graph.from)
    let share = values.was(.loopWait).map { min(1, max(0, fault - renewed) / max($0.likely, 0.001)) } ?? 0.5
    return Estimate(lower: fault - loop, likely: fault - share * loop, upper: fault)
  }

  private func haLoop(_ recorded: Double, _ isShifted: Bool) -> WaitOutcome {
    let was = values.was(.loopWait)?.likely
    guard let loop = values.asked(.loopWait) else {
      let longest = max(recorded, was ?? recorded)
      return WaitOutcome(length: isShifted ? Estimate(lower: 0, likely: recorded, upper: longest) : Estimate(recorded))
    }
    let likely = was.map { recorded * loop / max($0, 0.001) } ?? min(recorded, loop / 2)
    return WaitOutcome(
      length: Estimate(lower: 0, likely: likely, upper: max(loop, likely)),
      reason: "Patroni would have looked every \(secondsText(loop)).",
      doubts: was == nil ? ["The log does not show loop_wait; half a loop is taken."] : []
    )
  }

  private func crashRecovery(_ wait: Wait, _ recorded: Double) -> WaitOutcome {
    guard let limit = values.asked(.primaryStartTimeout) else { return WaitOutcome(length: Estimate(recorded)) }
    let loop = values.now(.loopWait)?.likely ?? 10
    if wait.name == .lockFree {
      let length = Estimate(lower: min(limit, recorded), likely: min(recorded, limit + loop), upper: limit + 2 * loop)
      return WaitOutcome(
        length: length,
        reason: "Patroni would have given the lock back within \(secondsText(limit)) and up to two loops.",
        doubts: limit > recorded
          ? ["With primary_start_timeout \(secondsText(limit)) the crashed primary might have recovered instead."] : []
      )
    }
    guard limit < recorded else {
      return WaitOutcome(
        length: Estimate(recorded),
        reason: "The server recovered within \(secondsText(limit)): it would not have been given up."
      )
    }
    return WaitOutcome(
      length: Estimate(lower: 0, likely: recorded, upper: recorded),
      reason:
        "Patroni would have given the server up after \(secondsText(limit)) and another member would have taken over.",
      doubts: ["How long a failover to another member would have taken instead of the restart, the log does not show."]
    )
  }

  // MARK: - PostgreSQL and clients

  private func receiver(_ recorded: Double, _ inNameLookup: Bool) -> WaitOutcome {
    guard let limit = values.asked(.connectTimeout) else { return WaitOutcome(length: Estimate(recorded)) }
    if inNameLookup {
      return WaitOutcome(
        length: Estimate(recorded),
        reason:
          "The WAL receiver hung in the look-up of a name, which connect_timeout does not bound: only the resolver's "
          + "time-outs, or an address instead of the name."
      )
    }
    return WaitOutcome(
      length: Estimate(lower: min(recorded, limit), likely: recorded, upper: recorded),
      reason: "At best the WAL receiver would have given up after \(secondsText(limit)).",
      doubts: ["libpq heeds connect_timeout only in blocking attempts; the WAL receiver's are not."]
    )
  }

  private func clientRetry(_ recorded: Double, _ rhythm: Double, _ isShifted: Bool) -> WaitOutcome {
    guard let interval = values.asked(.retryInterval) else {
      let longest = max(recorded, rhythm)
      return WaitOutcome(length: isShifted ? Estimate(lower: 0, likely: recorded, upper: longest) : Estimate(recorded))
    }
    // What is beyond the rhythm is an attempt that hung.
    let hang = max(0, recorded - rhythm)
    let likely = min(recorded, rhythm) * interval / max(rhythm, 0.001) + hang
    return WaitOutcome(
      length: Estimate(lower: 0, likely: likely, upper: interval + hang),
      reason:
        "The client would have tried every \(secondsText(interval)) instead of every \(secondsText(tenths(rhythm)))."
    )
  }

  private func tenths(_ seconds: Double) -> Double { (seconds * 10).rounded() / 10 }
}
