package import Model

/// How the configuration store fared: as its users saw it and as its own members saw it.
package struct StoreHistory: Sendable {
  /// Per member, spans in which its agent could not work with the store.
  package let unreachable: [(member: String, window: Window, by: Occurrence)]
  /// Spans in which the store itself had no leader or no quorum.
  package let withoutQuorum: [(window: Window, by: Occurrence)]
  /// Names of the store members whose own logs are there.
  package let storeSources: Set<SourceID>
  /// Ends of store members' containers or processes, each once; where none is told, what the other members missed.
  package let memberLosses: [Occurrence]
  /// The line that tells that the store has one member only, if that is the last word on its size.
  package let singleMember: Occurrence?
  /// What the store's own lines call it: `etcd`, `consul`; empty without its lines.
  package let names: Set<String>
  /// What the first of them calls it; nil without its lines.
  package let name: String?

  init(_ occurrences: Occurrences, voices: SourceVoices, sources: [Source]) {
    let storeSources = Set(voices.all.indices.filter { !voices.all[$0].stores.isEmpty }.map { SourceID($0) })
    self.storeSources = storeSources
    unreachable = Self.unreachableSpans(occurrences)
    withoutQuorum = Self.spansWithoutQuorum(occurrences)
    let told = Self.losses(occurrences, storeSources: storeSources, sources: sources)
    let witnessed = StoreWitnesses(occurrences: occurrences).losses.filter { loss in
      !told.contains { abs($0.at.seconds(since: loss.at)) <= 15 }
    }
    memberLosses = (told + witnessed).sorted { $0.index < $1.index }
    singleMember = Self.singleMember(occurrences, storeSources: storeSources)
    names = voices.all.reduce(into: Set()) { $0.formUnion($1.stores) }
    name = names.isEmpty ? nil : occurrences.all.first { $0.role == .dcs }?.component.name
  }

  /// Members of the store that went away within a minute before a window or in it.
  package func losses(around window: Window) -> [Occurrence] {
    let wide = Window(from: window.from.advanced(bySeconds: -60), to: window.to)
    return memberLosses.filter { wide.contains($0.at) }
  }

  /// A container's end, the unit's and the process's own farewell are one loss.
  private static func losses(_ occurrences: Occurrences, storeSources: Set<SourceID>, sources: [Source]) -> [Occurrence]
  {
    let names = Set(storeSources.compactMap { $0.index < sources.count ? sources[$0.index].name : nil })
    var last: [String: Instant] = [:]
    return occurrences.of(.runtimeExited, .runtimeStateChanged, .dcsStopping).filter { loss in
      let host = loss.source.index < sources.count ? sources[loss.source.index].name : ""
      let name = loss.fields[.name] ?? host
      if loss.kind == .runtimeStateChanged, loss.fields[.state] != "stopped" { return false }
      guard loss.kind == .dcsStopping || names.contains(name) || isStoreName(name) else { return false }
      let key = storePrograms.contains(name) ? host : name
      defer { last[key] = loss.at }
      return last[key].map { loss.at.seconds(since: $0) > 15 } ?? true
    }
  }

  private static let storePrograms: Set<String> = ["etcd", "consul", "zookeeper"]

  /// A container or unit named after the program that it runs, such as `etcd-2`.
  private static func isStoreName(_ name: String) -> Bool {
    name.lowercased().split { !$0.isLetter }.contains { storePrograms.contains(String($0)) }
  }

  /// The last list of members that the store printed has one, and nothing else of the store is in the log.
  private static func singleMember(_ occurrences: Occurrences, storeSources: Set<SourceID>) -> Occurrence? {
    guard storeSources.count == 1, !occurrences.contains(.dcsPeerLost, .dcsPeerRestored) else { return nil }
    guard let told = occurrences.of(.dcsMemberChanged).last, told.fields[.action] == "voters",
      let members = told.fields[.members]
    else { return nil }
    return members.split { $0 == " " || $0 == "," }.count == 1 ? told : nil
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
    for occurrence in occurrences.list(
      of: .dcsUnreachable,
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
        guard !open.isEmpty, let index = open[member] else { continue }
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
