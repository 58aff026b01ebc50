import Contract
import Model

/// Says which logs are there, where they are silent or cut, and what a missing one could change.
struct CoverageReader {
  let observations: Observations
  let summaries: [SourceSummary]
  let facts: [IncidentFacts]
  let incidents: [Incident]

  func coverage() -> [Coverage] {
    summaries.flatMap(present) + missingMembers + missingHalves + missingWitnesses
  }

  // MARK: - What is there

  private func present(_ summary: SourceSummary) -> [Coverage] {
    summary.components.map { component in
      let sightings = observations.sightings(of: summary.source)
      let gaps = hasRhythm(component) ? gaps(in: sightings, of: summary.source) : []
      return Coverage(
        member: member(of: summary.source, component),
        component: component.name,
        source: name(of: summary.source),
        firstAt: sightings.first,
        lastAt: sightings.last,
        lines: summary.lines,
        unrecognisedLines: summary.unrecognisedLines,
        gaps: gaps,
        wouldChange: shortcomings(of: summary.source, component, gaps: gaps)
      )
    }
  }

  /// What a log that is there, but silent, cut or mixed, leaves open.
  private func shortcomings(of source: SourceID, _ component: Component, gaps: [Gap]) -> String? {
    guard component.role == .agent || component.role == .server else { return nil }
    let mixed = observations.directory.members.filter { observations.directory.sharedSource(of: $0) == source }
    if let first = mixed.first {
      return "The lines of \(mixed.joined(separator: ", ")) are in one stream without names, so that most of "
        + "PostgreSQL's lines have no owner; one log a member would tell: "
        + access.command(for: first, component: component.name)
    }
    guard let member = member(of: source, component) else { return nil }
    let cut = LogCuts(observations: observations, incidents: facts).cut(of: source)
    let open = cut.map { [$0.question(about: member)] } ?? gaps.compactMap { question($0, about: member) }
    guard !open.isEmpty else { return nil }
    return "More of \(member)'s log would tell \(open.prefix(3).joined(separator: "; ")): "
      + access.command(for: member, component: component.name)
  }

  /// A silence matters where something went wrong in it.
  private func question(_ gap: Gap, about member: String) -> String? {
    let window = Window(from: gap.from, to: gap.to)
    guard facts.contains(where: { Window(from: $0.start, to: $0.end).overlaps(window) }) else { return nil }
    return "what \(member)'s agent did between \(gap.from.timeOfDay) and \(gap.to.timeOfDay)"
  }

  private func member(of source: SourceID, _ component: Component) -> String? {
    guard component.role == .agent || component.role == .server else { return nil }
    return observations.directory.member(ofSource: source)
  }

  private func name(of source: SourceID) -> String? {
    source.index < observations.sources.count ? observations.sources[source.index].name : nil
  }

  /// Whether the component speaks regularly, so that its silence tells something; a proxy or a server may be quiet.
  private func hasRhythm(_ component: Component) -> Bool {
    component.role == .agent || component.role == .client
  }

  /// Silences of more than 15 s and five times the usual distance of lines.
  private func gaps(in sightings: [Instant], of source: SourceID) -> [Gap] {
    let steps = zip(sightings, sightings.dropFirst())
    let long = steps.filter { $1.seconds(since: $0) > 15 && !observations.spoke(source, from: $0, to: $1) }
    guard sightings.count > 5, !long.isEmpty, let usual = steps.map({ $1.seconds(since: $0) }).median else { return [] }
    return long.map { Gap(from: $0, to: $1, duration: $1.seconds(since: $0)) }.filter { $0.duration > usual * 5 }
  }

  // MARK: - What is missing

  private var questions: OpenQuestions { OpenQuestions(incidents: incidents) }
  private var access: LogAccess { LogAccess(observations: observations, incidents: facts) }

  /// Members that others name and that have no log here.
  private var missingMembers: [Coverage] {
    observations.directory.members.filter { !observations.isHeard($0) }.map { member in
      missing(member, "patroni", questions.agent(of: member), of: "\(member)'s own log")
    }
  }

  /// Members of whose two logs one is here.
  private var missingHalves: [Coverage] {
    let isManaged = observations.agents.values.contains { !$0.signs.isEmpty }
    return observations.directory.members.filter { observations.directory.source(of: $0) != nil }.compactMap { member in
      let hasServerLog = observations.servers[member]?.hasServerLog ?? false
      let hasAgentLog = observations.agents[member]?.signs.isEmpty == false
      if hasAgentLog, !hasServerLog {
        let open = questions.server(of: member)
        return open.isEmpty ? nil : missing(member, "postgresql", open, of: "\(member)'s PostgreSQL log")
      }
      guard hasServerLog, !hasAgentLog, isManaged || !incidents.isEmpty else { return nil }
      return missing(member, "patroni", questions.agent(of: member), of: "\(member)'s Patroni log, if it has one,")
    }
  }

  /// The store and the clients, where a conclusion rests on what others say of them.
  private var missingWitnesses: [Coverage] {
    var result: [Coverage] = []
    let isStoreHeard = summaries.contains { $0.components.contains { $0.role == .dcs } }
    let store = questions.store()
    if !isStoreHeard, !store.isEmpty {
      let open = store.prefix(3).joined(separator: "; ")
      let name = storeName
      let command = name.map { ": " + access.command(for: nil, component: $0) } ?? "."
      result.append(Coverage(component: name ?? "dcs", wouldChange: "The store's own log would tell \(open)\(command)"))
    }
    let client = questions.client()
    if !observations.clients.isObserved, !client.isEmpty {
      let open = client.prefix(3).joined(separator: "; ")
      result.append(
        Coverage(component: "client", wouldChange: "The log of an application or of its pooler would tell \(open).")
      )
    }
    return result
  }

  private func missing(_ member: String, _ component: String, _ open: [String], of log: String) -> Coverage {
    let asked = open.isEmpty ? "more" : open.prefix(4).joined(separator: "; ")
    return Coverage(
      member: member,
      component: component,
      wouldChange: "\(log) would tell \(asked): \(access.command(for: member, component: component))"
    )
  }

  /// The store that the agents' errors speak of.
  private var storeName: String? {
    let errors = observations.occurrences.of(.dcsUnreachable, .dcsTimedOut, .dcsSlow, .leaderRenewFailed).prefix(20)
    let names = ["etcd", "consul", "zookeeper", "kubernetes"]
    return names.first { name in errors.contains { $0.text.lowercased().contains(name) } }
  }
}

extension Observations {
  /// Whether any line here was written on the member's node.
  package func isHeard(_ member: String) -> Bool {
    directory.source(of: member) != nil || directory.sharedSource(of: member) != nil
  }
}
