import Contract
import Model

/// What is to be known before anything is done.
struct Notes {
  let cluster: ObservedCluster
  let leader: LeaderSight
  let past: ReportedPast
  let comparison: IdentityComparison
  let sightings: Sightings

  /// Gravest first.
  var all: [CheckNote] {
    let notes = identity + primaries + identifiers + leadership + promotions + pause + silence + gaps + unnamed
    return Severity.allCases.flatMap { severity in notes.filter { $0.severity == severity } }
  }

  private var identity: [CheckNote] {
    switch comparison.identity {
    case .same: []
    case .other:
      [
        CheckNote(
          code: .otherCluster,
          severity: .critical,
          summary: "This is not the report's cluster: run none of its commands here. \(comparison.reason)"
        )
      ]
    case .unproven:
      isAnswered ? [CheckNote(code: .identityUnproven, severity: .info, summary: comparison.reason)] : []
    }
  }

  private var isAnswered: Bool { !cluster.members.allSatisfy { !$0.isHeard } || cluster.listedBy != nil }

  private var primaries: [CheckNote] {
    let primaries = cluster.primaries
    guard primaries.count > 1 else { return [] }
    let named = listText(
      primaries.map { member in member.name + (member.timeline.map { " (timeline \($0.value))" } ?? "") }
    )
    return [
      CheckNote(
        code: .dualPrimary,
        severity: .critical,
        summary:
          "\(primaries.count) members are out of recovery at once: \(named). Each write to the wrong one is lost. "
          + "Settle first which one is to stay."
      )
    ]
  }

  private var identifiers: [CheckNote] {
    let known = cluster.members.compactMap { member in member.systemIdentifier.map { "\(member.name) \($0.value)" } }
    guard Set(cluster.members.compactMap { $0.systemIdentifier?.value }).count > 1 else { return [] }
    return [
      CheckNote(
        code: .systemIDMismatch,
        severity: .critical,
        summary: "System identifiers differ, so these are not copies of one cluster: \(listText(known))."
      )
    ]
  }

  private var leadership: [CheckNote] {
    let holders = Set(cluster.lockHolders.map(\.value))
    if holders.count > 1 {
      return [
        CheckNote(
          code: .leaderDisputed,
          severity: .warning,
          summary:
            "\(listText(holders.sorted())) are each called the leader by somebody: leadership is changing, or these "
            + "are different clusters."
        )
      ]
    }
    guard case .missing(let why) = leader.health, cluster.primaries.count < 2 else { return [] }
    return [CheckNote(code: .noLeader, severity: .warning, member: leader.name, summary: "No healthy leader: \(why).")]
  }

  private var promotions: [CheckNote] {
    if let since = past.timelinesSince(leader), since < 0 {
      return [
        CheckNote(
          code: .timelineWentBack,
          severity: .critical,
          summary: "The leader is on timeline \(leader.timeline ?? 0), the report ended on "
            + "\(past.report.cluster.timelineAtEnd ?? 0): a backup was restored since, or this is another cluster."
        )
      ]
    }
    let told = past.promotionsSince(cluster.history) ?? []
    let count = max(told.count, past.timelinesSince(leader) ?? 0)
    guard count > 0 else { return [] }
    let leaders = told.map { promotion in
      (promotion.leader ?? "an unnamed member") + " to timeline \(promotion.from + 1)"
        + (promotion.at.map { " at \($0.rfc3339)" } ?? "")
    }
    let detail = leaders.isEmpty ? "" : ": \(listText(Array(leaders.prefix(5))))"
    return [
      CheckNote(
        code: .promotedSince,
        severity: .warning,
        summary:
          "\(count == 1 ? "A promotion" : "\(count) promotions") happened since the report's last line\(detail). The "
          + "report knows nothing of it: analyze the logs since."
      )
    ]
  }

  private var pause: [CheckNote] {
    guard cluster.isPaused == true else { return [] }
    return [
      CheckNote(
        code: .clusterPaused,
        severity: .warning,
        summary: "The cluster is paused: Patroni promotes nobody and starts nothing."
      )
    ]
  }

  private var silence: [CheckNote] {
    cluster.members.filter { $0.isAsked && !$0.isHeard }.map { member in
      let problems = [member.serverProblem?.words, member.agentProblem?.words].compactMap { $0 }
      return CheckNote(
        code: .memberUnreachable,
        severity: .warning,
        member: member.name,
        summary: "\(member.name) does not answer: \(problems.joined(separator: "; "))."
      )
    }
  }

  /// What cannot be told of a member because it may be one of those that nobody could name.
  private var unnamed: [CheckNote] {
    let naming = MemberNaming(report: past.report, sightings: sightings)
    let servers = sightings.servers.filter { naming.knownName(of: $0) == nil }.map { ($0.place, "--dsn") }
    let agents = sightings.agents.filter { naming.knownName(of: $0) == nil }.map { ($0.place, "--patroni") }
    return (servers + agents).map { place, option in
      CheckNote(
        code: .unnamedMember,
        severity: .info,
        summary: "Nothing tells which member \(place.description) is: write \(option) NAME=… for it."
      )
    }
  }

  private var gaps: [CheckNote] {
    let servers = sightings.servers.compactMap { server in server.missing.map { (server.place, $0) } }
    let agents = sightings.agents.compactMap { agent in agent.missing.map { (agent.place, $0) } }
    return (servers + agents).map { place, words in
      CheckNote(code: .incompleteAnswer, severity: .info, summary: "\(place.description) did not tell all: \(words).")
    }
  }
}
