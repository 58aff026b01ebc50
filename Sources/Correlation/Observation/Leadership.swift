package import Model

/// One member's time as leader.
package struct LeaderTerm: Hashable, Sendable {
  /// How the log shows that the term began.
  package enum Beginning: Hashable, Sendable {
    /// The log finds the member as leader.
    case found
    case bootstrap
    case acquired
    /// No line shows the lock being taken; heartbeats show who has it.
    case implied
  }

  package var member: String
  package var from: Instant
  package var beginning: Beginning
  package var began: Occurrence?
  /// The line that shows the leader giving up: a release, a demotion.
  package var ended: Occurrence?
  /// A leader that is in recovery by design (standby cluster).
  package var isStandbyLeader = false

  /// Stands for a leader that no line names: a standby was promoted, so that there was one.
  package static let unnamed = "the former primary"
}

/// Who held the leader lock when.
package struct Leadership: Sendable {
  package private(set) var terms: [LeaderTerm] = []
  private let speakingMembers: Set<String>
  /// When each member last said of itself that it leads.
  private var lastOwnBeats: [String: Instant] = [:]
  /// The member that a standby last failed to reach as its upstream.
  private var lastUpstream: String?
  /// Members whose server says that it went down as a primary.
  private let formerPrimaries: Set<String>
  private let firstAt: Instant
  /// Members whose server has followed another one.
  private var standbys: Set<String> = []
  /// Members that were told to promote and have not become writable yet.
  private var promoting: Set<String> = []

  package init(_ occurrences: Occurrences, directory: MemberDirectory, from start: Instant) {
    firstAt = start
    formerPrimaries = Set(
      occurrences.of(.serverWasInterrupted).filter { $0.fields[.role] == nil }.compactMap(\.member)
    )
    speakingMembers = Set(
      directory.owners.filter { owner in occurrences.list(ofMember: owner).contains { $0.role == .agent } }
    )
    for occurrence in occurrences.list(of: Self.telling) { apply(occurrence, directory: directory, logStart: start) }
  }

  /// The leader at an instant, whether or not it had given up by then.
  package func leader(at instant: Instant) -> String? {
    terms[..<terms.partition { $0.from > instant }].last?.member ?? terms.first?.member
  }

  /// The kinds of lines that bear on who leads.
  private static let telling: [EventKind] = [
    .leaderAcquired, .bootstrapSucceeded, .leaderReleased, .leaderDemoted, .replicationConnectFailed,
    .replicationBroken, .replicationStreaming, .promotionRequested, .timelineSelected, .serverReady, .agentHeartbeat,
    .agentLockOwner, .clusterMemberListed,
  ]

  private mutating func apply(_ occurrence: Occurrence, directory: MemberDirectory, logStart: Instant) {
    switch occurrence.kind {
    case .leaderAcquired:
      guard let member = occurrence.member else { return }
      acquire(member, by: occurrence)
    case .bootstrapSucceeded:
      guard let member = occurrence.member else { return }
      begin(LeaderTerm(member: member, from: occurrence.at, beginning: .bootstrap, began: occurrence))
    case .leaderReleased, .leaderDemoted:
      guard let last = terms.last, last.member == occurrence.member, last.ended == nil else { return }
      terms[terms.count - 1].ended = occurrence
    case .replicationConnectFailed, .replicationBroken, .replicationStreaming:
      if let member = occurrence.member, !occurrence.isSaidByUpstream { standbys.insert(member) }
      guard occurrence.kind == .replicationConnectFailed else { return }
      lastUpstream = occurrence.fields[.host].flatMap { directory.canonical($0) } ?? lastUpstream
    case .promotionRequested, .timelineSelected:
      if let member = occurrence.member { promoting.insert(member) }
    case .serverReady:
      applyPromotedServer(occurrence)
    case .agentHeartbeat, .agentLockOwner:
      applySighting(occurrence, directory: directory, logStart: logStart)
    case .clusterMemberListed:
      guard terms.isEmpty, let member = occurrence.member, occurrence.fields[.role] == "leader" else { return }
      begin(LeaderTerm(member: member, from: occurrence.at, beginning: .found, began: occurrence))
    default:
      return
    }
  }

  private mutating func acquire(_ member: String, by occurrence: Occurrence) {
    let isStandby = occurrence.fields[.role] == "standby_leader"
    if let last = terms.last, last.member == member, last.ended == nil {
      if last.beginning == .implied || last.beginning == .found, occurrence.at.seconds(since: last.from) < 2 {
        terms[terms.count - 1].began = occurrence
        terms[terms.count - 1].beginning = .acquired
      } else if occurrence.reason != "already_primary", occurrence.at.seconds(since: last.from) >= 2 {
        begin(
          LeaderTerm(
            member: member,
            from: occurrence.at,
            beginning: .acquired,
            began: occurrence,
            isStandbyLeader: isStandby
          )
        )
      }
      return
    }
    if terms.isEmpty, !isStandby, standbys.contains(member) {
      // Whoever followed another member takes over from somebody, though the log does not say from whom.
      begin(LeaderTerm(member: formerLeader(besides: member), from: firstAt, beginning: .found))
    }
    begin(
      LeaderTerm(
        member: member,
        from: occurrence.at,
        beginning: .acquired,
        began: occurrence,
        isStandbyLeader: isStandby
      )
    )
  }

  /// A heartbeat says who leads; it begins a term only where no better line can be expected.
  private mutating func applySighting(_ occurrence: Occurrence, directory: MemberDirectory, logStart: Instant) {
    let isOwn =
      occurrence.kind == .agentHeartbeat && ["leader", "standby_leader"].contains(occurrence[.role] ?? "")
    let named = isOwn ? occurrence.member : occurrence[.leader].flatMap { directory.canonical($0) }
    guard let leader = named else { return }
    if isOwn { lastOwnBeats[leader] = occurrence.at }
    guard let last = terms.last else {
      let isStandby = occurrence.fields[.role] == "standby_leader"
      begin(
        LeaderTerm(member: leader, from: logStart, beginning: .found, began: occurrence, isStandbyLeader: isStandby)
      )
      return
    }
    guard last.member != leader, occurrence.at.seconds(since: last.from) > 2 else { return }
    let isStale = lastOwnBeats[last.member].map { occurrence.at.seconds(since: $0) > 20 } ?? true
    let isGone = last.ended != nil || !speakingMembers.contains(last.member) || isStale
    if isOwn, isGone || isRestored(leader, after: last) {
      begin(LeaderTerm(member: leader, from: occurrence.at, beginning: .implied, began: occurrence))
    } else if !isOwn, !speakingMembers.contains(leader) {
      begin(LeaderTerm(member: leader, from: occurrence.at, beginning: .implied, began: occurrence))
    }
  }

  /// A server that was promoted and is writable leads, where no agent's line tells.
  private mutating func applyPromotedServer(_ occurrence: Occurrence) {
    guard let member = occurrence.member, promoting.remove(member) != nil, !speakingMembers.contains(member),
      terms.last?.member != member
    else { return }
    if terms.isEmpty {
      begin(LeaderTerm(member: formerLeader(besides: member), from: firstAt, beginning: .found))
    }
    begin(LeaderTerm(member: member, from: occurrence.at, beginning: .implied, began: occurrence))
  }

  /// The member that a standby was promoted in place of: the one that it streamed from, or the only other one that
  /// went down as a primary.
  private func formerLeader(besides member: String) -> String {
    if let upstream = lastUpstream, upstream != member { return upstream }
    let others = formerPrimaries.subtracting([member])
    return others.count == 1 ? others.first ?? LeaderTerm.unnamed : LeaderTerm.unnamed
  }

  /// Whether an earlier leader speaks as leader again although another one took over: it overwrote the lock.
  private func isRestored(_ member: String, after last: LeaderTerm) -> Bool {
    terms.dropLast().contains { $0.member == member } && last.began != nil
  }

  private mutating func begin(_ term: LeaderTerm) {
    terms.append(term)
  }
}
