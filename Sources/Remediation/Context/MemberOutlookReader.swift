import Clocks
import Correlation
import Model

/// Reads how each member fares at the end of the log.
struct MemberOutlookReader {
  let observations: Observations
  let commands: TypedCommands

  func members() -> [MemberOutlook] {
    observations.directory.members.map(outlook)
  }

  private var occurrences: Occurrences { observations.occurrences }

  private func outlook(of name: String) -> MemberOutlook {
    let condition = MemberConditionReader(member: name, observations: observations).condition
    return MemberOutlook(
      name: name,
      condition: condition,
      runtime: runtime(of: name),
      startFailure: startFailure(of: name, condition: condition),
      isAgentAlive: isAgentAlive(name),
      isLoginRefused: isLoginRefused(name),
      isRepairOrdered: isRepairOrdered(name),
      exitCode: occurrences.last(.runtimeExited, member: name)?.fields.integer(.code),
      dataDirectory: dataDirectory(of: name),
      fork: fork(of: name)
    )
  }

  private func runtime(of name: String) -> Runtime {
    guard let source = observations.directory.source(of: name) else {
      let others = observations.directory.members.compactMap { observations.directory.source(of: $0) }
      let framing = others.first.map { observations.framing(of: $0) } ?? .plain
      return Runtime(source: name, framing: framing, member: name, style: commands.style)
    }
    return Runtime(
      source: observations.name(of: source),
      framing: observations.framing(of: source),
      member: name,
      style: commands.style
    )
  }

  /// The reason that says most among the lines since the server last ran.
  private func startFailure(of name: String, condition: MemberCondition) -> StartFailure {
    if isPausedForSettings(name) { return .environment }
    guard condition == .startFailed else { return .none }
    let ran = observations.servers[name]?.spans.last { [.recovery, .primary].contains($0.state) }
    let since = Window(from: ran?.to ?? ran?.from ?? Window.always.from, to: nil)
    let reasons = Set(occurrences.of(.serverStartFailed, member: name, in: since).compactMap(\.reason))
    if reasons.contains("checkpoint") { return .data }
    let isSetting = occurrences.of(.faultConfiguration, member: name, in: since).contains {
      $0.role == .server
    }
    return reasons.isDisjoint(with: ["configuration", "lock_file", "bind", "memory"]) && !isSetting
      ? .unclear : .environment
  }

  /// Whether replay waits for a setting that is lower than the primary's.
  private func isPausedForSettings(_ name: String) -> Bool {
    let paused = occurrences.of(.recoveryPaused, member: name).last { $0.reason == "parameters" }
    let moved = occurrences.last(.replicationStreaming, .serverStarting, member: name)
    return paused.map { $0.index > moved?.index ?? -1 } ?? false
  }

  /// Whether the upstream turned its replication login away when it last tried.
  private func isLoginRefused(_ name: String) -> Bool {
    let last = occurrences.last(.replicationConnectFailed, .replicationStreaming, member: name)
    return last?.reason == "authentication"
  }

  /// Its own lines go on, or the last listing has it, and nothing says that it ended since.
  private func isAgentAlive(_ name: String) -> Bool {
    let ends: Set<EventKind> = [.agentStopping, .agentStartFailed]
    let sign = observations.agents[name]?.signs.last { !ends.contains($0.kind) }
    let listed = occurrences.last(.clusterMemberListed, member: name)
    guard let last = [sign, listed].compactMap({ $0 }).max(by: { $0.index < $1.index }) else { return false }
    let exit = occurrences.last(.runtimeExited, .agentStopping, .agentStartFailed, member: name)
    let patience = max(30, (observations.agents[name]?.rhythm ?? 10) * 3)
    return (exit?.index ?? -1) < last.index && observations.lastAt.seconds(since: last.at) <= patience
  }

  /// Whether a reinit was asked for, or a rewind began, after the last sign of trouble, and did not break off.
  private func isRepairOrdered(_ name: String) -> Bool {
    let last = lastTrouble(of: name)
    let own = occurrences.of(.cloneStarted, .cloneSucceeded, .rewindStarted, .rewindSucceeded, member: name)
    let orders = occurrences.of(.operatorCommand, .operatorRequested, .operatorAnswered).filter { order in
      order.fields[.action] == "reinit" && order.fields[.state] != "failed"
        && (order.member == name || order.fields[.member] == name)
    }
    return (own + orders).contains { $0.index > last }
  }

  /// Position of the last line that shows the member in need of new data, or of the last change of the leader.
  private func lastTrouble(of name: String) -> Int {
    let kinds: [EventKind] = [
      .timelineDiverged, .serverStartFailed, .replicationWALMissing, .replicationAhead, .cloneFailed, .rewindFailed,
      .rewindImpossible, .faultDataLost, .faultDataCorrupt, .faultSystemIDMismatch,
    ]
    let trouble = occurrences.of(kinds, member: name).last
    let listed = occurrences.of(.clusterMemberListed, member: name).last { $0.fields[.state] == "start failed" }
    let change = observations.leadership.terms.last?.began
    return [trouble, listed, change].compactMap { $0?.index }.max() ?? -1
  }

  private func dataDirectory(of name: String) -> String? {
    let removed = occurrences.of(.cloneDataRemoved, member: name).last {
      $0.reason != "renamed" && $0.fields[.path] != nil
    }
    return removed?.fields[.path]
  }

  private func fork(of name: String) -> ForkPoint? {
    let line = occurrences.of(.timelineEnded, member: name).last { $0.fields.lsn(.lsn) != nil }
    guard let line, let lsn = line.fields.lsn(.lsn), let timeline = line.fields.integer(.timeline) else { return nil }
    return ForkPoint(timeline: timeline, lsn: lsn)
  }
}
