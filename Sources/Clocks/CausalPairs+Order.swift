import Model

extension CausalPairs {
  /// Lines of which one cannot come before the other.
  ///
  /// Needs the resolved times of `resolved`, the same marks with dates and zones: what is far apart is not paired.
  func orderings(in resolved: ClockTable) -> [CausalPair] {
    leaderships() + timelines() + interruptions(in: resolved) + endsOfStream()
      + near(operatorRequests() + elections() + shutdowns() + routes(), in: resolved)
  }

  private func near(_ pairs: [CausalPair], in resolved: ClockTable) -> [CausalPair] {
    pairs.filter { pair in
      guard let earlier = resolved.marks[pair.earlier].ownTime, let later = resolved.marks[pair.later].ownTime else {
        return false
      }
      return abs(later - earlier) <= 15_000
    }
  }

  // MARK: The leader lock

  /// A member takes the lock before anybody else names it as leader, and after they last named another one.
  ///
  /// It says so only once its server was told to promote, and a witness may speak of what it read some time ago.
  private func leaderships() -> [CausalPair] {
    let acquired = Dictionary(grouping: events(of: .leaderAcquired).filter(isTaking), by: { source(of: $0) })
    let mentions = Dictionary(grouping: mentionsInOrder(), by: { source(of: $0) })
    var pairs: [CausalPair] = []
    for (leader, takings) in acquired.sorted(by: { $0.key < $1.key }) {
      guard let name = member(ofSource: leader) else { continue }
      for (witness, seen) in mentions.sorted(by: { $0.key < $1.key }) where witness != leader {
        let changes = changes(in: seen, to: name)
        guard changes.count == takings.count else { continue }
        for (taking, change) in zip(takings, changes) {
          pairs.append(.order(mark(of: taking), mark(of: change.new), minimumDelay: -1000))
          pairs.append(.order(mark(of: change.old), mark(of: taking), minimumDelay: -2500))
        }
      }
    }
    return pairs
  }

  private func isTaking(_ event: Int) -> Bool {
    let reason = events[event].fields[.reason]
    return reason == nil || reason == "lock"
  }

  private func mentionsInOrder() -> [Int] {
    (events(of: .agentHeartbeat) + events(of: .agentLockOwner))
      .filter { namedLeader($0) != nil }
      .sorted { mark(of: $0) < mark(of: $1) }
  }

  /// Where a witness stops to name somebody else and begins to name `leader`.
  private func changes(in seen: [Int], to leader: String) -> [(old: Int, new: Int)] {
    zip(seen, seen.dropFirst()).compactMap { old, new in
      namedLeader(old) != leader && namedLeader(new) == leader ? (old, new) : nil
    }
  }

  private func namedLeader(_ event: Int) -> String? {
    let fields = events[event].fields
    return fields[.leader] ?? (fields[.role] == "leader" ? fields[.name] : nil)
  }

  // MARK: Timelines

  /// Nobody knows a timeline before a promoted server has chosen its number.
  ///
  /// A number that two members chose says nothing: it is not known whose is meant.
  private func timelines() -> [CausalPair] {
    let chosen = Dictionary(grouping: events(of: .timelineSelected), by: { events[$0].fields[.timeline] ?? "" })
    let kinds: [EventKind] = [.timelineOfLeader, .timelineFetching, .replicationStreaming]
    let mentions = kinds.flatMap { events(of: $0) }.sorted { mark(of: $0) < mark(of: $1) }
    return chosen.sorted { $0.key < $1.key }.flatMap { timeline, choices -> [CausalPair] in
      guard !timeline.isEmpty, choices.count == 1, let choice = choices.first else { return [] }
      var witnesses = Set([source(of: choice)])
      return mentions.compactMap { mention in
        guard events[mention].fields[.timeline] == timeline, witnesses.insert(source(of: mention)).inserted else {
          return nil
        }
        return .order(mark(of: choice), mark(of: mention), minimumDelay: -100)
      }
    }
  }

