import Model

/// A time in which an agent was frozen or dead while the server beside it went on.
struct AgentStall {
  /// The silence; its end is nil if the agent never spoke again.
  let silence: Window
  /// The service manager's line that the agent was killed.
  let killed: Occurrence?
  /// A line of the server in that time.
  let lifeSign: Occurrence?
  /// Whether the agent was dead (not frozen); nil if the lines do not tell.
  let isDead: Bool?

  /// The stall of a member around an instant, or nil if there is none or its server did not outlive it.
  init?(of member: String, around instant: Instant, observations: Observations) {
    guard let agent = observations.agents[member], let silence = agent.silence(reaching: instant),
      observations.serverState(of: member, at: instant).isWritable
    else { return nil }
    let occurrences = observations.occurrences
    let ends = occurrences.of(.runtimeExited, member: member, in: silence)
    guard ends.allSatisfy(\.isAgentKilled) else { return nil }
    killed = ends.first
    lifeSign = Self.lifeSign(of: member, through: silence, since: killed, agent: agent, observations: observations)
    guard lifeSign != nil || Self.wokeBesideServer(member, after: silence, occurrences) else { return nil }
    self.silence = silence
    isDead = Self.isDead(member, in: silence, killed: killed, agent: agent, observations: observations)
  }

  /// Where the time without an agent begins: its end if the log has it, else its last line.
  var start: Instant { killed?.at ?? silence.from }

  /// A line that the server printed when its agent should have spoken, or was dead.
  private static func lifeSign(
    of member: String,
    through silence: Window,
    since killed: Occurrence?,
    agent: AgentHistory,
    observations: Observations
  ) -> Occurrence? {
    let start =
      killed?.at.advanced(bySeconds: 1) ?? silence.from.advanced(bySeconds: silence.to == nil ? agent.patience : 2)
    let end = silence.to ?? observations.lastAt.advanced(bySeconds: 1)
    return observations.occurrences.of(member: member, in: Window(from: start, to: end)).last {
      $0.role == .server && $0.hasOwnTime && $0.at > start && $0.at < end
    }
  }

  /// What the node does first after the silence: a server that is demoted or told to stop was running.
  private static func wokeBesideServer(_ member: String, after silence: Window, _ occurrences: Occurrences) -> Bool {
    guard let end = silence.to else { return false }
    let after = Window(from: end, to: end.advanced(bySeconds: 30))
    let living: [EventKind] = [.leaderDemoting, .leaderDemoted, .serverShutdownRequested, .agentSlow]
    let anew: [EventKind] = [
      .agentStarted, .serverStarting, .serverWasInterrupted, .serverCrashRecovery, .serverStartRequested,
      .rewindStarted, .timelineLocal, .agentServerDown,
    ]
    return occurrences.of(living + anew, member: member, in: after).first.map { living.contains($0.kind) } ?? false
  }

  /// A port on which nothing listens, or a fresh start, belongs to a dead agent; one that does not answer to a frozen one.
  private static func isDead(
    _ member: String,
    in silence: Window,
    killed: Occurrence?,
    agent: AgentHistory,
    observations: Observations
  ) -> Bool? {
    if killed != nil { return true }
    let asked = observations.occurrences.of(.candidatePeerUnreachable, in: silence).filter {
      $0.member != member && $0.fields[.member].flatMap { observations.directory.canonical($0) } == member
    }
    if let answer = asked.first(where: { ["refused", "timeout"].contains($0.reason ?? "") }) {
      return answer.reason == "refused"
    }
    switch silence.to.flatMap({ end in agent.signs.first { $0.at >= end } })?.kind {
    case .agentStarted: return true
    case .agentSlow, .leaderDemoting, .leaderDemoted, .agentHeartbeat, .agentLockOwner: return false
    default: return nil
    }
  }
}

/// An agent that was not there while its server went on: nothing listened on the port that the proxy checks.
struct AgentAbsence {
  let member: String
  /// The check that nobody answered, and the agent's first line after it.
  let evidence: [Occurrence]

  /// The absence that a failed check tells, or nil if the agent spoke in its rhythm, or its server went down as well.
  init?(at down: Occurrence, observations: Observations) {
    guard down.kind == .proxyServerDown, (down.fields[.status] ?? "").contains("Layer4 connection problem"),
      (down.fields[.error] ?? "").contains("refused"), let backend = down.fields[.backend],
      let server = down.fields[.server],
      let member = observations.directory.canonical("\(backend)/\(server)") ?? observations.directory.canonical(server),
      observations.serverState(of: member, at: down.at).isWritable, let agent = observations.agents[member],
      let last = agent.lastSign(upTo: down.at)
    else { return nil }
    let next = agent.firstSign(after: down.at)
    let end = next?.at ?? observations.lastAt
    guard end.seconds(since: last.at) > (agent.rhythm ?? 10) + 2,
      observations.serverState(of: member, at: end).isWritable
    else { return nil }
    self.member = member
    evidence = [down, next].compactMap { $0 }
  }
}

extension IncidentFacts {
  /// Agents that the proxy's checks found gone beside servers that went on.
  var agentAbsences: [AgentAbsence] {
    of(.proxyServerDown).compactMap { AgentAbsence(at: $0, observations: observations) }
  }

  /// The time in which the old primary's agent was dead or frozen beside a running server while leadership moved on.
  var agentStall: AgentStall? {
    guard let change else { return nil }
    return AgentStall(of: change.oldPrimary, around: change.acquiredAt, observations: observations)
  }
}
