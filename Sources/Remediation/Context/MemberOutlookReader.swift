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

  /// The reason that says most among the lines of the last attempt to start.
  private func startFailure(of name: String, condition: MemberCondition) -> StartFailure {
    guard condition == .startFailed else { return .none }
    let failures = occurrences.of(.serverStartFailed, member: name)
    guard let last = failures.last else { return .unclear }
    let reasons = Set(failures.filter { last.at.seconds(since: $0.at) <= 60 }.compactMap(\.reason))
    if reasons.contains("checkpoint") { return .data }
    return reasons.isDisjoint(with: ["configuration", "lock_file", "bind", "memory"]) ? .unclear : .environment
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
