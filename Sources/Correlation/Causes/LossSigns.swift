import Contract
import Model

/// The signs around a member's loss that the hypotheses weigh.
struct LossSigns {
  let member: String
  /// The end of the member's container, or of a unit that holds its server.
  let exit: Occurrence?
  /// The end of the agent's own unit by a signal or with an error.
  let agentExit: Occurrence?
  /// A shutdown of the server that its own agent did not order first.
  let unorderedShutdown: Occurrence?
  let anyShutdown: Occurrence?
  let unreachable: Occurrence?
  let serverFoundDown: Occurrence?
  let uncleanStart: Occurrence?
  let killedBackend: Occurrence?
  let reset: Occurrence?
  let agentStopping: Occurrence?
  let released: Occurrence?
  /// Whether the agent logged on through the time of the loss.
  let isAlive: Bool
  /// The last line before everything on the member's node fell silent; nil if it did not.
  let lastLine: Occurrence?
  let cameBackUnclean: Bool
  /// Whether the agent saw its server gone, and had been there all the while.
  let agentOutlivedServer: Bool
  /// Whether the log comes from a container (true) or a host's journal (false); nil if its form does not tell.
  let isContainer: Bool?
  /// The memory killer at work on this node.
  let memoryKiller: Occurrence?
  /// The node started anew.
  let boot: Occurrence?
  let restartLines: [Occurrence]
  private let facts: IncidentFacts

  /// Whether everything on the member's node fell silent.
  var wentSilent: Bool { lastLine != nil }

  init(of member: String, facts: IncidentFacts) {
    self.member = member
    self.facts = facts
    let fault = facts.milestones.faultAt ?? facts.start
    let loss = facts.change?.acquiredAt ?? facts.milestones.writableAt ?? fault.advanced(bySeconds: 30)
    let around = Window(from: fault.advanced(bySeconds: -5), to: max(loss, fault.advanced(bySeconds: 10)))
    let occurrences = facts.observations.occurrences
    let exits = occurrences.of(.runtimeExited, member: member, in: around.widened(bySeconds: 5))
    exit = exits.first { !$0.isOfAgentUnit }
    agentExit = exits.first { $0.isOfAgentUnit && $0.fields[.code] != "0" && $0.fields[.code] != "143" }
    anyShutdown = occurrences.first(.serverShutdownRequested, member: member, in: around)
    let order = occurrences.of(
      .leaderDemoting,
      .leaderDemoted,
      .operatorProceeding,
      .leaderLost,
      .agentRestart,
      .rewindStarted,
      .dcsUnreachable,
      .leaderRenewFailed,
      .cloneDataRemoved,
      member: member,
      in: around
    ).first
    unorderedShutdown = anyShutdown.flatMap { stop in
      order.map { $0.at <= stop.at.advanced(bySeconds: 0.2) } == true ? nil : stop
    }
    unreachable = occurrences.of(.candidatePeerUnreachable, .replicationConnectFailed, in: around).first {
      $0.member != member && ["timeout", "no_route", "dns"].contains($0.reason ?? "")
    }
    let foundDown = occurrences.first(.agentServerDown, member: member, in: around)
    serverFoundDown = foundDown
    agentOutlivedServer =
      foundDown.map { Life.isUnbroken(of: member, from: fault, to: $0.at, observations: facts.observations) } ?? false
    let later = Window(from: fault, to: facts.window.to)
    uncleanStart = occurrences.of(.serverWasInterrupted, .serverCrashRecovery, member: member, in: later).first
    killedBackend = occurrences.first(.serverBackendCrashed, member: member, in: around)
    reset = occurrences.first(.serverResettingSessions, .serverReinitializing, member: member, in: around)
    agentStopping =
      occurrences.first(.agentStopping, member: member, in: around)
      ?? occurrences.of(.runtimeStateChanged, member: member, in: around).first { line in
        ["stopping", "stopped"].contains(line.fields[.state] ?? "") && line.fields[.name]?.contains("patroni") == true
      }
    released = occurrences.first(.leaderReleased, member: member, in: around)
    let killers = occurrences.of(.faultOutOfMemory, in: around.widened(bySeconds: 5)).filter {
      ["host", "cgroup"].contains($0.reason ?? "") && ($0.member == member || $0.member == nil)
    }
    let reported = occurrences.of(.runtimeStateChanged, member: member, in: around.widened(bySeconds: 5)).filter {
      $0.fields[.state] == "oom"
    }
    memoryKiller = (killers + reported).min { $0.index < $1.index }
    boot = occurrences.of(.runtimeStateChanged, member: member, in: later).first { $0.fields[.name] == "host" }
    isContainer = facts.observations.isContainer(member)
    restartLines = occurrences.of(.agentStarted, .serverStarting, .serverWasInterrupted, member: member, in: later)
    let life = Life(of: member, from: fault, to: loss, observations: facts.observations)
    // Whoever is back within some heartbeats seems never to have been away; the end of its container tells otherwise.
    isAlive = life.goesOn && (exit == nil || exit?.reason == "unit")
    lastLine = life.endsAt.flatMap { end in
      occurrences.of(member: member, in: Window(from: end.advanced(bySeconds: -1), to: end)).last
    }
    cameBackUnclean = uncleanStart != nil
  }
}

