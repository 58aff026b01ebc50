import Contract
import Model

/// Patroni's settings, as its rhythm and its lines give them away.
struct PatroniSettings {
  let observations: Observations
  let incidents: [IncidentFacts]

  func settings() -> [ObservedSetting] {
    [loopWait, ttl, retryTimeout].compactMap { $0 } + switches
  }

  // MARK: - Times

  /// `loop_wait`: as a line says it was adjusted, else the time between two heartbeats of an agent with nothing to do.
  private var loopWait: ObservedSetting? {
    if let adjusted = adjusted("loop_wait") { return adjusted }
    guard let beats = usualBeats else { return nil }
    return ObservedSetting(
      component: "patroni",
      setting: SettingName.loopWait.setting,
      value: "\(Int(beats.seconds.rounded()))",
      lower: max(1, beats.seconds - 0.5).roundedToMilliseconds,
      upper: (beats.seconds + 0.5).roundedToMilliseconds,
      from: .inferred,
      evidence: beats.lines.map(observations.evidence)
    )
  }

  /// The most frequent time between two heartbeats, to the second: the store may wake an agent at any time before.
  private var usualBeats: (seconds: Double, lines: [Occurrence])? {
    var gaps: [Int: [Gap]] = [:]
    for member in observations.directory.members {
      guard let beats = observations.agents[member]?.heartbeats, beats.count >= 4 else { continue }
      var last: Occurrence?
      for beat in beats {
        // Beats that were folded away lie before one that says so.
        if let last, beat.folded == nil {
          let seconds = beat.at.seconds(since: last.at)
          let gap = Gap(seconds: seconds, from: last.index, to: beat.index)
          if (0.5...3600).contains(seconds) { gaps[Int(seconds.rounded()), default: []].append(gap) }
        }
        last = beat
      }
    }
    let usual = gaps.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.value
    guard let usual, usual.count >= 3, let middle = usual.map(\.seconds).median else { return nil }
    let found = usual.first { $0.seconds == middle } ?? usual.first
    let all = observations.occurrences.all
    return found.map { ($0.seconds, [all[$0.from], all[$0.to]]) }
  }

  /// The time between two heartbeats, which stand at positions among all lines.
  private struct Gap {
    var seconds: Double
    var from: Int
    var to: Int
  }

  /// `ttl`: as a line says, else from every lock that expired: the times have to fit all of them.
  private var ttl: ObservedSetting? {
    if let adjusted = adjusted("ttl") { return adjusted }
    var found: ObservedSetting?
    for facts in incidents {
      guard let next = TimeToLive(facts: facts).setting else { continue }
      guard let before = found, let lower = before.lower, let upper = before.upper, let nextLower = next.lower,
        let nextUpper = next.upper, max(lower, nextLower) <= min(upper, nextUpper)
      else {
        found = found ?? next
        continue
      }
      found?.lower = max(lower, nextLower)
      found?.upper = min(upper, nextUpper)
    }
    return found
  }

  /// `retry_timeout`: a leader demotes itself when it could not reach the store for that long.
  ///
  /// The loop that failed began at most `loop_wait` after the last one that ended well, and tried the store once or twice
  /// (`patroni/ha.py`, `patroni/dcs/__init__.py`).
  private var retryTimeout: ObservedSetting? {
    if let adjusted = adjusted("retry_timeout") { return adjusted }
    for line in observations.occurrences.of(.leaderDemoting) where line.reason == "dcs" {
      guard let member = line.member, let agent = observations.agents[member], let loop = agent.rhythm,
        let beat = agent.heartbeats.upTo(line.at).last(where: { $0[.role] == "leader" })
      else { continue }
      let seconds = line.at.seconds(since: beat.at)
      guard seconds < 600 else { continue }
      return ObservedSetting(
        component: "patroni",
        setting: SettingName.retryTimeout.setting,
        value: nil,
        lower: max(1, ((seconds - loop) / 2).rounded(.down)),
        upper: (seconds + 0.5).rounded(.up),
        from: .inferred,
        evidence: [beat, line].map(observations.evidence)
      )
    }
    return nil
  }

  /// A value out of `Violated the rule …, where ttl=30 and retry_timeout=10. Adjusting loop_wait from 15 to 10`, as Patroni
  /// 3.2 and later print it (`patroni/config.py`).
  private func adjusted(_ name: String) -> ObservedSetting? {
    for line in observations.occurrences.of(.faultConfiguration) where line.text.contains("Violated the rule") {
      let found = number(after: "\(name)=", in: line.text) ?? number(afterChangeOf: name, in: line.text)
      guard let found, (1...1_000_000).contains(found) else { continue }
      return ObservedSetting(
        component: "patroni",
        setting: name,
        value: String(found),
        lower: Double(found),
        upper: Double(found),
        from: .logged,
        evidence: [observations.evidence(line)]
      )
    }
    return nil
  }

