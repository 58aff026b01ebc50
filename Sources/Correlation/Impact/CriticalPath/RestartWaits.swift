import Contract
import Model

/// The waits of a primary that comes back where it was: crash and restart in place, a full disk, a stalled server.
struct RestartWaits {
  let facts: IncidentFacts
  let advice: BoundingSettings

  func waits() -> [Wait] {
    let begin = Wait(name: .fault, after: [], end: facts.milestones.faultAt, waitingFor: "the fault", explanation: "")
    let traffic = TrafficWaits(facts: facts, advice: advice)
    return [begin] + (isShortage ? [room] : [notice, recovery].compactMap { $0 }) + traffic.waits(after: .recovery)
  }

  private var member: String { facts.subject ?? "the primary" }

  /// Whether a resource ran out under a primary that was alive.
  private var isShortage: Bool { facts.kind == .saturation }

  /// The agent's line that it found its server down, where it is the agent that starts it again.
  private var found: Instant? {
    guard let subject = facts.subject else { return nil }
    return facts.observations.occurrences.first(
      .agentServerDown,
      .serverStartRequested,
      member: subject,
      in: Window(from: facts.start, to: facts.milestones.writableAt)
    )?.at
  }

  private var notice: Wait? {
    guard let found else { return nil }
    return Wait(
      name: .notice,
      after: [.fault],
      end: found,
      waitingFor: "Patroni on \(member) to notice",
      explanation: "Patroni looks after its server once per loop.",
      settings: [advice(.loopWait)],
      bound: .haLoop
    )
  }

  private var recovery: Wait {
    let isStalled = facts.draft.all(.primaryInterruption).contains { disturbance in
      !disturbance.evidence.isEmpty && disturbance.evidence.allSatisfy { $0.kind == .agentServerUnresponsive }
    }
    let hasStart =
      facts.subject.map { subject in
        facts.observations.occurrences.contains(
          .serverStarting,
          .serverCrashRecovery,
          member: subject,
          in: facts.window
        )
      } ?? false
    return Wait(
      name: .recovery,
      after: [.fault, .notice],
      end: facts.milestones.writableAt,
      waitingFor: isStalled
        ? "PostgreSQL to answer again on \(member)" : "PostgreSQL to be writable again on \(member)",
      explanation: isStalled
        ? "The server was alive and answered nothing."
        : hasStart
          ? "The server had to start and recover from its WAL since the last checkpoint."
          : "The server had to end its sessions and recover from its WAL since the last checkpoint.",
      settings: isStalled
        ? []
        : [
          advice("postgresql", "checkpoint_timeout", suggested: nil),
          advice("postgresql", "max_wal_size", suggested: nil),
        ] + (found == nil ? [] : [advice(.primaryStartTimeout)]),
      bound: isStalled || found == nil ? .unsettable : .crashRecovery
    )
  }

  private var room: Wait {
    let isDisk = facts.draft.has(.diskFull)
    return Wait(
      name: .recovery,
      after: [.fault],
      end: facts.milestones.writableAt
        ?? facts.draft.disturbances.filter { $0.kind != .client }.compactMap(\.window.to).max(),
      waitingFor: isDisk ? "room on the disk of \(member)" : "free connection slots on \(member)",
      explanation: isDisk ? "The primary could not write to its disk." : "The server turned new sessions away.",
      settings: isDisk ? [] : [advice("postgresql", "max_connections", suggested: "a pooler in front")]
    )
  }
}
