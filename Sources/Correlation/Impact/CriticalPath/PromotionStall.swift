import Contract
import Model

/// Whether a promotion took longer than recovery explains because the WAL receiver hung.
struct PromotionStall {
  let isShown: Bool
  /// Whether the receiver hung in the look-up of a name, which no time-out of PostgreSQL's bounds.
  let isNameLookup: Bool
  let evidence: [Occurrence]

  init(facts: IncidentFacts) {
    let normal = 5.0
    guard let elected = facts.milestones.leaderElectedAt, let writable = facts.milestones.writableAt,
      let member = facts.change?.newPrimary ?? facts.newPrimary, writable.seconds(since: elected) > normal
    else {
      (isShown, isNameLookup, evidence) = (false, false, [])
      return
    }
    let span = Window(from: elected, to: writable)
    let occurrences = facts.observations.occurrences
    let receiver = occurrences.of(
      .replicationConnectFailed,
      .replicationBroken,
      .faultNameUnresolved,
      member: member,
      in: span
    )
    let redo = occurrences.first(.recoveryRedoDone, member: member, in: span)
    let requested = occurrences.first(.promotionRequested, member: member, in: span.widened(bySeconds: 2))
    // The receiver's last failure comes right before redo ends: that is what recovery had waited for.
    let waited =
      receiver.last.flatMap { last in
        redo.map { abs($0.at.seconds(since: last.at)) < 1 && $0.at.seconds(since: elected) > normal }
      } ?? false
    isShown = waited
    isNameLookup =
      waited && receiver.last.map { $0.kind == .faultNameUnresolved || $0.reason == "dns" } ?? false
    evidence = waited ? [requested, receiver.last, redo].compactMap { $0 } : []
  }
}
