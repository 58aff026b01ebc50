import Contract
import Model

/// What can take a replica away as a whole: the causes that a primary can have, and what tells otherwise.
struct ReplicaLossCauses {
  let facts: IncidentFacts

  var hypotheses: [Hypothesis] {
    PrimaryCauses(facts: facts).hypotheses.map(weighed) + [vanishedData].filter { $0.confidence > 0 }
  }

  /// A container that ends because Patroni gives up has not been stopped.
  private func weighed(_ hypothesis: Hypothesis) -> Hypothesis {
    let isStop = [.containerStopped, .patroniStopped, .hostLost].contains(hypothesis.code)
    guard isStop, let member = facts.subject, !facts.of(.agentStartFailed, member: member).isEmpty else {
      return hypothesis
    }
    var result = hypothesis
    result.refute(0.6, "It was started again, and its Patroni gives up by itself.")
    return result
  }

  /// A member that ran is copied anew although nobody removed its data: there was none to start from.
  private var vanishedData: Hypothesis {
    var hypothesis = Hypothesis(.dataDirectoryLost, member: facts.subject, component: "postgresql")
    guard let member = facts.subject, let copy = facts.of(.cloneStarted, member: member).first,
      facts.of(.faultDataLost, member: member).isEmpty
    else { return hypothesis }
    let before = Window(from: Window.always.from, to: copy.at)
    let occurrences = facts.observations.occurrences
    let ran = occurrences.contains(
      .replicationStreaming,
      .serverReadyReadOnly,
      .agentHeartbeat,
      member: member,
      in: before
    )
    let isOrdered =
      occurrences.contains(.cloneDataRemoved, .cloneFailed, member: member, in: before)
      || occurrences.of(.operatorCommand, .operatorRequested, in: before).contains { $0.fields[.action] == "reinit" }
    guard ran, !isOrdered else { return hypothesis }
    hypothesis.support(0.85, "\(member) had run, and Patroni found no data to start from.", by: [copy])
    return hypothesis
  }
}
