package import Contract
package import Model

/// One incident with everything that its phases, causes and findings are read from.
package struct IncidentFacts: Sendable {
  package let observations: Observations
  package let draft: IncidentDraft
  package let kind: IncidentKind
  package let status: IncidentStatus
  package let milestones: Milestones
  /// The hand-over that decided the incident; the last one if there were several.
  package let change: LeadershipChange?
  package let oldPrimary: String?
  package let newPrimary: String?
  /// The member that the trigger concerns.
  package let subject: String?
  package let start: Instant
  package let end: Instant?
  /// From the start until service and redundancy are back, a little widened for lines that arrive around it.
  package let window: Window
  package let writeOutages: [ClientOutage]
  package let readOutages: [ClientOutage]

  package init(draft: IncidentDraft, observations: Observations, until next: Instant?) {
    self.draft = draft
    self.observations = observations
    change = draft.changes.last
    let roles = PrimaryRoles(draft: draft, observations: observations)
    oldPrimary = roles.old
    newPrimary = roles.new
    subject = roles.subject
    start = draft.start
    let reader = MilestoneReader(draft: draft, roles: roles, observations: observations)
    writeOutages = reader.outages(of: .write)
    readOutages = reader.outages(of: .read)
    milestones = reader.milestones()
    kind = IncidentClassifier(draft: draft, observations: observations, milestones: milestones).kind
    let outcome = IncidentOutcome(draft: draft, milestones: milestones, kind: kind, observations: observations)
    status = outcome.status
    end = outcome.end
    // What is not over may still be explained by any later line, up to the next incident.
    let last = outcome.status == .resolved ? outcome.end?.advanced(bySeconds: 2) : nil
    window = Window(
      from: draft.start.advanced(bySeconds: -1),
      to: min(last ?? observations.lastAt, max(next ?? observations.lastAt, outcome.end ?? draft.start))
    )
  }

  /// The occurrences of the incident of some kinds, of one member if one is named.
  package func of(_ kinds: EventKind..., member: String? = nil) -> [Occurrence] {
    observations.occurrences.of(kinds, member: member, in: window)
  }
}

/// Who was primary before and after.
struct PrimaryRoles {
  let old: String?
  let new: String?
  let subject: String?

  init(draft: IncidentDraft, observations: Observations) {
    if let first = draft.changes.first, let last = draft.changes.last {
      old = first.oldPrimary == LeaderTerm.unnamed ? nil : first.oldPrimary
      new = last.newPrimary
      subject = old
      return
    }
    // Whoever gives up for want of the store was the leader, whether or not the log begins before.
    let leader =
      observations.leadership.leader(at: draft.start)
      ?? draft.all(.leaderWithoutStore).lazy.compactMap(\.member).first
    old = leader
    // Where one replica feeds another, the one that went down comes before the one whose stream broke.
    let broken: Set<EventKind> = [.replicationBroken, .replicationConnectFailed, .replicationReceiverStopped]
    let gone = draft.disturbances.first { trouble in
      trouble.member != nil && trouble.kind == .replicaTrouble
        && trouble.evidence.first.map { !broken.contains($0.kind) } ?? false
    }
    let named = (draft.isReplicaOnly ? gone : nil)?.member ?? draft.disturbances.first { $0.member != nil }?.member
    let isLeaderMeant = !draft.isReplicaOnly && !draft.has(.replicaTrouble)
    subject = isLeaderMeant ? named ?? leader : named
    let end = draft.serviceEnd
    let writable = end.flatMap { end in
      leader.flatMap { observations.serverState(of: $0, at: end).isWritable ? $0 : nil }
    }
    let isLeaderConcerned = draft.has(.primaryInterruption) || draft.has(.leaderWithoutStore) || draft.has(.diskFull)
    new = isLeaderConcerned ? writable : leader
  }
}