  private func number(after mark: String, in text: String) -> Int? {
    guard let range = text.ranges(of: mark).first else { return nil }
    return Int(text[range.upperBound...].prefix { $0.isNumber })
  }

  private func number(afterChangeOf name: String, in text: String) -> Int? {
    guard let range = text.ranges(of: "\(name) from ").first,
      let to = text[range.upperBound...].ranges(of: " to ").first
    else { return nil }
    return Int(text[to.upperBound...].prefix { $0.isNumber })
  }

  // MARK: - What is switched on

  private var switches: [ObservedSetting] {
    [synchronousMode, failsafeMode, rewind, slots, watchdog].compactMap { $0 }
  }

  private func logged(_ setting: String, _ value: String, by line: Occurrence?) -> ObservedSetting? {
    line.map {
      ObservedSetting(
        component: "patroni",
        setting: setting,
        value: value,
        from: .logged,
        evidence: [observations.evidence($0)]
      )
    }
  }

  private func agentLines(_ kinds: EventKind...) -> [Occurrence] {
    observations.occurrences.of(kinds).filter { $0.role == .agent }
  }

  /// Patroni speaks of synchronous standbys only in synchronous mode.
  private var synchronousMode: ObservedSetting? {
    let lines = agentLines(.replicationSyncChanged, .replicationSyncMissing).filter {
      !["disabled", "conflict", "removed"].contains($0.reason ?? "")
    }
    if let quorum = lines.first(where: { $0.reason == "quorum" }) {
      return logged("synchronous_mode", "quorum", by: quorum)
    }
    return logged("synchronous_mode", "on", by: lines.first)
  }

  private var failsafeMode: ObservedSetting? {
    let kept = agentLines(.leaderKept).first { $0.reason == "failsafe" }
    return logged(SettingName.failsafeMode.setting, "true", by: agentLines(.dcsFailsafe).first ?? kept)
  }

  private var rewind: ObservedSetting? {
    let disabled = agentLines(.rewindImpossible).first { $0.reason == "disabled" }
    if let disabled { return logged("postgresql.use_pg_rewind", "false", by: disabled) }
    return logged("postgresql.use_pg_rewind", "true", by: agentLines(.rewindStarted).first)
  }

  /// Patroni makes and drops slots of its members only with `use_slots`.
  private var slots: ObservedSetting? {
    let lines = agentLines(.replicationSlotChanged).filter {
      ["created", "dropped", "expired", "active"].contains($0.reason ?? "")
    }
    return logged("postgresql.use_slots", "true", by: lines.first)
  }

  private var watchdog: ObservedSetting? {
    let required = agentLines(.faultWatchdog).first { $0.text.contains("Configuration requires") }
    return logged("watchdog.mode", "required", by: required)
  }
}

/// `ttl` as one expired lock gives it away.
///
/// An unreleased lock is free `ttl` after its last renewal, is noticed within a loop, and was held while others still
/// saw it.
struct TimeToLive {
  let setting: ObservedSetting?

  init(facts: IncidentFacts) {
    guard facts.change != nil, case .expired(let expiry) = LockRelease(facts: facts).how, let change = facts.change,
      let renewed = facts.observations.agents[change.oldPrimary]?.heartbeats.last(upTo: expiry.renewedAt),
      renewed.at == expiry.renewedAt
    else {
      setting = nil
      return
    }
    let seconds = expiry.freeAt.seconds(since: expiry.renewedAt)
    let doubt = renewed.uncertainty + (change.acquired?.uncertainty ?? 0)
    // A standby that still names the old leader read its lock, at most a little before the line.
    let seen = facts.observations.occurrences.of(
      .agentHeartbeat,
      in: Window(from: expiry.renewedAt, to: expiry.freeAt)
    ).filter { beat in
      beat.member != nil && beat.at > expiry.renewedAt && beat.at < expiry.freeAt && beat.member != change.oldPrimary
        && beat.fields[.leader].flatMap { facts.observations.directory.canonical($0) } == change.oldPrimary
    }
    // A candidate that hangs may notice late: only what it saw counts. Without such a line it looks once a loop.
    let held = seen.map { $0.at.seconds(since: expiry.renewedAt) - 1.5 }.max() ?? seconds - expiry.noticing.upper
    setting = ObservedSetting(
      component: "patroni",
      setting: SettingName.ttl.setting,
      value: nil,
      lower: max(1, (held - doubt).rounded(.down)),
      upper: (seconds + 1 + doubt).rounded(.up),
      from: .inferred,
      evidence: [renewed, change.acquired].compactMap { $0 }.map(facts.observations.evidence)
    )
  }
}
