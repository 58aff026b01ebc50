import Contract
import Model

/// Why clients could not get through to a primary that was there.
struct RoutingCauses {
  let facts: IncidentFacts

  var hypotheses: [Hypothesis] {
    [proxyRestart, poolerRestart, healthCheck, misrouting, agentGone, partition, exhausted, refusedLogin, maintenance]
      .filter { $0.confidence > 0 }
  }

  private var leader: String? { facts.observations.leadership.leader(at: facts.start) }

  private var proxyRestart: Hypothesis {
    var hypothesis = Hypothesis(.proxyRestart, member: nil, component: "haproxy")
    if let restart = facts.draft.all(.proxyRestart).first {
      hypothesis.support(0.85, "The proxy was restarted.", by: restart.evidence)
    }
    return hypothesis
  }

  private var poolerRestart: Hypothesis {
    var hypothesis = Hypothesis(.poolerRestart, member: nil, component: "pgbouncer")
    if let down = facts.draft.all(.poolerDown).first {
      hypothesis.support(0.85, "The pooler ended and was started again.", by: down.evidence)
    }
    return hypothesis
  }

  private var downs: [Occurrence] {
    facts.observations.proxies.transitions(in: facts.window).filter { !$0.isUp }.map(\.by)
  }

  /// Servers that were taken out by their checks, not by hand or for want of a name.
  private var failedChecks: [Occurrence] { downs.filter { ["check", "tracked"].contains($0.reason ?? "check") } }

  private var healthCheck: Hypothesis {
    var hypothesis = Hypothesis(.healthCheckFailure, member: nil, component: "haproxy")
    if facts.draft.has(.routing), let down = failedChecks.first {
      let server = down.fields[.server] ?? "the server"
      let member = facts.observations.directory.canonical(server)
      let isKnownGood = member.map { facts.observations.serverState(of: $0, at: down.at).isWritable } ?? false
      hypothesis.support(
        isKnownGood ? 0.6 : 0.4,
        isKnownGood
          ? "The proxy's health check of \(server) failed while the server went on as primary."
          : "The proxy's health check of \(server) failed; why is not shown.",
        by: [down]
      )
    }
    if facts.draft.has(.proxyRestart) { hypothesis.refute(0.5, "The proxy itself was restarted.") }
    if agentGone.confidence > 0 { hypothesis.refute(0.5, "There was no Patroni to answer it.") }
    return hypothesis
  }

  /// Writes reached a server in recovery although the leader could take them.
  private var misrouting: Hypothesis {
    var hypothesis = Hypothesis(.proxyMisrouting, member: leader, component: "haproxy")
    let refusals = ReadOnlyWrites(facts: facts).refusals
    guard refusals.count >= 2, let first = refusals.first, let leader,
      facts.observations.serverState(of: leader, at: first.at).isWritable
    else { return hypothesis }
    hypothesis.support(
      0.65,
      "\(refusals.count) writes were refused as read-only while \(leader) could take them.",
      by: [first, refusals.last]
    )
    let before = Window(from: first.at.advanced(bySeconds: -30), to: first.at.advanced(bySeconds: 1))
    let wrong = facts.observations.proxies.transitions.last {
      $0.isUp && $0.member != leader && $0.member != nil && before.contains($0.at)
        && !facts.observations.proxies.readBackends.contains($0.backend)
    }
    if let wrong { hypothesis.support(0.4, "The proxy had just taken \(wrong.server) in.", by: [wrong.by]) }
    let refusing = Set(facts.of(.serverRefusedWrite).compactMap(\.member))
    if refusing == [leader] { hypothesis.refute(0.9, "\(leader) itself refused them.") }
    return hypothesis
  }

