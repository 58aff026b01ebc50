package import Contract
package import Model

/// The cluster as all answers together show it.
package struct ObservedCluster: Hashable, Sendable {
  package var scope: String?
  /// In the order in which they were heard of.
  package var members: [ObservedMember]
  /// Who holds the leader lock, by whoever was asked: more than one if they disagree.
  package var lockHolders: [Fact<String>]
  /// Where the list of members comes from; nil if there is none, so that members may be unknown.
  package var listedBy: FactSource?
  /// How old the list is at least, in seconds: that of a saved one.
  package var listAge: Double?
  package var isPaused: Bool?
  package var history: [Promotion]?
  package var configuration: DynamicConfiguration?
  /// When it was asked, by our clock.
  package var askedAt: Instant?

  package init(
    scope: String? = nil,
    members: [ObservedMember] = [],
    lockHolders: [Fact<String>] = [],
    listedBy: FactSource? = nil,
    listAge: Double? = nil,
    isPaused: Bool? = nil,
    history: [Promotion]? = nil,
    configuration: DynamicConfiguration? = nil,
    askedAt: Instant? = nil
  ) {
    self.scope = scope
    self.members = members
    self.lockHolders = lockHolders
    self.listedBy = listedBy
    self.listAge = listAge
    self.isPaused = isPaused
    self.history = history
    self.configuration = configuration
    self.askedAt = askedAt
  }

  /// What is known of a member; nothing of one that nobody mentioned.
  package func member(_ name: String) -> ObservedMember {
    members.first { $0.name == name } ?? ObservedMember(name: name)
  }

  /// Changes a member, which is added if it is new.
  mutating func update(_ name: String, _ change: (inout ObservedMember) -> Void) {
    let index = members.firstIndex { $0.name == name } ?? members.endIndex
    if index == members.endIndex { members.append(ObservedMember(name: name)) }
    change(&members[index])
  }
}

// MARK: - From answers to members

extension ObservedCluster {
  /// Puts all answers together; the report helps to tell which address is which member.
  package init(_ sightings: Sightings, report: Report, askedAt: Instant? = nil) {
    let live = sightings.agents.compactMap(\.listing)
    let saved = sightings.files.compactMap(\.listing)
    let naming = MemberNaming(report: report, listings: live + saved)
    self.init(askedAt: askedAt)
    addLists(live, from: .dcs, naming: naming)
    addLists(saved, from: .file, naming: naming)
    if live.isEmpty { listAge = sightings.files.filter { $0.listing != nil }.compactMap(\.age).max() }
    for agent in sightings.agents { add(agent, name: naming.name(of: agent)) }
    for server in sightings.servers { add(server, name: naming.name(of: server)) }
    history = (sightings.agents.compactMap(\.history) + sightings.files.compactMap(\.history)).max {
      $0.count < $1.count
    }
    addStreams()
  }

  private mutating func addLists(_ lists: [Listing], from source: FactSource, naming: MemberNaming) {
    for list in lists {
      listedBy = listedBy ?? source
      scope = scope ?? list.scope
      isPaused = isPaused ?? list.isPaused
      for listed in list.members {
        let name = naming.canonical(listed.name)
        update(name) { $0.learn(listed, from: source) }
        if ["leader", "standby_leader"].contains(listed.role) { addLockHolder(name, from: source) }
      }
    }
  }

  /// A saved listing that names somebody else is old, not a contradiction.
  private mutating func addLockHolder(_ name: String, from source: FactSource) {
    guard !lockHolders.contains(where: { $0.value == name || $0.source < source }) else { return }
    lockHolders.append(Fact(name, source))
  }

  private mutating func add(_ agent: AgentSighting, name: String) {
    update(name) { member in
      if let facts = agent.facts { member.learn(facts) } else { member.agentProblem = agent.unanswered }
      member.isReadingStore = agent.listing != nil
    }
    scope = scope ?? agent.facts?.scope
    if let facts = agent.facts, isPaused == nil || facts.isPaused { isPaused = facts.isPaused }
    configuration = configuration ?? agent.configuration
  }

  private mutating func add(_ server: ServerSighting, name: String) {
    update(name) { member in
      member.place = member.place ?? server.place
      if let facts = server.facts { member.learn(facts) } else { member.serverProblem = server.unanswered }
    }
  }

  /// A sender knows who streams from it, by the name that Patroni gives the connection.
  private mutating func addStreams() {
    for member in members {
      guard member.isInRecovery?.value == false else { continue }
      for (standbys, source) in [
        (member.server?.standbys ?? [], FactSource.postgresql), (member.agent?.standbys ?? [], .patroni),
      ] {
        for standby in standbys where members.contains(where: { $0.name == standby.name }) {
          update(standby.name) { other in
            if standby.state == "streaming" { other.isStreaming.improve(true, from: source) }
            other.lag.improve(standby.lag, from: source)
          }
        }
      }
    }
  }
}
