import Contract
import Model

/// Why clients could not get through to a primary that was there.
struct RoutingCauses {
  let facts: IncidentFacts

  var hypotheses: [Hypothesis] {
    [proxyRestart, poolerRestart, healthCheck, partition].filter { $0.confidence > 0 }
  }

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
    facts.observations.proxies.transitions.filter { !$0.isUp && facts.window.contains($0.at) }.map(\.by)
  }

  private var healthCheck: Hypothesis {
    var hypothesis = Hypothesis(.healthCheckFailure, member: nil, component: "haproxy")
    if facts.draft.has(.routing), let down = downs.first {
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
    return hypothesis
  }

  private var partition: Hypothesis {
    var hypothesis = Hypothesis(.networkPartition, member: nil, component: "network")
    let timeouts = downs.filter { ($0.fields[.status] ?? "").contains("timeout") }
    if facts.draft.has(.routing), let first = timeouts.first {
      hypothesis.support(0.4, "The check ran into a time-out, as it does when packets are lost.", by: [first])
    }
    if facts.draft.has(.proxyRestart) { hypothesis.refute(0.5, "The proxy itself was restarted.") }
    return hypothesis
  }
}
