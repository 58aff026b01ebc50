package import Clocks
package import Contract
package import Model

/// What the log shows, put in order by subject: the facts from which incidents are read.
///
/// Nothing is judged here. It never changes, and each of the many readers of an incident holds it: a class, so that it is
/// handed on as one reference, not as forty.
package final class Observations: Sendable {
  package let sources: [Source]
  package let chronology: Chronology
  package let directory: MemberDirectory
  package let occurrences: Occurrences
  package let leadership: Leadership
  package let servers: [String: ServerHistory]
  package let agents: [String: AgentHistory]
  package let replication: [String: ReplicationHistory]
  package let clients: ClientHistory
  package let proxies: ProxyHistory
  package let poolers: PoolerHistory
  package let store: StoreHistory
  package let firstAt: Instant
  package let lastAt: Instant

  package init(chronology: Chronology, sources: [Source]) {
    let kinds = KindIndex(chronology.events)
    let voices = SourceVoices(in: chronology.events, sources: sources.count)
    let directory = MemberDirectory(events: chronology.events, kinds: kinds, voices: voices, sources: sources)
    let occurrences = Occurrences(chronology.events, kinds: kinds, directory: directory)
    // Files that say nothing of the cluster do not make its log longer.
    let sightings = zip(chronology.sightings, voices.all).filter { !$1.isSilent }.map(\.0)
    let first = sightings.compactMap { $0.first }.min() ?? chronology.events.first?.at ?? Instant(milliseconds: 0)
    let last = max(sightings.compactMap { $0.last }.max() ?? first, chronology.events.last?.at ?? first)
    self.sources = sources
    self.chronology = chronology
    self.directory = directory
    self.occurrences = occurrences
    firstAt = first
    lastAt = last
    leadership = Leadership(occurrences, directory: directory, from: first)
    servers = Observations.each(directory) { ServerHistory(of: $0, in: occurrences, from: first) }
    agents = Observations.each(directory) { AgentHistory(of: $0, in: occurrences) }
    replication = Observations.each(directory) { ReplicationHistory(of: $0, in: occurrences) }
    clients = ClientHistory(occurrences, logEnd: last)
    proxies = ProxyHistory(occurrences, directory: directory)
    poolers = PoolerHistory(occurrences, sightings: chronology.sightings)
    store = StoreHistory(occurrences, voices: voices, sources: sources)
  }

  private static func each<Value>(_ directory: MemberDirectory, _ make: (String) -> Value) -> [String: Value] {
    Dictionary(uniqueKeysWithValues: directory.members.map { ($0, make($0)) })
  }

  /// The state of a member's server at an instant.
  package func serverState(of member: String, at instant: Instant) -> ServerState {
    servers[member]?.state(at: instant) ?? .unknown
  }

  /// When a source was seen to speak, about once a second.
  package func sightings(of source: SourceID) -> [Instant] {
    source.index < chronology.sightings.count ? chronology.sightings[source.index] : []
  }

  /// Whether a source spoke between two of its sightings.
  package func spoke(_ source: SourceID, from: Instant, to: Instant) -> Bool {
    guard source.index < chronology.spoken.count else { return false }
    let stretches = chronology.spoken[source.index]
    let next = stretches.partition { $0.upperBound >= to }
    return next < stretches.count && stretches[next].lowerBound <= from
  }

  /// The clocks of the sources, in their order.
  package var clocks: [SourceClock] { chronology.clocks }

  /// The line that an occurrence stands on, as evidence.
  package func evidence(_ occurrence: Occurrence) -> Evidence {
    let event = occurrence.timed.event
    let name = event.source.index < sources.count ? sources[event.source.index].name : "?"
    return Evidence(source: name, line: event.line, at: occurrence.at, text: event.text)
  }

  /// Evidence of several occurrences, at most `limit` of them: the first ones and the last.
  package func evidence(_ occurrences: [Occurrence], limit: Int = 4) -> [Evidence] {
    guard occurrences.count > limit, let last = occurrences.last else { return occurrences.map(evidence) }
    return occurrences.prefix(limit - 1).map(evidence) + [evidence(last)]
  }
}
