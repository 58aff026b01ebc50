import Contract
import Model

/// The waits after a leader demoted itself for want of the configuration store and took the lock again.
struct StoreWaits {
  let facts: IncidentFacts
  let advice: BoundingSettings

  func waits() -> [Wait] {
    [
      Wait(name: .fault, after: [], end: facts.milestones.faultAt, waitingFor: "the fault", explanation: ""),
      store, election, promotion,
    ] + TrafficWaits(facts: facts, advice: advice).waits(after: .election)
  }

  private var store: Wait {
    Wait(
      name: .store,
      after: [.fault],
      end: back,
      waitingFor: "the DCS",
      explanation: "Without the DCS the leader had demoted itself, and no member may promote.",
      settings: [advice(.failsafeMode, suggested: "true")],
      bound: .storeOutage
    )
  }

  /// When the last of the old leader's losses of the store was over.
  private var back: Instant? {
    facts.oldPrimary.flatMap { facts.observations.store.unreachable(for: $0, in: facts.window).last?.window.to }
  }

  private var election: Wait {
    Wait(
      name: .election,
      after: [.store],
      end: facts.milestones.leaderElectedAt,
      waitingFor: "the next HA loop and the leader lock",
      explanation: "A member notices at its next loop that the DCS answers, and takes the lock.",
      settings: [advice(.loopWait)],
      bound: .haLoop
    )
  }

  private var promotion: Wait {
    Wait(
      name: .promotion,
      after: [.election],
      end: facts.milestones.writableAt,
      waitingFor: "the promotion",
      explanation: "The server left recovery and accepted writes again."
    )
  }
}
