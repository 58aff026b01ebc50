import Contract
import Model

/// A network that loses or delays packets without being cut: several components run into time-outs, and work between.
struct NetworkCauses {
  let facts: IncidentFacts

  var hypotheses: [Hypothesis] { [degraded].filter { $0.confidence > 0 } }

  private var degraded: Hypothesis {
    var hypothesis = Hypothesis(.networkDegraded, member: facts.subject, component: "network")
    let timeouts = timeoutsByWitness
    guard timeouts.count >= 2, recoveries >= 2 else { return hypothesis }
    let lines = timeouts.values.flatMap { $0 }.sorted { $0.index < $1.index }
    hypothesis.support(
      timeouts.count >= 3 ? 0.7 : 0.55,
      "\(timeouts.keys.sorted().joined(separator: ", ")) ran into time-outs and recovered, \(lines.count) times in all.",
      by: [lines.first, lines.last]
    )
    if facts.draft.changes.isEmpty == false, facts.of(.runtimeExited).contains(where: { $0.member == facts.subject }) {
      hypothesis.refute(0.7, "\(facts.subject ?? "The member") itself ended.")
    }
    return hypothesis
  }

  private var span: Window {
    Window(from: facts.start.advanced(bySeconds: -60), to: facts.draft.serviceEnd ?? facts.window.to)
  }

  /// Time-outs by who ran into them: the DCS's users, replication, the proxy's checks, the members' questions.
  private var timeoutsByWitness: [String: [Occurrence]] {
    let occurrences = facts.observations.occurrences
    let store = occurrences.of(.dcsUnreachable, in: span).filter { $0.fields[.error]?.contains("timed out") == true }
    let streams = occurrences.of(
      .replicationBroken,
      .replicationConnectFailed,
      .replicationReceiverStopped,
      .replicationSenderStopped,
      in: span
    ).filter { $0.reason == "timeout" }
    let peers = occurrences.of(.candidatePeerUnreachable, in: span).filter { $0.reason == "timeout" }
    let checks = occurrences.of(.proxyCheckFailed, .proxyServerDown, in: span).filter {
      ($0.fields[.status] ?? "").contains("timeout")
    }
    let found = [
      "the DCS's users": store, "replication": streams, "members' questions": peers, "the proxy's checks": checks,
    ]
    return found.filter { !$0.value.isEmpty }
  }

  /// How often something worked again in the meantime.
  private var recoveries: Int {
    let occurrences = facts.observations.occurrences
    let streams = occurrences.of(.replicationStreaming, .dcsReconnected, in: span).count
    let checks = facts.observations.proxies.transitions(in: span).filter(\.isUp).count
    let spans = facts.observations.store.unreachable.filter { span.contains($0.window.from) && $0.window.to != nil }
      .count
    return streams + checks + max(0, spans - 1)
  }
}
