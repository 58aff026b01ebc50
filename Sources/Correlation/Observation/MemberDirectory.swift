import Clocks
package import Model

/// Who is who: the members of the cluster and every name under which the logs know them.
///
/// A member names itself in its agent's heartbeat (`I am (pg1)`); that name stands for its container, host and
/// address from then on. A source that holds a server's lines but no agent's stands for a member by its own name.
package struct MemberDirectory: Sendable {
  /// Member names in the order in which they were first met.
  package private(set) var members: [String] = []
  /// Whoever owns lines, and the number by which these are put together: the members, and names of sources that are an
  /// alias of a member besides.
  private(set) var owners: [String] = []
  private(set) var ownerNumbers: [String: Int] = [:]
  /// The number of the owner of each source; nil where it has none.
  private var ownerOfSource: [Int?]
  private var memberOfAlias: [String: String] = [:]
  private var aliasesOfMember: [String: Set<String>] = [:]
  /// Sources in which several agents speak, and which runs of their lines are whose.
  private var shared: [SourceID: SharedSource] = [:]
  private let sources: [Source]

  /// Finds out who is who.
  ///
  /// - Parameters:
  ///   - events: all events in time order.
  ///   - kinds: where those of each kind are.
  ///   - voices: who speaks in each source.
  ///   - sources: what the events refer to.
  init(events: [TimedEvent], kinds: KindIndex, voices: SourceVoices, sources: [Source]) {
    self.sources = sources
    ownerOfSource = Array(repeating: nil, count: voices.all.count)
    nameSources(by: voices, events)
    nameOthers(in: events, kinds)
    if !voices.all.contains(where: \.isAgents) { nameUpstreams(in: events, kinds) }
    collectAliases(from: events, kinds)
  }

  /// The number of the member on whose node the event happened, or nil.
  func owner(of event: Event) -> Int? {
    switch event.role {
    case .agent:
      return owner(ofSource: event.source) ?? number(event[.name].flatMap { canonical($0) })
        ?? number(shared[event.source]?.member(at: event.arrival))
    case .server:
      return owner(ofSource: event.source) ?? number(shared[event.source]?.member(at: event.arrival))
    case .runtime:
      // A unit or kernel line names no member: the node in whose log it stands is meant.
      return number(event[.name].flatMap { canonicalContainer($0) }) ?? owner(ofSource: event.source)
    case .operation:
      return number(event[.member].flatMap { canonical($0) })
    case .proxy, .pooler, .dcs, .client:
      return nil
    }
  }

  private func owner(ofSource source: SourceID) -> Int? {
    ownerOfSource.indices.contains(source.index) ? ownerOfSource[source.index] : nil
  }

  private func number(_ name: String?) -> Int? {
    name.flatMap { ownerNumbers[$0] }
  }

  /// The member that a name or address stands for, or nil.
  package func canonical(_ name: String) -> String? {
    memberOfAlias[name]
  }

  /// The member that a container stands for: by its name, or by its service in `project-service-1`.
  package func canonicalContainer(_ name: String) -> String? {
    if let member = memberOfAlias[name] { return member }
    let parts = name.split { $0 == "-" || $0 == "_" }.map(String.init)
    guard let last = parts.last, Int(last) != nil, parts.count >= 2 else { return nil }
    return memberOfAlias[parts.dropLast().joined(separator: "-")] ?? memberOfAlias[parts[parts.count - 2]]
  }

  /// Every other name of a member, sorted.
  package func aliases(of member: String) -> [String] {
    aliasesOfMember[member, default: []].subtracting([member]).sorted()
  }

  /// The member whose agent or server writes to a source, or nil.
  package func member(ofSource source: SourceID) -> String? {
    owner(ofSource: source).map { owners[$0] }
  }

  /// The source in which the member's agent speaks among others', so that not every line has an owner.
  package func sharedSource(of member: String) -> SourceID? {
    shared.filter { $0.value.members.contains(member) }.map(\.key).min()
  }

  /// The source that holds the agent's or server's lines of a member.
  package func source(of member: String) -> SourceID? {
    number(member).flatMap { number in ownerOfSource.firstIndex { $0 == number } }.map { SourceID($0) }
  }
}

// MARK: - Building

