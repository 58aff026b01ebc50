import Contract
import Model

/// Finds logs that begin or end inside an incident, so that a part of it is not shown.
struct LogCuts {
  let observations: Observations
  let incidents: [IncidentFacts]

  /// Where one log stops too early or begins too late.
  struct Cut: Hashable {
    enum Edge: Hashable { case beginning, end }

    var edge: Edge
    var at: Instant

    /// What the missing part would tell.
    func question(about member: String) -> String {
      switch edge {
      case .beginning: "what \(member) did before \(at.timeOfDay), when an incident was under way already"
      case .end: "what \(member) did after \(at.timeOfDay), when the incident was not over"
      }
    }
  }

  /// Lines of other sources are this much longer before a log counts as cut, in seconds.
  private static let slack = 30.0

  /// The cut of a source of its own file: streams of one input begin and end together, and a silent node is no cut log.
  func cut(of source: SourceID) -> Cut? {
    let sightings = observations.sightings(of: source)
    guard let first = sightings.first, let last = sightings.last, hasOwnInput(source) else { return nil }
    for incident in incidents {
      let end = incident.end ?? observations.lastAt
      if first > incident.start, first < end, first.seconds(since: observations.firstAt) > Self.slack,
        first.seconds(since: incident.start) > 1
      {
        return Cut(edge: .beginning, at: first)
      }
      if last > incident.start, last < end, observations.lastAt.seconds(since: last) > Self.slack {
        return Cut(edge: .end, at: last)
      }
    }
    return nil
  }

  /// The incident before which no line shows the cluster well, if the log begins inside one.
  var unseenBeginning: IncidentFacts? {
    incidents.first { incident in
      guard incident.start.seconds(since: observations.firstAt) < 5, incident.kind != .bootstrapFailure else {
        return false
      }
      let before = Window(from: Window.always.from, to: incident.start.advanced(bySeconds: -0.001))
      return !observations.occurrences.of(
        .agentHeartbeat,
        .agentLockOwner,
        .clientWriteSucceeded,
        .clusterMemberListed,
        .operatorRequested,
        .operatorCommand,
        in: before
      ).contains { $0.at < incident.start }
    }
  }

  /// The incident that is not over where the log ends, if the log ends inside one.
  var unseenEnd: IncidentFacts? {
    incidents.last { incident in
      switch incident.status {
      case .ongoing: true
      case .degraded: incident.draft.lostMembers.contains(where: isUnderRepair)
      case .resolved: false
      }
    }
  }

  /// Whether the log ends while the member is rewound, copied or started; one that merely stays out is a state.
  private func isUnderRepair(_ member: String) -> Bool {
    let recent = Window(from: observations.lastAt.advanced(bySeconds: -30), to: nil)
    let begun = observations.occurrences.last(
      .rewindStarted,
      .cloneStarted,
      .serverStartRequested,
      member: member,
      in: recent
    )
    let ended = observations.occurrences.last(
      .rewindSucceeded,
      .rewindFailed,
      .rewindImpossible,
      .cloneSucceeded,
      .cloneFailed,
      .serverReadyReadOnly,
      .serverStartFailed,
      member: member,
      in: recent
    )
    return begun.map { $0.index > ended?.index ?? -1 } ?? false
  }

  private func hasOwnInput(_ source: SourceID) -> Bool {
    guard observations.sources.indices.contains(source.index) else { return false }
    let input = observations.sources[source.index].input
    return observations.sources.count { $0.input == input } == 1 && Set(observations.sources.map(\.input)).count > 1
  }
}
