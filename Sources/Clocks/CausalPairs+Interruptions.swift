import Model

extension CausalPairs {
  /// What an interruption of the service says about the clocks of those who suffered it.
  ///
  /// Nobody's write succeeds after the primary ended and before a server, or what leads to it, was ready again. Where
  /// a witness tells as many interruptions as there were returns of service, the n-th one is the n-th return's.
  ///
  /// - Parameter resolved: the same marks with dates and zones.
  /// - Returns: pairs of which the earlier line cannot come after the later one.
  func interruptions(in resolved: ClockTable) -> [CausalPair] {
    let servers = returns(of: .serverReady, in: resolved)
    let proxies = returns(of: .proxyStarting, in: resolved)
    let poolers = returns(of: .poolerStarting, in: resolved)
    let clients = clientInterruptions(in: resolved)
    let pools = poolerInterruptions()
    return pairs(of: clients, with: servers + proxies + poolers, in: resolved)
      + pairs(of: pools, with: servers + proxies, in: resolved)
      + pairs(of: standbyInterruptions(), with: servers.filter(isInPlace), in: resolved)
      + pools.sorted { $0.key < $1.key }.flatMap { _, suffered in
        pairs(of: clients, with: suffered.compactMap { Return($0) }, in: resolved)
      }
  }

  /// When the service came back, and the last line of that source that shows it away.
  fileprivate struct Return {
    var end: Int?
    var ready: Int
  }

  // MARK: Returns

  /// Lines of a kind that end an interruption: not the first start of all.
  private func returns(of kind: EventKind, in resolved: ClockTable) -> [Return] {
    events(of: kind).compactMap { ready in
      guard hasSpoken(before: ready) else { return nil }
      let end = ends(before: kind).flatMap { events(of: $0) }
        .filter { isShortlyBefore($0, ready, in: resolved) }
        .max { mark(of: $0) < mark(of: $1) }
      return Return(end: end.flatMap { streams(between: $0, ready) ? nil : $0 }, ready: ready)
    }
  }

  /// Whether a server followed another one meanwhile: it was a standby that started, and the service ended later.
  private func streams(between end: Int, _ ready: Int) -> Bool {
    events(of: .replicationStreaming).contains { stream in
      source(of: stream) == source(of: ready) && mark(of: stream) > mark(of: end) && mark(of: stream) < mark(of: ready)
    }
  }

  /// What shows in the same source that the service was away.
  private func ends(before kind: EventKind) -> [EventKind] {
    switch kind {
    case .proxyStarting: [.proxyStopping]
    case .poolerStarting: [.poolerStopping]
    default:
      [
        .serverShutDown, .serverBackendCrashed, .serverResettingSessions, .serverWasInterrupted, .serverWasShutDown,
        .replicationTerminated, .replicationBroken,
      ]
    }
  }

  private func isShortlyBefore(_ end: Int, _ ready: Int, in resolved: ClockTable) -> Bool {
    guard source(of: end) == source(of: ready), mark(of: end) < mark(of: ready),
      let from = resolved.marks[mark(of: end)].ownTime, let to = resolved.marks[mark(of: ready)].ownTime
    else { return false }
    return to - from <= 120_000
  }

  /// Whether the source has told of a service that runs before it told of a start.
  private func hasSpoken(before ready: Int) -> Bool {
    let kinds: [EventKind] =
      switch events[ready].kind {
      case .proxyStarting: [.proxyConnected, .proxyServerUp, .proxyServerDown, .proxySessionEnded, .proxyStopping]
      case .poolerStarting: [.poolerServerConnected, .poolerClientFailed, .poolerStopping]
      default: [.agentHeartbeat, .serverReady, .serverReadyReadOnly, .replicationStreaming]
      }
    return kinds.contains { kind in
      events(of: kind).contains { source(of: $0) == source(of: ready) && mark(of: $0) < mark(of: ready) }
    }
  }

  /// Whether a server came back as the primary that it had been.
  private func isInPlace(_ back: Return) -> Bool {
    guard let end = back.end else { return false }
    return ![.replicationTerminated, .replicationBroken].contains(events[end].kind)
  }

  // MARK: Interruptions

  private func clientInterruptions(in resolved: ClockTable) -> [Int: [Interruption]] {
    interruptions(good: [.clientWriteSucceeded], bad: [.clientWriteFailed, .clientConnectFailed])
      .merging(pauses(in: resolved)) { told, silent in told.isEmpty ? silent : told }
  }