  /// The proxy asks Patroni; a Patroni that is dead or frozen answers nothing, whatever its server does.
  private var agentGone: Hypothesis {
    guard facts.draft.has(.routing), let leader, let down = failedChecks.first else {
      return Hypothesis(.patroniStopped)
    }
    let around = Window(from: down.at.advanced(bySeconds: -30), to: down.at.advanced(bySeconds: 5))
    let killed = facts.observations.occurrences.of(.runtimeExited, member: leader, in: around).first(
      where: \.isAgentKilled
    )
    if let killed {
      var hypothesis = Hypothesis(.patroniStopped, member: leader, component: "patroni")
      hypothesis.support(0.85, "\(leader)'s Patroni was killed, and the proxy's check asks it.", by: [killed, down])
      return hypothesis
    }
    if let absence = facts.agentAbsences.first(where: { $0.member == leader }) {
      var hypothesis = Hypothesis(.patroniStopped, member: leader, component: "patroni")
      hypothesis.support(
        0.75,
        "Nothing listened on the port of \(leader)'s Patroni, and it missed its loop; its server went on.",
        by: absence.evidence.map { $0 }
      )
      return hypothesis
    }
    var hypothesis = Hypothesis(.patroniStalled, member: leader, component: "patroni")
    guard let stall = AgentStall(of: leader, around: down.at, observations: facts.observations),
      stall.silence.from < down.at
    else { return hypothesis }
    hypothesis.support(
      0.75,
      "\(leader)'s Patroni said nothing meanwhile, and the proxy's check asks it; its server went on.",
      by: [down, stall.lifeSign]
    )
    return hypothesis
  }

  private var partition: Hypothesis {
    var hypothesis = Hypothesis(.networkPartition, member: nil, component: "network")
    let timeouts = failedChecks.filter { ($0.fields[.status] ?? "").contains("timeout") }
    if facts.draft.has(.routing), let first = timeouts.first {
      hypothesis.support(0.4, "The check ran into a time-out, as it does when packets are lost.", by: [first])
    }
    if facts.draft.has(.proxyRestart) { hypothesis.refute(0.5, "The proxy itself was restarted.") }
    if agentGone.confidence > 0 { hypothesis.refute(0.5, "There was no Patroni to answer it.") }
    return hypothesis
  }

  /// The pooler or proxy had no connection left to give.
  private var exhausted: Hypothesis {
    var hypothesis = Hypothesis(.connectionsExhausted, member: nil, component: "pgbouncer")
    let full = facts.of(.poolerClientFailed).filter { $0.reason == "too_many" }
    let waits = facts.of(.poolerClientFailed).filter { $0.reason == "wait_timeout" }
    let files = facts.of(.faultFileDescriptors)
    if full.count >= 2 {
      hypothesis.support(
        0.85,
        "The pooler's own limit was reached: \(full.count) clients were sent away.",
        by: [full.first, full.last]
      )
    }
    if let first = files.first {
      hypothesis.support(
        0.7,
        "File descriptors ran out, so that no connection could be accepted.",
        by: [first, files.last]
      )
    }
    if waits.count >= 3, facts.draft.all(.poolerDown).isEmpty {
      hypothesis.support(0.4, "\(waits.count) clients waited for a connection in vain.", by: [waits.first, waits.last])
    }
    return hypothesis
  }

  private var refusedLogin: Hypothesis {
    var hypothesis = Hypothesis(.authenticationFailure, member: leader, component: "postgresql")
    let own = facts.of(.poolerLoginFailed).filter { Self.speaksOfLogin($0.fields[.error] ?? "") }
    let refusals = facts.of(.faultAuthentication)
    if own.count >= 2 {
      hypothesis.support(
        0.8,
        "The server refused the pooler's login \(own.count) times.",
        by: [own.first, refusals.first]
      )
    }
    return hypothesis
  }

  /// PostgreSQL's words for a refused login.
  private static func speaksOfLogin(_ error: String) -> Bool {
    ["authentication failed", "no pg_hba.conf entry", "role \""].contains { error.contains($0) }
  }

  /// Somebody took the server out by hand: it did what it was told.
  private var maintenance: Hypothesis {
    var hypothesis = Hypothesis(.configurationError, member: nil, component: "haproxy")
    let byHand = downs.filter { ["maintenance", "drain"].contains($0.reason ?? "") }
    if facts.draft.has(.routing), let first = byHand.first {
      hypothesis.support(
        0.6,
        "\(first.fields[.server] ?? "The server") was taken out by hand, and no other was there.",
        by: [first]
      )
    }
    return hypothesis
  }
}
