import Contract
import Model

/// Why a member that is not the leader fell out, does not start or does not follow.
struct ReplicaCauses {
  let facts: IncidentFacts

  var hypotheses: [Hypothesis] {
    [walRemoved, divergence, systemID, authentication, network, lag].filter { $0.confidence > 0 }
      + StartCauses(facts: facts).hypotheses
  }

  private var name: String { facts.subject ?? "a standby" }

  private func hypothesis(_ code: RootCauseCode, _ component: String) -> Hypothesis {
    Hypothesis(code, member: facts.subject, component: component)
  }

  private var walRemoved: Hypothesis {
    let lines = facts.of(.replicationWALMissing, .replicationSlotLost).filter {
      $0.kind == .replicationWALMissing || $0.member == facts.subject
    }
    var hypothesis = hypothesis(.walRemoved, "postgresql")
    if let first = lines.first {
      hypothesis.support(0.9, "The upstream no longer has the WAL that \(name) needs.", by: [first, lines.last])
    }
    return hypothesis
  }

  private var divergence: Hypothesis {
    var hypothesis = hypothesis(.timelineDivergence, "postgresql")
    if let first = facts.of(.timelineDiverged).first {
      hypothesis.support(0.7, "The member's history is not its upstream's.", by: [first])
    }
    if let ahead = facts.of(.replicationAhead).first(where: { $0.fields[.endLSN] != nil }) {
      hypothesis.support(0.6, "\(name) asks for WAL beyond the end of its upstream's.", by: [ahead])
    }
    if !facts.of(.faultSystemIDMismatch).isEmpty { hypothesis.refute(0.8, "The data is another cluster's.") }
    if !facts.of(.faultDataCorrupt).isEmpty { hypothesis.refute(0.5, "The data itself is damaged.") }
    return hypothesis
  }

  private var systemID: Hypothesis {
    var hypothesis = hypothesis(.systemIDMismatch, "patroni")
    if let line = facts.of(.faultSystemIDMismatch).first {
      hypothesis.support(0.95, "Data and cluster record belong to different clusters.", by: [line])
    }
    return hypothesis
  }

  private var authentication: Hypothesis {
    var hypothesis = hypothesis(.authenticationFailure, "postgresql")
    let lines = facts.of(.replicationConnectFailed).filter { $0.reason == "authentication" }
    if let first = lines.first {
      hypothesis.support(0.7, "The upstream refuses the replication login.", by: [first, lines.last])
    } else if let member = facts.subject, !facts.of(.cloneFailed, member: member).isEmpty,
      let refused = facts.of(.faultAuthentication).first(where: { $0.member == member || $0.reason == "hba" })
    {
      hypothesis.support(0.65, "The source of the copy refuses the login.", by: [refused])
    }
    return hypothesis
  }

  /// The stream broke while both ends went on.
  private var network: Hypothesis {
    // The upstream's side of the same stream runs into a time-out as well.
    let lines = facts.of(
      .replicationConnectFailed,
      .replicationBroken,
      .replicationReceiverStopped,
      .replicationSenderStopped
    ).filter {
      ["timeout", "no_route"].contains($0.reason ?? "")
        && ($0.member == facts.subject || $0.kind == .replicationSenderStopped)
    }
    let streams = facts.subject.flatMap { facts.observations.replication[$0]?.streams } ?? []
    let isIntermittent = streams.filter { facts.window.contains($0.from) }.count > 1
    var hypothesis = hypothesis(isIntermittent ? .networkDegraded : .networkPartition, "network")
    guard lines.count >= 2, lines.contains(where: { $0.member == facts.subject }) else { return hypothesis }
    hypothesis.support(0.5, "The stream ran into time-outs while both servers went on.", by: [lines.first, lines.last])
    if let member = facts.subject, let cut = facts.of(.dcsUnreachable, member: member).first {
      hypothesis.support(0.3, "\(member) could not reach the DCS either.", by: [cut])
    }
    return hypothesis
  }

  private var lag: Hypothesis {
    var hypothesis = hypothesis(.replicaLag, "postgresql")
    guard let lag = facts.draft.all(.replicaLag).first else { return hypothesis }
    hypothesis.support(0.7, "\(name) streams and is far behind, in one listing after the other.", by: lag.evidence)
    return hypothesis
  }
}
