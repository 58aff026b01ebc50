package import Clocks
package import Model

/// Who is who: the members of the cluster and every name under which the logs know them.
///
/// A member names itself in its agent's heartbeat (`I am (pg1)`); that name stands for its container, host and
/// address from then on. A source that holds a server's lines but no agent's stands for a member by its own name.
package struct MemberDirectory: Sendable {
  /// Member names in the order in which they were first met.
  package private(set) var members: [String] = []
  private var memberOfSource: [SourceID: String] = [:]
  private var memberOfAlias: [String: String] = [:]
  private var aliasesOfMember: [String: Set<String>] = [:]
  /// Sources in which several agents speak, and which runs of their lines are whose.
  private var shared: [SourceID: SharedSource] = [:]
  private let sources: [Source]

  package init(events: [TimedEvent], sources: [Source]) {
    self.sources = sources
    nameSources(by: events)
    nameOthers(in: events)
    nameUpstreams(in: events)
    collectAliases(from: events)
  }

  /// The member on whose node the event happened, or nil.
  package func member(of event: Event) -> String? {
    switch event.component.role {
    case .agent:
      return memberOfSource[event.source] ?? event.fields[.name].flatMap { canonical($0) }
        ?? shared[event.source]?.member(at: event.arrival)
    case .server:
      return memberOfSource[event.source] ?? shared[event.source]?.member(at: event.arrival)
    case .runtime:
      // A unit or kernel line names no member: the node in whose log it stands is meant.
      return event.fields[.name].flatMap { canonicalContainer($0) } ?? memberOfSource[event.source]
    case .operation:
      return event.fields[.member].flatMap { canonical($0) }
    case .proxy, .pooler, .dcs, .client:
      return nil
    }
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
    memberOfSource[source]
  }

  /// The source in which the member's agent speaks among others', so that not every line has an owner.
  package func sharedSource(of member: String) -> SourceID? {
    shared.filter { $0.value.members.contains(member) }.map(\.key).min()
  }

  /// The source that holds the agent's or server's lines of a member.
  package func source(of member: String) -> SourceID? {
    memberOfSource.filter { $0.value == member }.map(\.key).min()
  }
}

// MARK: - Building

extension MemberDirectory {
  /// A source belongs to the member that its agent says it is; a source in which several agents speak belongs to none.
  private mutating func nameSources(by events: [TimedEvent]) {
    let namesakes = Dictionary(grouping: sources.indices, by: { sources[$0].name })
    var ownNames: [SourceID: [String: Int]] = [:]
    var serverSources: Set<SourceID> = []
    let operated = Set(events.filter { $0.event.component.role == .operation }.map(\.event.source))
    for timed in events {
      let event = timed.event
      if event.component.role == .agent, let name = event.fields[.name] {
        ownNames[event.source, default: [:]][name, default: 0] += 1
      } else if event.component.role == .server || event.component.role == .agent,
        event.stamp != nil || event.kind == .agentStartFailed && !operated.contains(event.source)
      {
        // A tool's output pasted into some file has no time of its own and is no member's log.
        serverSources.insert(event.source)
      }
    }
    for (source, names) in ownNames.sorted(by: { $0.key < $1.key }) {
      let ranked = names.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      guard let best = ranked.first, ranked.count == 1 || ranked[1].value * 10 < best.value else {
        shared[source] = SharedSource(source, in: events)
        continue
      }
      memberOfSource[source] = best.key
    }
    for source in serverSources.sorted() where ownNames[source] == nil && source.index < sources.count {
      // `pg1/patroni.log` and `pg1/postgresql.log` are two sources of one name: the agent's says who they are.
      let name = sources[source.index].name
      let agent = namesakes[name, default: []].first {
        ownNames[SourceID($0)] != nil && memberOfSource[SourceID($0)] != nil
      }
      memberOfSource[source] = agent.flatMap { memberOfSource[SourceID($0)] } ?? name
    }
    for (_, source) in shared.sorted(by: { $0.key < $1.key }) {
      for member in source.members { add(member) }
    }
    for (source, member) in memberOfSource.sorted(by: { $0.key < $1.key }) {
      add(member)
      if source.index < sources.count, sources[source.index].isNamedByPrefix {
        add(alias: sources[source.index].name, of: member)
      }
    }
  }

  /// Members that only others speak of.
  private mutating func nameOthers(in events: [TimedEvent]) {
    let kinds: Set<EventKind> = [
      .agentHeartbeat, .agentLockOwner, .candidatePeerAnswered, .candidatePeerUnreachable, .candidatePeerRefused,
      .clusterMemberListed, .operatorRequested, .operatorProceeding,
    ]
    for timed in events where kinds.contains(timed.event.kind) {
      for field in [Field.leader, .candidate, .member, .name] {
        guard let name = timed.event.fields[field], !name.isEmpty, name != "None", canonical(name) == nil else {
          continue
        }
        add(name)
      }
    }
  }

  /// Without any agent's line, the host that a standby streams from is the only name that its primary has.
  private mutating func nameUpstreams(in events: [TimedEvent]) {
    guard !events.contains(where: { $0.event.component.role == .agent }) else { return }
    for timed in events where timed.event.kind == .replicationConnectFailed {
      guard let host = timed.event.fields[.host], host.contains(where: \.isLetter), !host.contains(":"),
        canonical(host) == nil
      else { continue }
      add(host)
    }
  }

  private mutating func collectAliases(from events: [TimedEvent]) {
    for timed in events {
      let fields = timed.event.fields
      switch timed.event.kind {
      case .candidatePeerAnswered, .candidatePeerUnreachable, .clusterMemberListed:
        if let member = fields[.member].flatMap({ canonical($0) }), let host = fields[.host] {
          add(alias: host, of: member)
        }
      case .replicationConnectFailed:
        if let member = fields[.host].flatMap({ canonical($0) }), let address = fields[.address] {
          add(alias: address, of: member)
        }
      case .proxyServerUp, .proxyServerDown:
        guard let backend = fields[.backend], let server = fields[.server] else { continue }
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
    memberOfAlias[member] = member
    aliasesOfMember[member] = []
  }

  private mutating func add(alias: String, of member: String) {
    guard memberOfAlias[alias] == nil || memberOfAlias[alias] == member else { return }
    memberOfAlias[alias] = member
    aliasesOfMember[member, default: []].insert(alias)
  }
}
