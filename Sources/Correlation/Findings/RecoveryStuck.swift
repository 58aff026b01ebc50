import Contract
import Model

/// A server's recovery does not end.
enum RecoveryStuck: FindingDetector {
  /// Recovery that shows no progress for so long is called stuck, in seconds.
  static let patience = 300.0

  static func findings(in facts: IncidentFacts) -> [Finding] {
    facts.observations.directory.members.compactMap { member in
      paused(member, facts) ?? standing(member, facts) ?? restoring(member, facts)
    }
  }

  /// Replay waits for somebody: for other settings, or at a recovery target.
  private static func paused(_ member: String, _ facts: IncidentFacts) -> Finding? {
    let line = facts.of(.recoveryPaused, member: member).last { ["parameters", "target"].contains($0.reason ?? "") }
    guard let line, !goesOn(member, after: line, facts) else { return nil }
    let why = line.reason == "parameters" ? "a setting that is lower than on the primary" : "an order to go on"
    return finding(member, [line], "Replay on \(member) is paused and waits for \(why).", facts)
  }

  private static func goesOn(_ member: String, after line: Occurrence, _ facts: IncidentFacts) -> Bool {
    let later = Window(from: line.at, to: nil)
    return facts.observations.occurrences.of(.replicationStreaming, .serverReady, .serverStarting, in: later)
      .contains { $0.member == member && $0.index > line.index }
  }

  /// The server has been starting for minutes, to the end of the log, and redo shows no progress.
  private static func standing(_ member: String, _ facts: IncidentFacts) -> Finding? {
    guard let span = facts.observations.servers[member]?.spans.last, span.state == .starting, let began = span.began,
      facts.window.contains(span.from)
    else { return nil }
    let signs = facts.observations.occurrences.of(
      .serverRefusedSession,
      .agentTaskRunning,
      .recoveryProgress,
      member: member,
      in: span.window
    )
    guard let last = signs.last, last.at.seconds(since: span.from) >= patience, !isMoving(signs) else { return nil }
    return finding(
      member,
      [began, last],
      "\(member)'s recovery has not ended after \(Int(last.at.seconds(since: span.from))) s.",
      facts
    )
  }

  /// Whether redo told new positions up to the end.
  private static func isMoving(_ signs: [Occurrence]) -> Bool {
    let positions = signs.filter { $0.kind == .recoveryProgress && $0.fields.lsn(.lsn) != nil }
    guard let last = positions.last, let end = signs.last, end.at.seconds(since: last.at) < patience else {
      return false
    }
    return positions.dropLast().last.map { $0.fields.lsn(.lsn) != last.fields.lsn(.lsn) } ?? true
  }

  /// A cluster that is restored from a backup waits for the end of recovery.
  private static func restoring(_ member: String, _ facts: IncidentFacts) -> Finding? {
    guard facts.kind == .bootstrapFailure else { return nil }
    let waits = facts.of(.agentTaskRunning, member: member).filter { $0.fields[.action] == "recovery" }
    guard let first = waits.first, let last = waits.last, last.at.seconds(since: first.at) >= patience else {
      return nil
    }
    return finding(
      member,
      [first, last],
      "\(member) waits for the end of recovery after its bootstrap, for \(Int(last.at.seconds(since: first.at))) s.",
      facts
    )
  }

  private static func finding(_ member: String, _ lines: [Occurrence], _ words: String, _ facts: IncidentFacts)
    -> Finding
  {
    facts.finding(.recoveryStuck, .critical, member: member, confidence: 0.8, by: lines, words)
  }
}