extension MemberDirectory {
  /// A source belongs to the member that its agent says it is; a source in which several agents speak belongs to none.
  private mutating func nameSources(by voices: SourceVoices, _ events: [TimedEvent]) {
    for (index, voice) in voices.all.enumerated() where !voice.names.isEmpty {
      if let name = voice.name {
        ownerOfSource[index] = enter(name)
      } else {
        shared[SourceID(index)] = SharedSource(SourceID(index), in: events)
      }
    }
    let namesakes = Dictionary(grouping: sources.indices, by: { sources[$0].name })
    for (index, source) in sources.enumerated() where voices.all[index].names.isEmpty && voices.all[index].isServers {
      // `pg1/patroni.log` and `pg1/postgresql.log` are two sources of one name: the agent's says who they are.
      let agents = namesakes[source.name, default: []].filter { !voices.all[$0].names.isEmpty }
      ownerOfSource[index] = agents.compactMap { ownerOfSource[$0] }.first ?? enter(source.name)
    }
    for (_, source) in shared.sorted(by: { $0.key < $1.key }) {
      for member in source.members { add(member) }
    }
    for (index, owner) in ownerOfSource.enumerated() {
      guard let owner else { continue }
      let member = owners[owner]
      add(member)
      if index < sources.count, sources[index].isNamedByPrefix { add(alias: sources[index].name, of: member) }
    }
  }

  /// The number of an owner, which gets one if it has none.
  @discardableResult
  private mutating func enter(_ name: String) -> Int {
    if let number = ownerNumbers[name] { return number }
    ownerNumbers[name] = owners.count
    owners.append(name)
    return owners.count - 1
  }

  /// Members that only others speak of.
  private mutating func nameOthers(in events: [TimedEvent], _ kinds: KindIndex) {
    let naming: [EventKind] = [
      .agentHeartbeat, .agentLockOwner, .candidatePeerAnswered, .candidatePeerUnreachable, .candidatePeerRefused,
      .clusterMemberListed, .operatorRequested, .operatorProceeding,
    ]
    for position in kinds[naming] {
      for field in [Field.leader, .candidate, .member, .name] {
        guard let name = events[Int(position)].event[field], !name.isEmpty, name != "None", canonical(name) == nil
        else { continue }
        add(name)
      }
    }
  }

  /// Without any agent's line, the host that a standby streams from is the only name that its primary has.
  private mutating func nameUpstreams(in events: [TimedEvent], _ kinds: KindIndex) {
    for position in kinds[.replicationConnectFailed] {
      guard let host = events[Int(position)].event[.host], host.contains(where: \.isLetter), !host.contains(":"),
        canonical(host) == nil
      else { continue }
      add(host)
    }
  }

  private mutating func collectAliases(from events: [TimedEvent], _ kinds: KindIndex) {
    let telling: [EventKind] = [
      .candidatePeerAnswered, .candidatePeerUnreachable, .clusterMemberListed, .replicationConnectFailed,
      .proxyServerUp, .proxyServerDown,
    ]
    for position in kinds[telling] {
      let event = events[Int(position)].event
      switch event.kind {
      case .candidatePeerAnswered, .candidatePeerUnreachable, .clusterMemberListed:
        if let member = event[.member].flatMap({ canonical($0) }), let host = event[.host] {
          add(alias: host, of: member)
        }
      case .replicationConnectFailed:
        if let member = event[.host].flatMap({ canonical($0) }), let address = event[.address] {
          add(alias: address, of: member)
        }
      case .proxyServerUp, .proxyServerDown:
        guard let backend = event[.backend], let server = event[.server] else { continue }
        if let member = canonical(server) ?? memberNamed(within: server) {
          add(alias: "\(backend)/\(server)", of: member)
          add(alias: server, of: member)
        }
      default:
        continue
      }
    }
  }

  /// The one member whose name is a word of a server's name, such as `pg1` in `srv-pg1`.
  private func memberNamed(within server: String) -> String? {
    let words = Set(server.split { !($0.isLetter || $0.isNumber) }.map(String.init))
    let matches = members.filter { words.contains($0) }
    return matches.count == 1 ? matches.first : nil
  }

  private mutating func add(_ member: String) {
    guard memberOfAlias[member] == nil else { return }
    members.append(member)
    enter(member)
    memberOfAlias[member] = member
    aliasesOfMember[member] = []
  }

  private mutating func add(alias: String, of member: String) {
    guard memberOfAlias[alias] == nil || memberOfAlias[alias] == member else { return }
    memberOfAlias[alias] = member
    aliasesOfMember[member, default: []].insert(alias)
  }
}
