package import Model

/// How the configuration store fared: as its users saw it and as its own members saw it.
package struct StoreHistory: Sendable {
  /// Per member, spans in which its agent could not work with the store.
  package let unreachable: [(member: String, window: Window, by: Occurrence)]
  /// Spans in which the store itself had no leader or no quorum.
  package let withoutQuorum: [(window: Window, by: Occurrence)]
  /// Names of the store members whose own logs are there.
  package let storeSources: Set<SourceID>
  /// Ends of store members' containers or processes.
  package let memberLosses: [Occurrence]

  package init(_ occurrences: Occurrences, sources: [Source]) {
    let storeSources = Set(occurrences.all.filter { $0.component.role == .dcs }.map(\.source))
    self.storeSources = storeSources
    unreachable = Self.unreachableSpans(occurrences)
    withoutQuorum = Self.spansWithoutQuorum(occurrences)
    let storeNames = Set(storeSources.compactMap { $0.index < sources.count ? sources[$0.index].name : nil })
    memberLosses = occurrences.of(.runtimeExited, .dcsStopping).filter { loss in
      loss.kind == .dcsStopping || storeNames.contains(loss.fields[.name] ?? "")
    }
  }

  /// The spans of one member that touch a window.
  package func unreachable(for member: String, in window: Window) -> [(member: String, window: Window, by: Occurrence)]
  {
    unreachable.filter { $0.member == member && $0.window.overlaps(window) }
  }

  /// Failures of one member closer than 15 s to each other are one span; a heartbeat or a new connection ends it.
  private static func unreachableSpans(_ occurrences: Occurrences) -> [(member: String, window: Window, by: Occurrence)]
  {
    var spans: [(member: String, window: Window, by: Occurrence)] = []
    var open: [String: Int] = [:]
    for occurrence in occurrences.of(
      .dcsUnreachable,
      .leaderRenewFailed,
      .dcsFailsafe,
      .dcsReconnected,
      .agentHeartbeat,
      .leaderRenewed,
      .leaderAcquired
    ) {
      guard let member = occurrence.member else { continue }
      switch occurrence.kind {
      case .dcsUnreachable, .leaderRenewFailed, .dcsFailsafe:
        if let index = open[member] {
          spans[index].window.to = occurrence.at
        } else {
          open[member] = spans.count
          spans.append((member, Window(from: occurrence.at, to: occurrence.at), occurrence))
        }
      default:
        guard let index = open[member] else { continue }
        spans[index].window.to = occurrence.at
        if occurrence.kind != .dcsReconnected { open[member] = nil }
      }
    }
    for index in open.values { spans[index].window.to = nil }
    return spans
  }

  private static func spansWithoutQuorum(_ occurrences: Occurrences) -> [(window: Window, by: Occurrence)] {
    var spans: [(window: Window, by: Occurrence)] = []
    for occurrence in occurrences.of(
      .dcsQuorumLost,
      .dcsLeaderLost,
      .dcsTimedOut,
      .dcsElectionStarted,
      .dcsLeaderElected
    ) {
      let isEnd = occurrence.kind == .dcsLeaderElected
      let isLoss =
        occurrence.kind == .dcsQuorumLost || occurrence.kind == .dcsLeaderLost
        || (occurrence.kind == .dcsTimedOut && occurrence.reason == "no_leader")
      if let last = spans.last, last.window.to == nil {
        if isEnd { spans[spans.count - 1].window.to = occurrence.at }
      } else if isLoss {
        spans.append((Window(from: occurrence.at, to: nil), occurrence))
      }
    }
    return spans
  }
}
