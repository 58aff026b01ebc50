import Contract
import Model

/// Why a member that is not the leader fell out.
struct ReplicaCauses {
  let facts: IncidentFacts

  var hypotheses: [Hypothesis] {
    [walRemoved, divergence, systemID, authentication, bootstrap, agentConfiguration, network].filter {
      $0.confidence > 0
    }
  }

  private var walRemoved: Hypothesis {
    let lines = facts.of(.replicationWALMissing, .replicationSlotLost)
    var hypothesis = Hypothesis(.walRemoved, member: facts.subject, component: "postgresql")
    if let first = lines.first {
      hypothesis.support(
        0.9,
        "The upstream no longer has the WAL that \(facts.subject ?? "the replica") needs.",
        by: [first, lines.last]
      )
    }
    return hypothesis
  }

  private var divergence: Hypothesis {
    let lines = facts.of(.timelineDiverged)
    var hypothesis = Hypothesis(.timelineDivergence, member: facts.subject, component: "postgresql")
    if let first = lines.first { hypothesis.support(0.7, "The member's history is not its upstream's.", by: [first]) }
    return hypothesis
  }

  private var systemID: Hypothesis {
    var hypothesis = Hypothesis(.systemIDMismatch, member: facts.subject, component: "patroni")
    if let line = facts.of(.faultSystemIDMismatch).first {
      hypothesis.support(0.95, "Data and cluster record belong to different clusters.", by: [line])
    }
    return hypothesis
  }

  private var authentication: Hypothesis {
    var hypothesis = Hypothesis(.authenticationFailure, member: facts.subject, component: "postgresql")
    let lines = facts.of(.replicationConnectFailed).filter { $0.reason == "authentication" }
    if let first = lines.first {
      hypothesis.support(0.7, "The upstream refuses the replication login.", by: [first])
    } else if let member = facts.subject, !facts.of(.cloneFailed, member: member).isEmpty,
      let refused = facts.of(.faultAuthentication).first(where: { $0.member == member || $0.reason == "hba" })
    {
      hypothesis.support(0.65, "The source of the copy refuses the login.", by: [refused])
    }
    return hypothesis
  }

  private var agentConfiguration: Hypothesis {
    var hypothesis = Hypothesis(.configurationError, member: facts.subject, component: "patroni")
    if let line = facts.of(.agentStartFailed).first {
      hypothesis.support(0.75, "Patroni does not start with what it is given.", by: [line])
    }
    return hypothesis
  }

  /// The stream broke while both ends went on.
  private var network: Hypothesis {
    var hypothesis = Hypothesis(.networkPartition, member: facts.subject, component: "network")
    let lines = facts.of(.replicationConnectFailed, .replicationBroken).filter {
      ["timeout", "no_route"].contains($0.reason ?? "")
    }
    if lines.count >= 2 {
      hypothesis.support(
        0.5,
        "The stream ran into time-outs while both servers went on.",
        by: [lines.first, lines.last]
      )
    }
    return hypothesis
  }

  private var bootstrap: Hypothesis {
    var hypothesis = Hypothesis(.configurationError, member: facts.subject, component: "patroni")
    guard facts.kind == .bootstrapFailure else { return hypothesis }
    if let line = facts.of(.bootstrapFailed, .faultConfiguration).first {
      hypothesis.support(0.5, "The first start of the cluster failed.", by: [line])
    }
    return hypothesis
  }
}
