/// Who leads, and whether that can be relied upon.
package struct LeaderSight: Hashable, Sendable {
  /// Whether a copy can be taken from it.
  package enum Health: Hashable, Sendable {
    case healthy
    /// It is known that nobody leads well, in a clause.
    case missing(String)
    /// Nothing asked settles it, in a clause.
    case unknown(String)
  }

  package var name: String?
  package var health: Health
  package var timeline: Int?

  package init(name: String? = nil, health: Health, timeline: Int? = nil) {
    self.name = name
    self.health = health
    self.timeline = timeline
  }

  package var isHealthy: Bool { health == .healthy }

  /// A saved list that is older than this says nothing about who leads now, in seconds: the default `ttl` twice.
  static let longestListAge = 60.0
}

extension ObservedCluster {
  /// The members that are out of recovery by themselves or by their own Patroni.
  package var primaries: [ObservedMember] { members.filter { $0.isInRecovery?.value == false } }

  /// Who leads.
  ///
  /// Everything that destroys data waits for a healthy leader, so every doubt counts as no.
  package var leader: LeaderSight {
    let holders = Set(lockHolders.map(\.value))
    if holders.count > 1 {
      return LeaderSight(health: .missing("\(listText(holders.sorted())) are each called the leader"))
    }
    guard let holder = lockHolders.first else { return leaderWithoutLock }
    let member = member(holder.value)
    var sight = LeaderSight(name: holder.value, health: health(of: member, holder: holder))
    sight.timeline = member.timeline?.value
    return sight
  }

  private func health(of member: ObservedMember, holder: Fact<String>) -> LeaderSight.Health {
    let rivals = primaries.filter { $0.name != member.name }
    if !rivals.isEmpty {
      return .missing("\(listText(rivals.map(\.name))) \(rivals.count == 1 ? "is" : "are") out of recovery too")
    }
    if let isInRecovery = member.isInRecovery {
      let isStandbyLeader = member.role?.value == "standby_leader"
      if !isInRecovery.value || isStandbyLeader { return healthOfHeard(member) }
      return .missing("\(member.name) holds the lock but is in recovery, says \(isInRecovery.source.words)")
    }
    if let problem = member.serverProblem ?? member.agentProblem {
      let words = "\(member.name) holds the lock but does not answer: \(problem.words)"
      return problem.failure == .unwilling ? .unknown(words) : .missing(words)
    }
    guard member.state?.value == "running" else {
      return .missing("\(member.name) holds the lock but is \(member.state?.value ?? "in an unknown state")")
    }
    if holder.source == .file, (listAge ?? .infinity) > LeaderSight.longestListAge {
      return .unknown(
        "the listing that calls \(member.name) the leader is older than a minute, and nobody else was asked"
      )
    }
    return .healthy
  }

  /// A Patroni may answer for a server that no longer does.
  private func healthOfHeard(_ member: ObservedMember) -> LeaderSight.Health {
    guard member.server == nil, let problem = member.serverProblem, problem.failure != .unwilling else {
      return .healthy
    }
    return .missing("\(member.name)'s server does not answer: \(problem.words)")
  }

  /// Without Patroni a single primary leads, as far as can be seen.
  private var leaderWithoutLock: LeaderSight {
    if listedBy == .dcs { return LeaderSight(health: .missing("Patroni's record in the DCS names no leader")) }
    let primaries = primaries
    if primaries.count > 1 {
      return LeaderSight(health: .missing("\(listText(primaries.map(\.name))) are all out of recovery"))
    }
    guard let primary = primaries.first else { return LeaderSight(health: withoutPrimary) }
    return LeaderSight(name: primary.name, health: .healthy, timeline: primary.timeline?.value)
  }

  private var withoutPrimary: LeaderSight.Health {
    if listedBy == .file, (listAge ?? .infinity) <= LeaderSight.longestListAge {
      return .missing("the listing names no leader")
    }
    let asked = members.filter(\.isAsked)
    guard !asked.isEmpty else { return .unknown("nobody was asked who could tell") }
    guard asked.contains(where: \.isHeard) else { return .unknown("nobody of those asked answers") }
    let silent = asked.filter { !$0.isHeard }.map(\.name)
    if !silent.isEmpty { return .unknown("\(listText(silent)) may lead, but did not answer") }
    return .unknown("none of those asked leads, and there may be members that were not asked")
  }
}

/// Texts as a list in a sentence: `a`, `a and b`, `a, b and c`.
func listText(_ items: [String]) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " and " + last
}
