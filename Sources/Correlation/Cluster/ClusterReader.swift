package import Contract
import Model

/// The cluster as the log shows it, at its beginning and at its end.
struct ClusterReader {
  let observations: Observations
  let incidents: [IncidentFacts]
  let summaries: [SourceSummary]

  func cluster() -> Cluster {
    let identity = observations.occurrences.last(.clusterListed)
    let scope = observations.occurrences.of(.operatorCommand, .clusterListed).compactMap { $0.fields[.scope] }.first
    return Cluster(
      name: scope,
      systemIdentifier: identity?.fields[.systemID],
      dcs: storeName,
      members: observations.directory.members.map(member),
      primaryAtStart: primaryAtStart,
      primaryAtEnd: primaryAtEnd,
      timelineAtStart: timelineAtStart,
      timelineAtEnd: timelineAtEnd
    )
  }

  private var storeName: String? {
    summaries.flatMap(\.components).first { $0.role == .dcs }?.name
  }

  private var primaryAtStart: String? {
    let terms = observations.leadership.terms
    let first = terms.first { $0.beginning != .bootstrap || $0.from == observations.firstAt } ?? terms.first
    return first?.member == LeaderTerm.unnamed ? nil : first?.member
  }

  private var primaryAtEnd: String? {
    guard let term = observations.leadership.terms.last else { return nil }
    let member = term.member
    guard !MemberStateReader(observations: observations).isSilent(member) else { return nil }
    guard let history = observations.servers[member], history.hasServerLog else {
      return term.ended == nil ? member : nil
    }
    return history.finalState.isWritable ? member : nil
  }

  private var timelineAtStart: Int? {
    let first = timelines(of: nil).first
    guard let timeline = first?.fields.integer(.timeline) else { return nil }
    return first?.kind == .timelineSelected ? nil : timeline
  }

  private var timelineAtEnd: Int? {
    let selected = primaryAtEnd.flatMap { observations.occurrences.last(.timelineSelected, member: $0) }
    let known = timelines(of: nil).compactMap { $0.fields.integer(.timeline) }
    return selected?.fields.integer(.timeline) ?? known.max()
  }

  private func timelines(of member: String?) -> [Occurrence] {
    observations.occurrences.of(.timelineSelected, .replicationStreaming, .clusterMemberListed, member: member)
      .filter { line in
        guard line.fields.integer(.timeline) != nil else { return false }
        guard line.kind == .replicationStreaming, let member = line.member else { return true }
        // An attempt that broke off at once tells where the member wanted to go, not where it is.
        return observations.replication[member]?.streams.contains { $0.from == line.at } == true
      }
  }

  // MARK: - Members

  private func member(_ name: String) -> Member {
    Member(
      name: name,
      aliases: observations.directory.aliases(of: name),
      roleAtStart: roleAtStart(of: name),
      roleAtEnd: roleAtEnd(of: name),
      stateAtEnd: MemberStateReader(observations: observations).state(of: name),
      timelineAtEnd: timelineAtEnd(of: name)
    )
  }

  private func roleAtStart(of name: String) -> MemberRole {
    guard let term = observations.leadership.terms.first else { return .unknown }
    if term.member == name, term.beginning == .found { return term.isStandbyLeader ? .standbyLeader : .leader }
    if let beat = observations.agents[name]?.heartbeats.first, let role = MemberRole(rawValue: beat.fields[.role] ?? "")
    {
      return role
    }
    return term.member == name ? .leader : .replica
  }

  private func roleAtEnd(of name: String) -> MemberRole {
    let listed = observations.occurrences.last(.clusterMemberListed, member: name)
    let changed = observations.servers[name]?.spans.last?.from ?? observations.firstAt
    if let listed, listed.at >= changed, let role = MemberRole(rawValue: listed.fields[.role] ?? "") { return role }
    guard let term = observations.leadership.terms.last else { return .unknown }
    if term.member == name {
      return primaryAtEnd == name || term.ended == nil ? (term.isStandbyLeader ? .standbyLeader : .leader) : .unknown
    }
    if observations.servers[name]?.finalState == .down { return .unknown }
    return .replica
  }

  private func timelineAtEnd(of name: String) -> Int? {
    let listed = timelines(of: name).last?.fields.integer(.timeline)
    if let listed { return listed }
    return primaryAtEnd == name ? timelineAtStart : nil
  }
}

/// How a member fares at the end of the log.
package struct MemberStateReader: Sendable {
  private let observations: Observations

  package init(observations: Observations) {
    self.observations = observations
  }

  package func state(of name: String) -> MemberState {
    let listed = observations.occurrences.last(.clusterMemberListed, member: name)
    let history = observations.servers[name]
    let lastChange = history?.spans.last?.from ?? observations.firstAt
    if let listed, listed.at >= lastChange, let state = state(from: listed.fields[.state]) { return state }
    if isDiverged(name) { return .diverged }
    switch history?.finalState ?? .unknown {
    case .primary: return isSilent(name) ? .unreachable : .running
    case .down: return failedToStart(name) ? .startFailed : .stopped
    case .stopping, .starting, .resetting: return failedToStart(name) ? .startFailed : .unknown
    case .recovery, .promoting:
      if isSilent(name) { return .unreachable }
      return observations.replication[name]?.isStreamingAtEnd == true ? .streaming : running(name)
    case .unknown: return isSilent(name) ? .unreachable : .unknown
    }
  }

  private func state(from word: String?) -> MemberState? {
    switch word {
    case "running": .running
    case "streaming": .streaming
    case "stopped": .stopped
    case "start failed": .startFailed
    default: nil
    }
  }

  /// Up, in recovery, and its heartbeats go on; the log began after its stream did.
  private func running(_ name: String) -> MemberState {
    let history = observations.replication[name]
    return history?.breaks.isEmpty == true && history?.streams.isEmpty == true ? .streaming : .running
  }

  private func isDiverged(_ name: String) -> Bool {
    guard let last = observations.occurrences.last(.timelineDiverged, member: name) else { return false }
    let healed = observations.occurrences.last(.rewindSucceeded, .cloneSucceeded, .clusterMemberListed, member: name)
    return healed.map { $0.at < last.at } ?? true && observations.replication[name]?.isStreamingAtEnd != true
      && observations.servers[name]?.finalState != .primary
  }

  private func failedToStart(_ name: String) -> Bool {
    guard let history = observations.servers[name], let last = history.spans.last else { return false }
    return observations.occurrences.contains(
      .serverStartFailed,
      member: name,
      in: Window(from: last.from.advanced(bySeconds: -15), to: nil)
    )
  }

  /// Whether the node's agent and server both fell silent long before the log's end.
  package func isSilent(_ name: String) -> Bool {
    guard let agent = observations.agents[name], let rhythm = agent.rhythm else { return false }
    let last = observations.occurrences.last(of: name) { $0.role == .agent || $0.role == .server }
    guard let last else { return false }
    return observations.lastAt.seconds(since: last.at) > max(15, rhythm * 3 + 5)
  }
}
