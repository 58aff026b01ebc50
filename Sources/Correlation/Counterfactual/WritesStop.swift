import Contract
import Model

/// What made writes fail, where a setting decides when it did.
struct WritesStop: Sendable {
  /// When writes would have stopped, in seconds after they did.
  let shift: Estimate
  let reason: String?
  /// Whether writes would not have stopped at all.
  let isAvoided: Bool
  /// Whether that is sure.
  let isSure: Bool
  /// The settings that have a say in it.
  let settings: [SettingName]

  init(path: CriticalPath, graph: WaitGraph, values: SettingValues) {
    let facts = path.facts
    if let demotion = Demotion(facts: facts, outage: graph) {
      self = demotion.outcome(values: values, graph: graph, settings: [.retryTimeout, .failsafeMode])
    } else if let exclusion = Exclusion(facts: facts, outage: graph) {
      let names: [SettingName] = [.inter, .fastinter, .fall, .timeoutCheck]
      let outcome = CheckOutcome(values: values).down(
        recorded: exclusion.seconds,
        check: exclusion.check,
        isTimeout: exclusion.isTimeout
      )
      self.init(
        shift: outcome.map { $0.length - Estimate(exclusion.seconds) } ?? Estimate(0),
        reason: outcome?.reason,
        settings: names
      )
    } else {
      self.init(shift: Estimate(0), reason: nil, settings: [])
    }
  }

  fileprivate init(
    shift: Estimate,
    reason: String?,
    isAvoided: Bool = false,
    isSure: Bool = false,
    settings: [SettingName]
  ) {
    self.shift = shift
    self.reason = reason
    self.isAvoided = isAvoided
    self.isSure = isSure
    self.settings = settings
  }
}

/// A leader that demoted itself because it could not reach the configuration store.
private struct Demotion {
  let since: Instant
  let at: Instant

  init?(facts: IncidentFacts, outage: WaitGraph) {
    guard let old = facts.oldPrimary,
      let demoting = facts.of(.leaderDemoting, .leaderDemoted, member: old).first(where: { $0.reason == "dcs" }),
      abs(demoting.at.seconds(since: outage.from)) < 4,
      let loss = facts.observations.store.unreachable(for: old, in: facts.window).first
    else { return nil }
    since = loss.window.from
    at = demoting.at
  }

  func outcome(values: SettingValues, graph: WaitGraph, settings: [SettingName]) -> WritesStop {
    let back = graph.wait(.store)?.end
    if values.asked(.failsafeMode) == 1 {
      return WritesStop(
        shift: Estimate(0),
        reason: "In failsafe mode (Patroni 3.0 and later) the leader goes on without the DCS as long as every member "
          + "answers its Patroni; the log does not show whether all would have.",
        isAvoided: true,
        settings: settings
      )
    }
    guard let limit = values.asked(.retryTimeout) else {
      return WritesStop(shift: Estimate(0), reason: nil, settings: settings)
    }
    let elapsed = at.seconds(since: since)
    let was = values.was(.retryTimeout) ?? Estimate(lower: elapsed / 2, likely: elapsed, upper: elapsed + 3)
    let shift = Estimate(limit) - was
    if let back, since.advanced(bySeconds: limit) > back {
      return WritesStop(
        shift: shift,
        reason: "The DCS was back \(secondsText((back.seconds(since: since) * 10).rounded() / 10)) after it was first "
          + "missed, before \(secondsText(limit)) were over: the leader would not have demoted itself.",
        isAvoided: true,
        isSure: true,
        settings: settings
      )
    }
    return WritesStop(
      shift: shift,
      reason: "The leader would have demoted itself after \(secondsText(limit)) without the DCS.",
      settings: settings
    )
  }
}

/// A primary that went on until the proxy took it out.
private struct Exclusion {
  /// From the fault to DOWN, in seconds.
  let seconds: Double
  /// How long the last failing check took, in seconds.
  let check: Double
  let isTimeout: Bool

  init?(facts: IncidentFacts, outage: WaitGraph) {
    guard let old = facts.oldPrimary, let fault = facts.milestones.faultAt,
      let down = facts.observations.proxies.firstDown(of: old, in: Window(from: fault, to: outage.to)),
      abs(down.at.seconds(since: outage.from)) < 3, down.at.seconds(since: fault) > 1,
      facts.observations.serverState(of: old, at: down.at).isWritable
    else { return nil }
    seconds = down.at.seconds(since: fault)
    check = (down.by.seconds(.durationMilliseconds) ?? 0) / 1000
    isTimeout = down.by.fields[.status]?.contains("timeout") == true
  }
}
