package import Model

/// Decides which disturbances belong together.
///
/// One chain of cause and effect is one incident. A new, independent trigger after clients work again starts a new
/// one at once; a mere symptom still joins within the quiet period.
struct Segmentation {
  let observations: Observations
  /// Log time without a symptom after which a repetition is a new incident, in seconds.
  let quietPeriod: Double
  /// A member that goes out again sooner than this had not come back, in seconds.
  private static let settling = 10.0

  func drafts(from disturbances: [Disturbance]) -> [IncidentDraft] {
    var drafts: [IncidentDraft] = []
    for trigger in disturbances where trigger.isTrigger {
      if let index = drafts.indices.last(where: { joins(trigger, drafts[$0]) }) {
        add(trigger, to: &drafts[index])
      } else {
        drafts.append(IncidentDraft(disturbances: [trigger], serviceEnd: serviceEnd(of: trigger)))
      }
    }
    for symptom in disturbances where !symptom.isTrigger {
      if let index = home(of: symptom, in: drafts) {
        add(symptom, to: &drafts[index])
      } else {
        drafts.append(IncidentDraft(disturbances: [symptom], serviceEnd: serviceEnd(of: symptom)))
      }
    }
    return drafts.filter(isIncident).sorted { $0.start < $1.start }
  }

  private func add(_ disturbance: Disturbance, to draft: inout IncidentDraft) {
    draft.disturbances.append(disturbance)
    guard !disturbance.isReplicas || draft.isReplicaOnly else { return }
    draft.serviceEnd = later(draft.serviceEnd, serviceEnd(of: disturbance))
  }

  /// The incident that a symptom belongs to: one that it overlaps, else one that ended within the quiet period.
  private func home(of symptom: Disturbance, in drafts: [IncidentDraft]) -> Int? {
    let candidates = drafts.indices.filter { !drafts[$0].isReplicaOnly || isHeldUp(symptom, by: drafts[$0]) }
    let overlapping = candidates.last { index in
      let span = Window(
        from: drafts[index].start.advanced(bySeconds: -3),
        to: drafts[index].serviceEnd?.advanced(bySeconds: 1)
      )
      return span.overlaps(symptom.window)
    }
    return overlapping
      ?? candidates.last { index in
        guard let end = drafts[index].serviceEnd else { return false }
        return symptom.start >= end && symptom.start <= end.advanced(bySeconds: quietPeriod)
      }
  }

  /// Whether clients wait because the replica that is out was the only synchronous standby.
  private func isHeldUp(_ symptom: Disturbance, by draft: IncidentDraft) -> Bool {
    let span = Window(from: draft.start.advanced(bySeconds: -5), to: symptom.window.to)
    return symptom.kind == .client && observations.occurrences.contains(.replicationSyncMissing, in: span)
  }

  /// The later of two ends, where nil is never.
  private func later(_ left: Instant?, _ right: Instant?) -> Instant? {
    guard let left, let right else { return nil }
    return max(left, right)
  }

  private func joins(_ disturbance: Disturbance, _ draft: IncidentDraft) -> Bool {
    if disturbance.isReplicas { return replicaJoins(disturbance, draft) }
    if draft.isReplicaOnly { return isFullDisk(disturbance, of: draft) }
    guard let end = draft.serviceEnd else { return true }
    if disturbance.start <= end.advanced(bySeconds: 1) { return true }
    return disturbance.start <= end.advanced(bySeconds: quietPeriod) && isRepetition(disturbance, of: draft)
  }

  /// A lost member's way back belongs to the incident that lost it; so does what happens while clients wait.
  private func replicaJoins(_ disturbance: Disturbance, _ draft: IncidentDraft) -> Bool {
    guard let member = disturbance.member else { return isMissingMember(draft) }
    if draft.lostMembers.contains(member) {
      let back = observations.restoration(of: member, after: draft.lossOf(member))
      return back.map { $0.advanced(bySeconds: Self.settling) > disturbance.start } ?? true
    }
    guard !draft.isReplicaOnly else { return isFed(disturbance, by: draft) }
    let isFull = draft.all(.diskFull).contains { $0.member == member }
    return draft.serviceEnd.map { disturbance.start <= $0.advanced(bySeconds: isFull ? 60 : 0) } ?? true
  }

  /// Whether a standby without a name is most likely the one that the incident lost and that is not back.
  private func isMissingMember(_ draft: IncidentDraft) -> Bool {
    draft.lostMembers.contains { observations.restoration(of: $0, after: draft.lossOf($0)) == nil }
  }

