import Contract
import Model

/// What keeps a server, an agent or a new cluster from starting: settings and damaged data.
struct StartCauses {
  let facts: IncidentFacts

  var hypotheses: [Hypothesis] {
    [configuration, corruption, emptiness].filter { $0.confidence > 0 }
  }

  /// Nothing but the member's own lines tells of its settings; a bootstrap that fails may fail on any member.
  private func lines(_ kinds: EventKind...) -> [Occurrence] {
    facts.observations.occurrences.of(kinds, in: facts.window).filter {
      facts.kind == .bootstrapFailure || $0.member == facts.subject
    }
  }

  private var configuration: Hypothesis {
    var hypothesis = Hypothesis(.configurationError, member: facts.subject, component: "patroni")
    if let line = lines(.agentStartFailed).first {
      hypothesis.support(0.75, "Patroni does not start with what it is given.", by: [line])
    }
    if let line = lines(.bootstrapFailed).first {
      hypothesis.support(0.5, "The first start of the cluster failed.", by: [line])
    }
    if let line = serverSettings {
      hypothesis.support(0.8, "The server does not work with the settings that it is given.", by: [line])
      hypothesis.component = "postgresql"
    }
    let slots = lines(.replicationSlotChanged).filter { $0.reason == "missing" }
    if slots.count >= 2 {
      hypothesis.support(0.5, "The replication slot that it asks for does not exist.", by: [slots.first, slots.last])
    }
    return hypothesis
  }

  /// A start refused over a setting, or replay that waits for another one.
  private var serverSettings: Occurrence? {
    let refused = lines(.serverStartFailed).first { ["configuration", "bind", "memory"].contains($0.reason ?? "") }
    if let refused { return refused }
    let paused = lines(.recoveryPaused).first { $0.reason == "parameters" }
    let failed = lines(.serverStartFailed).first
    // A wrong setting of a server that runs hurts nobody yet.
    return paused
      ?? lines(.faultConfiguration).first { line in
        line.role == .server && failed.map { abs($0.at.seconds(since: line.at)) < 30 } ?? false
      }
  }

  /// The member that the store names as leader gives the lock back because it has no data.
  private var emptiness: Hypothesis {
    let given = facts.of(.leaderReleased).first { $0.reason == "no_data" }
    var hypothesis = Hypothesis(.dataDirectoryLost, member: given?.member, component: "postgresql")
    guard facts.kind == .bootstrapFailure, let given else { return hypothesis }
    hypothesis.support(
      0.8,
      "\(given.member ?? "The member") held the leader lock and has no data any more.",
      by: [given]
    )
    return hypothesis
  }

  private var corruption: Hypothesis {
    var hypothesis = Hypothesis(.dataCorruption, member: facts.subject, component: "postgresql")
    let damaged = lines(.faultDataCorrupt)
    if let first = damaged.first {
      hypothesis.support(0.85, "Its data, WAL or a timeline history is damaged.", by: [first, damaged.last])
    }
    if let line = lines(.serverStartFailed).first(where: { $0.reason == "checkpoint" }) {
      hypothesis.support(0.7, "Recovery does not find the checkpoint to begin with.", by: [line])
    }
    return hypothesis
  }
}
