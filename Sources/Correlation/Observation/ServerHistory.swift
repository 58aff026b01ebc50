package import Model

/// What a member's PostgreSQL was doing.
package enum ServerState: Hashable, Sendable {
  case unknown
  case down
  case starting
  /// Up, reads only.
  case recovery
  /// Told to promote, still in recovery.
  case promoting
  /// Accepts reads and writes.
  case primary
  /// Told to stop; sessions are being cut.
  case stopping
  /// All sessions cut after a crash of one process; recovering inside.
  case resetting

  /// Whether clients can write.
  package var isWritable: Bool { self == .primary }
}

/// One state of one server and how long it lasted.
package struct ServerSpan: Hashable, Sendable {
  package var state: ServerState
  package var from: Instant
  package var to: Instant?
  /// The line that began it; nil for the state in which the log finds the server.
  package var began: Occurrence?

  package var window: Window { Window(from: from, to: to) }
}

/// The life of one member's PostgreSQL as its own lines, its agent's and the container runtime's tell it.
package struct ServerHistory: Sendable {
  package private(set) var spans: [ServerSpan] = []
  /// Whether PostgreSQL's own lines are in the log; if not, the agent's have to do.
  package let hasServerLog: Bool
  /// Whether the server was left running without its agent: what becomes of the agent's unit says nothing of it.
  private var isLeftAlone = false

  package init(of member: String, in occurrences: Occurrences, from start: Instant) {
    let relevant = occurrences.list(ofMember: member)
    // A tool's output in the agent's stream has no time of its own and is no server's log.
    hasServerLog = relevant.contains { $0.role == .server && $0.hasOwnTime && $0.kind != .serverProbed }
    for occurrence in relevant {
      noteAgent(occurrence)
      guard let state = nextState(on: occurrence) else { continue }
      enter(state, by: occurrence, logStart: start)
    }
    writableSpans = spans.filter(\.state.isWritable)
  }

  /// The state at an instant.
  package func state(at instant: Instant) -> ServerState {
    spans[..<spans.partition { $0.from > instant }].last?.state ?? .unknown
  }

  /// The state at the end of the log.
  package var finalState: ServerState { spans.last?.state ?? .unknown }

  /// The spans in which clients could write.
  package private(set) var writableSpans: [ServerSpan] = []

  /// The first span of a state that begins in the window.
  package func first(_ state: ServerState, in window: Window) -> ServerSpan? {
    spans[spans.range(of: window) { $0.from }].first { $0.state == state }
  }

  /// The first span of a state that begins after an instant.
  package func firstSpan(_ state: ServerState, after instant: Instant) -> ServerSpan? {
    spans[spans.partition { $0.from > instant }...].first { $0.state == state }
  }

  private var current: ServerState { spans.last?.state ?? .unknown }

  private mutating func enter(_ state: ServerState, by occurrence: Occurrence, logStart: Instant) {
    guard state != current else { return }
    if spans.isEmpty {
      // A heartbeat tells the state that the log found; anything else tells a change.
      let isFound = occurrence.kind == .agentHeartbeat
      spans.append(
        ServerSpan(state: state, from: isFound ? logStart : occurrence.at, to: nil, began: isFound ? nil : occurrence)
      )
      return
    }
    spans[spans.count - 1].to = occurrence.at
    spans.append(ServerSpan(state: state, from: occurrence.at, to: nil, began: occurrence))
  }

  private mutating func noteAgent(_ occurrence: Occurrence) {
    if occurrence.isAgentKilled || (occurrence.kind == .agentStopping && occurrence.fields[.paused] != nil) {
      isLeftAlone = true
    } else if occurrence.role == .agent {
      isLeftAlone = false
    }
  }

  private func nextState(on occurrence: Occurrence) -> ServerState? {
    switch occurrence.kind {
    case .serverReady: return .primary
    case .serverReadyReadOnly: return .recovery
    case .serverLaunched: return current == .primary || current == .recovery ? nil : .starting
    case .serverStarting, .serverWasInterrupted, .serverCrashRecovery: return stateFromStart(occurrence)
    case .serverStartRequested, .rewindStarted:
      // A running server is neither started nor rewound.
      return current == .primary ? .down : nil
    case .serverShutdownRequested: return current == .down ? nil : .stopping
    case .serverShutDown: return .down
    case .serverResettingSessions, .serverBackendCrashed, .serverReinitializing:
      return current == .primary || current == .recovery ? .resetting : nil
    case .serverStartFailed: return .down
    case .runtimeExited: return occurrence.isAgentKilled ? nil : .down
    case .serverEndedSession:
      let isOrphan = occurrence.reason == "postmaster_exit"
      return isOrphan && (current == .primary || current == .recovery) ? .down : nil
    case .runtimeStateChanged: return stateFromRuntime(occurrence)
    case .promotionRequested: return current == .primary ? nil : .promoting
    case .agentServerDown: return current == .starting || current == .resetting ? nil : .down
    case .agentHeartbeat: return stateFromHeartbeat(occurrence)
    case .leaderAcquired:
      guard !hasServerLog else { return nil }
      return occurrence.fields[.role] == "standby_leader" ? .recovery : .primary
    case .promotionFailed: return hasServerLog || current == .down ? nil : .recovery
    case .leaderDemoted: return hasServerLog || current == .down ? nil : .recovery
    default: return nil
    }
  }

  /// Units whose end takes the server down with them.
  private static let ownUnits = ["patroni", "postgres"]

  private func stateFromRuntime(_ occurrence: Occurrence) -> ServerState? {
    let state = occurrence.fields[.state] ?? ""
    if occurrence.isOfAgentUnit, isLeftAlone {
      return state == "killing" && occurrence.fields[.process]?.contains("postgres") == true ? .down : nil
    }
    let isOwn =
      occurrence.fields[.name].map { name in Self.ownUnits.contains { name.contains($0) } || name == occurrence.member }
      ?? false
    return isOwn && ["stopped", "killed", "removed", "oom"].contains(state) ? .down : nil
  }

  /// The server's own first lines end whatever went before; the agent's come late or repeat.
  private func stateFromStart(_ occurrence: Occurrence) -> ServerState? {
    let age = spans.last.map { occurrence.at.seconds(since: $0.from) } ?? .infinity
    return (current == .primary || current == .recovery) && age < 1 ? nil : .starting
  }

  /// A heartbeat is believed where nothing better is known: the lock is held seconds before recovery ends.
  private func stateFromHeartbeat(_ occurrence: Occurrence) -> ServerState? {
    if current == .unknown || !hasServerLog {
      switch occurrence[.role] {
      case "leader": return .primary
      case "replica", "standby_leader": return .recovery
      default: return nil
      }
    }
    return current == .starting && spans.count == 1 && occurrence[.role] == "leader" ? .primary : nil
  }
}
