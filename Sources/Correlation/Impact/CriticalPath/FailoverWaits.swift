import Contract
import Model

/// The waits of a hand-over of leadership: lock, election, promotion, then the way of traffic to the new primary.
struct FailoverWaits {
  let facts: IncidentFacts
  let advice: BoundingSettings

  func waits() -> [Wait] {
    [fault, lockFree, election, promotion] + TrafficWaits(facts: facts, advice: advice).waits(after: .election)
  }

  private var fault: Wait {
    Wait(name: .fault, after: [], end: facts.milestones.faultAt, waitingFor: "the fault", explanation: "")
  }

  // MARK: - The lock

  private var lockFree: Wait {
    var wait = Wait(name: .lockFree, after: [.fault], end: facts.milestones.lockFreeAt, waitingFor: "", explanation: "")
    switch LockRelease(facts: facts).how {
    case .stopped:
      wait.waitingFor = "the old primary to stop and release the leader lock"
      wait.explanation = "The old primary wrote its shutdown checkpoint and gave the lock back."
      wait.settings = [
        advice("postgresql", "checkpoint_timeout", suggested: "CHECKPOINT before a planned stop")
      ]
    case .givenUp:
      wait.waitingFor = "the old primary's Patroni to give the lock back"
      wait.explanation =
        "Its server could not be kept or started, so that Patroni released the lock for another member."
      wait.settings = [
        advice(.primaryStartTimeout, suggested: "lower, or 0 for a failover at once"), advice(.loopWait),
      ]
      wait.bound = .crashRecovery
    case .expired(let expiry):
      wait.waitingFor = "the leader lock to expire"
      wait.explanation = "The lost leader's lock stays in the DCS until its ttl has passed."
      wait.settings = [advice.ttl]
      wait.bound = .lockExpiry(expiry)
    case .unknown:
      wait.waitingFor = "the leader lock to be free"
      wait.explanation = "The log does not show whether the lock was released or expired."
      wait.settings = [advice.ttl]
    }
    return wait
  }

  private var election: Wait {
    let seconds = facts.milestones.lockFreeAt.flatMap { facts.milestones.leaderElectedAt?.seconds(since: $0) }
    return Wait(
      name: .election,
      after: [.lockFree],
      end: facts.milestones.leaderElectedAt,
      waitingFor: "the election",
      explanation: "Candidates asked each other for their positions; a member that does not answer costs its time-out.",
      // A store wakes the candidates: only a long race can have waited for the next loop.
      settings: [advice(.loopWait)],
      bound: (seconds ?? 0) > 3 ? .haLoop : .unsettable
    )
  }

  // MARK: - The promotion

  private var promotion: Wait {
    let stall = PromotionStall(facts: facts)
    guard stall.isShown else {
      return Wait(
        name: .promotion,
        after: [.election],
        end: facts.milestones.writableAt,
        waitingFor: "the promotion",
        explanation: "The new primary replayed the rest of its WAL and left recovery."
      )
    }
    return Wait(
      name: .promotion,
      after: [.election],
      end: facts.milestones.writableAt,
      waitingFor: "the WAL receiver to give up",
      explanation: stall.isNameLookup
        ? "Promotion waited for the WAL receiver, which was still trying to connect to the lost primary: it hung in the "
          + "look-up of a name."
        : "Promotion waited for the WAL receiver, which was still trying to connect to the lost primary.",
      settings: stall.isNameLookup
        ? [advice.resolver, advice.connectTimeout(inNameLookup: true)]
        : [advice.connectTimeout(inNameLookup: false)],
      bound: .receiver(inNameLookup: stall.isNameLookup)
    )
  }
}