  // MARK: Others

  private func operatorRequests() -> [CausalPair] {
    matched(events(of: .operatorRequested), events(of: .operatorProceeding)) { $0.fields[.action] }
      .map { CausalPair(earlier: mark(of: $0.left), later: mark(of: $0.right), minimumDelay: -20) }
  }

  /// Nobody knows the leader of a term before somebody stood for it.
  private func elections() -> [CausalPair] {
    let started = Dictionary(grouping: events(of: .dcsElectionStarted), by: { events[$0].fields[.term] ?? "" })
    return events(of: .dcsLeaderElected).compactMap { elected in
      guard let term = events[elected].fields[.term], let candidates = started[term], candidates.count == 1,
        source(of: candidates[0]) != source(of: elected)
      else { return nil }
      return CausalPair(earlier: mark(of: candidates[0]), later: mark(of: elected), minimumDelay: -20)
    }
  }

  /// A standby's stream ends after its primary was told to stop.
  private func shutdowns() -> [CausalPair] {
    let ended = (events(of: .replicationTerminated) + events(of: .replicationBroken)).sorted()
    return matched(events(of: .serverShutdownRequested), ended) { _ in "" }
      .map { CausalPair(earlier: mark(of: $0.left), later: mark(of: $0.right), minimumDelay: -20) }
  }

  /// A primary that is told to stop sends its last WAL, ends its standbys' streams, and then is down.
  ///
  /// Where a standby tells as many ends as its primary told shutdowns, they are the same.
  private func endsOfStream() -> [CausalPair] {
    let ends = Dictionary(grouping: events(of: .replicationTerminated), by: { source(of: $0) })
    let stops = Dictionary(grouping: events(of: .serverShutDown).filter(isOfPrimary), by: { source(of: $0) })
    return stops.sorted { $0.key < $1.key }.flatMap { primary, stops in
      ends.sorted { $0.key < $1.key }.flatMap { standby, ends -> [CausalPair] in
        guard standby != primary, ends.count == stops.count, stops.count <= 2 else { return [] }
        return zip(stops, ends).map { stop, end in
          CausalPair(
            earlier: mark(of: end),
            later: mark(of: stop),
            minimumDelay: -500,
            maximumDelay: 2500,
            weight: 3
          )
        }
      }
    }
  }

  /// Whether the last role that the source told before was the leader's.
  private func isOfPrimary(_ event: Int) -> Bool {
    let last = events(of: .agentHeartbeat).last { beat in
      source(of: beat) == source(of: event) && mark(of: beat) < mark(of: event)
    }
    return last.map { events[$0].fields[.role] == "leader" } ?? false
  }

  /// A proxy sends writes to a member once it has the lock: the first server that comes up for good while others are down.
  private func routes() -> [CausalPair] {
    let ups = events(of: .proxyServerUp)
    let downs = events(of: .proxyServerDown)
    return events(of: .leaderAcquired).filter(isTaking).flatMap { taking -> [CausalPair] in
      guard let name = member(ofSource: source(of: taking)) else { return [] }
      let backends = Dictionary(grouping: ups.filter { events[$0].fields[.server] == name }) {
        events[$0].fields[.backend] ?? ""
      }
      return backends.sorted { $0.key < $1.key }.compactMap { backend, ups in
        let isLeft = downs.contains { events[$0].fields[.backend] == backend && events[$0].fields[.server] != name }
        let isWell = !downs.contains { down in
          events[down].fields[.backend] == backend && events[down].fields[.server] == name
            && ups.contains { mark(of: down) > mark(of: $0) && source(of: down) == source(of: $0) }
        }
        guard ups.count == 1, isLeft, isWell else { return nil }
        return .order(mark(of: taking), mark(of: ups[0]), minimumDelay: -1000)
      }
    }
  }
}