extension Observations {
  /// Whether a member's log was taken from a container; nil if its form does not tell.
  func isContainer(_ member: String) -> Bool? {
    guard let source = directory.source(of: member), source.index < sources.count else { return nil }
    switch sources[source.index].framing {
    case .compose, .composeTimestamps, .dockerTimestamps, .dockerJSON, .kubectl, .stern, .cri: return true
    case .journaldShort, .journaldISO, .journaldJSON, .journaldExport, .syslogRFC3164, .syslogRFC5424: return false
    case .plain, .svlogd: return nil
    }
  }

  /// Whether a member runs in a pod.
  func isPod(_ member: String) -> Bool {
    guard let source = directory.source(of: member), source.index < sources.count else { return false }
    return [.kubectl, .stern, .cri].contains(sources[source.index].framing)
  }
}

/// Whether a node's log goes on through a span, judged by its agent's rhythm.
struct Life {
  let goesOn: Bool
  /// When the node's last line before a silence was printed; nil if there is no silence or no log.
  let endsAt: Instant?

  init(of member: String, from fault: Instant, to loss: Instant, observations: Observations) {
    guard let agent = observations.agents[member], !agent.signs.isEmpty else {
      (goesOn, endsAt) = (false, nil)
      return
    }
    let rhythm = agent.rhythm ?? 10
    let patience = max(3, rhythm * 1.5)
    let last = agent.lastSign(upTo: max(loss, fault.advanced(bySeconds: patience)))
    let speaks =
      last.map { $0.at.seconds(since: fault) > min(patience, max(1, loss.seconds(since: fault) / 2)) } ?? false
    let next = agent.firstSign(after: fault.advanced(bySeconds: 1))
    // Whoever goes on logging says something after the loss too; a member that is being stopped does not.
    let after = agent.firstSign(after: loss)
    let isLogLongEnough = observations.lastAt.seconds(since: loss) > patience * 2
    let signs = agent.signs.within(Window(from: fault.advanced(bySeconds: -1), to: loss))
    let isUnbroken = zip([fault] + signs.map(\.at), signs).allSatisfy {
      $1.folded != nil || $1.at.seconds(since: $0) <= patience * 2
    }
    let isSame = isUnbroken && !signs.contains { $0.kind == .agentStarted }
    goesOn = speaks && isSame && (!isLogLongEnough || after.map { $0.at.seconds(since: loss) <= patience * 2 } ?? false)
    let isLong =
      next.map { $0.at.seconds(since: fault) > patience } ?? (observations.lastAt.seconds(since: fault) > patience)
    endsAt = !speaks && isLong ? agent.lastSign(upTo: fault.advanced(bySeconds: 1))?.at : nil
  }

  /// Whether an agent spoke up to an instant without a long pause and without a new start.
  static func isUnbroken(of member: String, from fault: Instant, to end: Instant, observations: Observations) -> Bool {
    guard let agent = observations.agents[member] else { return false }
    let patience = max(3, (agent.rhythm ?? 10) * 1.5) * 2
    let start = agent.signs.last(upTo: fault)?.at ?? fault
    let signs = agent.signs.within(Window(from: start, to: end)).filter { $0.at > start }
    return !signs.contains { $0.kind == .agentStarted }
      && zip([start] + signs.map(\.at), signs).allSatisfy {
        $1.folded != nil || $1.at.seconds(since: $0) <= patience
      }
  }
}
