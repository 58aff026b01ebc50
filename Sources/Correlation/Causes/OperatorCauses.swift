import Contract
import Model

/// Somebody asked for it.
struct OperatorCauses {
  let facts: IncidentFacts

  var hypotheses: [Hypothesis] {
    [handover, restart, promotedByHand].compactMap { $0 }
  }

  /// A promotion without the lock did not come from Patroni: somebody ordered it past Patroni.
  private var promotedByHand: Hypothesis? {
    guard facts.change == nil, facts.draft.has(.strayPrimary), let member = facts.subject,
      let order = facts.of(.promotionRequested, member: member).first
    else { return nil }
    var hypothesis = Hypothesis(.operatorFailover, member: member, component: "postgresql")
    hypothesis.support(
      0.6,
      "\(member) was told to promote without the leader lock: the order did not come from Patroni.",
      by: [order]
    )
    return hypothesis
  }

  private var handover: Hypothesis? {
    guard let change = facts.change, let request = change.request else { return nil }
    let isFailover = request.fields[.action] == "failover"
    var hypothesis = Hypothesis(
      isFailover ? .operatorFailover : .operatorSwitchover,
      member: change.oldPrimary,
      component: "patroni"
    )
    hypothesis.support(
      0.95,
      "The change was asked for: the request reached Patroni before the leader stepped down.",
      by: [request]
    )
    if let step = facts.of(.operatorProceeding).first {
      hypothesis.support(0.5, "\(change.oldPrimary) demoted itself for it.", by: [step])
    }
    return hypothesis
  }

  private var restart: Hypothesis? {
    let window = Window(from: facts.start.advanced(bySeconds: -30), to: facts.start.advanced(bySeconds: 10))
    let requests = facts.observations.occurrences.of(.operatorRequested, .operatorCommand, .agentRestart, in: window)
      .filter {
        $0.fields[.action] == "restart" || $0.kind == .agentRestart && $0.fields[.state] == "initiated"
      }
    guard facts.change == nil, let request = requests.first else { return nil }
    var hypothesis = Hypothesis(.operatorRestart, member: request.member ?? facts.subject, component: "patroni")
    hypothesis.support(
      0.9,
      "A restart of \(hypothesis.member ?? "the server") was asked for just before.",
      by: [request]
    )
    return hypothesis
  }
}