  /// Whether a replica's disk is full that is out already.
  private func isFullDisk(_ disturbance: Disturbance, of draft: IncidentDraft) -> Bool {
    disturbance.kind == .diskFull && draft.lostMembers.contains(disturbance.member ?? "")
      && (draft.serviceEnd.map { disturbance.start <= $0 } ?? true)
  }

  /// Whether a replica streams from one that is out, or was lost in the same moment.
  private func isFed(_ disturbance: Disturbance, by draft: IncidentDraft) -> Bool {
    let isAtOnce = draft.disturbances.contains { abs($0.start.seconds(since: disturbance.start)) < 2 }
    let first = Window(from: disturbance.start, to: disturbance.start.advanced(bySeconds: 60))
    let upstreams = observations.occurrences.of(.replicationConnectFailed, member: disturbance.member, in: first)
      .compactMap { $0.fields[.host].flatMap { observations.directory.canonical($0) } }
    return isAtOnce || upstreams.contains { draft.lostMembers.contains($0) }
  }

  private func isRepetition(_ disturbance: Disturbance, of draft: IncidentDraft) -> Bool {
    draft.disturbances.contains { earlier in
      switch (earlier.kind, disturbance.kind) {
      case (.leadershipChange, .leadershipChange): false
      default: earlier.kind == disturbance.kind && earlier.member == disturbance.member
      }
    }
  }

  /// When clients work again after a disturbance: as they tell, else when what was disturbed is back.
  private func serviceEnd(of disturbance: Disturbance) -> Instant? {
    if disturbance.kind == .client || disturbance.isReplicas { return disturbance.window.to }
    let reach = Window(
      from: disturbance.start.advanced(bySeconds: -3),
      to: (disturbance.window.to ?? observations.lastAt).advanced(bySeconds: 5)
    )
    let outages = observations.clients.outages.of(.write, overlapping: reach)
    guard observations.clients.isObserved else { return disturbance.window.to }
    if outages.contains(where: { $0.firstGood == nil }) || fellSilent(at: disturbance) { return nil }
    let clientEnd = outages.compactMap { $0.firstGood?.at }.max()
    if let end = clientEnd ?? disturbance.window.to { return end }
    return observations.clients.writesSucceeded.first { $0.earliest > disturbance.start }?.at
  }

  /// Whether a client spoke its last just when the primary was lost, and never again.
  private func fellSilent(at disturbance: Disturbance) -> Bool {
    guard disturbance.stopsWrites, disturbance.window.to == nil else { return false }
    return observations.clients.hesitations.all.contains { pause in
      guard pause.operation == .write, pause.firstGood == nil, let last = pause.lastGood else { return false }
      let age = disturbance.start.seconds(since: last.at)
      return age > -3 && age < pause.rhythm * 3 + 5
    }
  }

  /// A lone hiccup of a client that nothing else bears out is no incident.
  private func isIncident(_ draft: IncidentDraft) -> Bool {
    guard draft.disturbances.allSatisfy({ $0.kind == .client }) else { return true }
    return draft.disturbances.contains { disturbance in
      disturbance.evidence.count > 3 || (disturbance.window.seconds ?? .infinity) > 10
    }
  }
}

extension IncidentDraft {
  /// When the incident lost the member.
  func lossOf(_ member: String) -> Instant {
    if let change = changes.first(where: { $0.oldPrimary == member }) { return change.acquiredAt }
    return disturbances.first { $0.member == member }?.start ?? start
  }
}

extension Observations {
  /// Whether the member's own lines tell when it streams, so that a heartbeat alone proves nothing.
  package func tellsReplication(of member: String) -> Bool {
    occurrences.contains(
      .replicationStreaming,
      .replicationBroken,
      .replicationConnectFailed,
      .replicationReceiverStopped,
      member: member
    )
  }

  /// When a lost member was back: it streams, it leads, or a later listing says so; nil if the log does not show it.
  package func restoration(of member: String, after instant: Instant) -> Instant? {
    let stream = replication[member]?.lastingStream(after: instant)
    let leads = servers[member]?.firstSpan(.primary, after: instant)?.from
    let later = Window(from: instant, to: nil)
    let listed = occurrences.last(.clusterMemberListed, member: member, in: later).flatMap {
      $0.fields[.state] == "streaming" ? $0.at : nil
    }
    if let shown = [stream, leads, listed].compactMap({ $0 }).min() { return shown }
    guard servers[member]?.hasServerLog != true, !tellsReplication(of: member) else { return nil }
    return agents[member]?.heartbeats.within(later).first {
      $0.at > instant && $0.fields[.role] == "replica"
    }?.at
  }
}