  private func poolerInterruptions() -> [Int: [Interruption]] {
    interruptions(good: [.poolerServerConnected], bad: [.poolerLoginFailed, .poolerServerClosed]) { event in
      events[event].kind == .poolerLoginFailed
        || ["crashed", "connect_failed", "login_failed"].contains(events[event].fields[.reason] ?? "")
    }
  }

  private func standbyInterruptions() -> [Int: [Interruption]] {
    interruptions(good: [.replicationStreaming], bad: [.replicationBroken, .replicationTerminated])
      .mapValues { $0.map { Interruption(lastGood: $0.firstBad ?? $0.lastGood, firstGood: $0.firstGood) } }
  }

  /// A client whose attempt hangs says nothing until it works again: its pauses, where its rhythm is steady otherwise.
  private func pauses(in resolved: ClockTable) -> [Int: [Interruption]] {
    Dictionary(grouping: events(of: .clientWriteSucceeded), by: { source(of: $0) }).mapValues { writes in
      let steps = zip(writes, writes.dropFirst()).compactMap { earlier, later -> (Interruption, Int64)? in
        guard events[later].folded == nil, let from = resolved.marks[mark(of: earlier)].ownTime,
          let to = resolved.marks[mark(of: later)].ownTime
        else { return nil }
        return (Interruption(lastGood: earlier, firstGood: later), to - from)
      }
      let lengths = steps.map(\.1).sorted()
      guard !lengths.isEmpty else { return [] }
      let median = lengths[lengths.count / 2]
      return steps.filter { $0.1 > max(3000, median * 3) }.map(\.0)
    }
  }

  /// Where each source's good lines are broken by bad ones; a good line with bad ones on both sides is none.
  private func interruptions(
    good: [EventKind],
    bad: [EventKind],
    isBad: (Int) -> Bool = { _ in true }
  ) -> [Int: [Interruption]] {
    let goods = good.flatMap { events(of: $0) }.map { Interruption.Line(event: $0, isGood: true) }
    let bads = bad.flatMap { events(of: $0) }.filter(isBad).map { Interruption.Line(event: $0, isGood: false) }
    let lines = (goods + bads).sorted { mark(of: $0.event) < mark(of: $1.event) }
    return Dictionary(grouping: lines) { source(of: $0.event) }
      .mapValues { Interruption.all(in: $0, isClose: isClose) }
  }

  /// Whether one line follows the other within five seconds.
  private func isClose(_ earlier: Int, _ later: Int) -> Bool {
    guard let from = table.marks[mark(of: earlier)].own?.milliseconds,
      let to = table.marks[mark(of: later)].own?.milliseconds
    else { return false }
    return (0...5000).contains(to - from)
  }

  // MARK: Pairs

  private func pairs(
    of interruptions: [Int: [Interruption]],
    with returns: [Return],
    in resolved: ClockTable
  ) -> [CausalPair] {
    func time(_ event: Int) -> Int64 { resolved.marks[mark(of: event)].ownTime ?? 0 }
    return interruptions.sorted { $0.key < $1.key }.flatMap { witness, seen -> [CausalPair] in
      let told = returns.filter { source(of: $0.ready) != witness }.sorted { time($0.ready) < time($1.ready) }
      let suffered = seen.sorted { time($0.firstGood) < time($1.firstGood) }
      guard told.count == suffered.count else { return [] }
      let delays = zip(told, suffered).map { time($1.firstGood) - time($0.ready) }
      // Of several, a wrong order of the returns would show.
      guard let least = delays.min(), let most = delays.max(), most - least <= 60_000 else { return [] }
      return zip(told, suffered).flatMap(bounds)
    }
  }

  private func bounds(_ back: Return, _ suffered: Interruption) -> [CausalPair] {
    var pairs: [CausalPair] = [.order(mark(of: back.ready), mark(of: suffered.firstGood), minimumDelay: -200)]
    if let good = suffered.lastGood, let end = back.end {
      pairs.append(.order(mark(of: good), mark(of: end), minimumDelay: -200))
    }
    return pairs
  }
}

extension CausalPairs.Return {
  /// A pooler's way back is its clients', from its last failure to its first new connection.
  fileprivate init?(_ interruption: Interruption) {
    guard let bad = interruption.lastBad else { return nil }
    self.init(end: bad, ready: interruption.firstGood)
  }
}
