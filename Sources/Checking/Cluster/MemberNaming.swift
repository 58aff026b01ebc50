import Contract

/// Finds out which member of the cluster a server or a Patroni is, since a connection tells an address only.
struct MemberNaming {
  private let reported: [Member]
  private let listed: [ListedMember]

  init(report: Report, listings: [Listing]) {
    reported = report.cluster.members
    listed = listings.flatMap(\.members)
  }

  /// The name that the report has for a member, which may know it by an alias.
  func canonical(_ name: String) -> String {
    reported.first { $0.name == name || $0.aliases.contains(name) }?.name ?? name
  }

  init(report: Report, sightings: Sightings) {
    self.init(
      report: report,
      listings: sightings.agents.compactMap(\.listing) + sightings.files.compactMap(\.listing)
    )
  }

  /// The name of a server, or its address if nothing tells.
  func name(of server: ServerSighting) -> String { knownName(of: server) ?? server.place.description }

  /// The name of a Patroni's member, or its address if nothing tells.
  func name(of agent: AgentSighting) -> String { knownName(of: agent) ?? agent.place.description }

  /// The name of a server; nil if nothing tells.
  func knownName(of server: ServerSighting) -> String? {
    if let given = server.givenName { return canonical(given) }
    let name =
      listed.first { $0.place == server.place }?.name ?? nameOfReceiver(server.facts)
      ?? nameInReport(server.place.host) ?? onlyOne(at: server.place.host)
    return name.map(canonical)
  }

  /// The name of a Patroni's member; nil if nothing tells.
  func knownName(of agent: AgentSighting) -> String? {
    if let given = agent.givenName { return canonical(given) }
    let name =
      agent.facts?.name ?? listed.first { $0.agentPlace == agent.place }?.name ?? nameInReport(agent.place.host)
      ?? onlyOne(at: agent.place.host)
    return name.map(canonical)
  }

  /// Patroni gives a standby's connection its member's name, and its slot that name with all but letters, digits and
  /// dashes replaced (`slot_name_from_member_name` in `patroni/utils.py`).
  private func nameOfReceiver(_ facts: ServerFacts?) -> String? {
    guard let receiver = facts?.receiver else { return nil }
    if let name = receiver.applicationName, known.contains(name) { return name }
    guard let slot = receiver.slot else { return nil }
    let named = known.filter { Self.slotName($0) == slot }
    return named.count == 1 ? named.first : nil
  }

  private var known: Set<String> { Set(reported.map(\.name) + listed.map(\.name)) }

  static func slotName(_ member: String) -> String {
    String(member.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  private func nameInReport(_ host: String) -> String? {
    reported.first { $0.name == host || $0.aliases.contains(host) }?.name
  }

  private func onlyOne(at host: String) -> String? {
    let names = Set(listed.filter { $0.place?.host == host }.map(\.name))
    return names.count == 1 ? names.first : nil
  }
}
