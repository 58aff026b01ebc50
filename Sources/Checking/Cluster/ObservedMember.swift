package import Model

/// A member with all that was learned about it, each fact from whoever is nearest to it.
package struct ObservedMember: Hashable, Sendable {
  /// The name that Patroni and the report have for it; its address if nothing tells the name.
  package var name: String
  package var place: Place?
  /// Its role in the DCS.
  package var role: Fact<String>?
  /// Its server's state in Patroni's words.
  package var state: Fact<String>?
  package var isInRecovery: Fact<Bool>?
  package var timeline: Fact<Int>?
  package var position: Fact<LSN>?
  /// Bytes behind the leader.
  package var lag: Fact<Int>?
  /// Whether it receives WAL from another server as it is written.
  package var isStreaming: Fact<Bool>?
  package var systemIdentifier: Fact<String>?
  package var isReplayPaused: Fact<Bool>?
  package var isRestartPending: Fact<Bool>?
  package var server: ServerFacts?
  package var agent: AgentFacts?
  /// Whether its Patroni answered from the DCS.
  package var isReadingStore = false
  package var serverProblem: Unanswered?
  package var agentProblem: Unanswered?

  package init(name: String) {
    self.name = name
  }
}

extension ObservedMember {
  /// Whether it answered itself, by its server or by its Patroni.
  package var isHeard: Bool { server != nil || agent != nil }

  /// Whether it was asked itself.
  package var isAsked: Bool { isHeard || serverProblem != nil || agentProblem != nil }

  /// Whether it was asked and nothing of it answers, with its host telling that nothing listens.
  package var isDown: Bool {
    guard !isHeard else { return false }
    let failures = [serverProblem, agentProblem].compactMap { $0?.failure }
    return !failures.isEmpty && failures.allSatisfy { $0 == .refused }
  }

  /// Whether it was asked and nothing of it answers, for whatever reason.
  package var isOutOfReach: Bool { isAsked && !isHeard && !isDown }

  /// Takes what its server tells.
  mutating func learn(_ facts: ServerFacts) {
    server = facts
    isInRecovery.improve(facts.isInRecovery, from: .postgresql)
    timeline.improve(facts.timeline, from: .postgresql)
    position.improve(facts.position, from: .postgresql)
    systemIdentifier.improve(facts.systemIdentifier, from: .postgresql)
    isReplayPaused.improve(facts.isReplayPaused, from: .postgresql)
    isStreaming.improve(facts.isStreaming, from: .postgresql)
  }

  /// Takes what its Patroni tells.
  mutating func learn(_ facts: AgentFacts) {
    agent = facts
    state.improve(facts.state, from: .patroni)
    // Whatever Patroni remembers of a server that does not run is old.
    if facts.state == "running" {
      isInRecovery.improve(facts.isInRecovery, from: .patroni)
      timeline.improve(facts.timeline, from: .patroni)
      position.improve(facts.position, from: .patroni)
      isStreaming.improve(facts.replicationState.map { $0 == "streaming" }, from: .patroni)
      isReplayPaused.improve(facts.isReplayPaused, from: .patroni)
    }
    systemIdentifier.improve(facts.systemIdentifier, from: .patroni)
    isRestartPending.improve(facts.isRestartPending, from: .patroni)
  }

  /// Takes what a listing tells.
  mutating func learn(_ listed: ListedMember, from source: FactSource) {
    place = place ?? listed.place
    role.improve(listed.role, from: source)
    state.improve(listed.state, from: source)
    timeline.improve(listed.timeline, from: source)
    lag.improve(listed.lag, from: source)
    if listed.state == "streaming" { isStreaming.improve(true, from: source) }
    // A Patroni that knows the word says it of whoever streams.
    if listed.state == "in archive recovery" { isStreaming.improve(false, from: source) }
    isRestartPending.improve(listed.isRestartPending, from: source)
  }
}

extension ServerFacts {
  /// Whether it receives WAL; nil if it would not tell.
  var isStreaming: Bool? {
    guard isInRecovery == true else { return nil }
    if let receiver { return receiver.status == "streaming" }
    return hasReceiver == false ? false : nil
  }
}

extension AgentFacts {
  /// Patroni names the role after `pg_is_in_recovery()`; nil for roles that it cannot have asked for.
  var isInRecovery: Bool? {
    switch role {
    case "primary", "master": false
    case "replica", "standby_leader": true
    default: nil
    }
  }
}
