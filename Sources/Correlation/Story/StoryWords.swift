import Model

/// The words of the story: one short sentence for each kind of event.
enum StoryWords {
  /// Whether the event is part of the story; heartbeats, successful operations and chatter are not.
  static func isTold(_ occurrence: Occurrence) -> Bool {
    switch occurrence.kind {
    case .agentHeartbeat, .agentLockOwner, .clientReadSucceeded, .clientWriteSucceeded, .proxyConnected,
      .proxySessionEnded,
      .dcsPeerRestored, .agentTaskRunning, .serverCheckpoint, .proxyCheckSucceeded, .clientConnected,
      .serverParameterChanged,
      .timelineHistory, .recoveryProgress, .replicationSlotChanged, .serverProbed, .dcsReconnected, .timelineFetching,
      .recoveryEndOfWAL, .serverLaunched, .clusterListed, .runtimeAttached, .poolerResumed, .clientConnectFailed:
      false
    case .poolerServerClosed: !["lifetime", "idle", "other", "obsolete"].contains(occurrence.reason ?? "other")
    default: true
    }
  }

  /// Whether repetitions of the event are told once with their number.
  static func isFoldable(_ occurrence: Occurrence) -> Bool {
    switch occurrence.kind {
    case .leaderAcquired, .serverReady, .timelineSelected, .runtimeExited, .operatorCommand, .proxyServerUp,
      .proxyServerDown:
      false
    default: true
    }
  }

  /// What happened, with this log's names.
  static func sentence(for occurrence: Occurrence) -> String {
    let fields = occurrence.fields
    let member = occurrence.member ?? "a member"
    return agentSentence(occurrence, member, fields) ?? serverSentence(occurrence, member, fields)
      ?? routingSentence(occurrence, fields) ?? plainSentence(occurrence)
  }

  private static func agentSentence(_ occurrence: Occurrence, _ member: String, _ fields: Fields) -> String? {
    switch occurrence.kind {
    case .leaderAcquired: "\(member) takes the leader lock"
    case .leaderReleased: "\(member) releases the leader lock"
    case .leaderDemoting: "\(member) begins to demote itself\(because(fields[.reason]))"
    case .leaderDemoted: "\(member) has demoted itself\(because(fields[.reason]))"
    case .leaderRenewFailed: "\(member) cannot renew its leader lock"
    case .leaderRenewed: "\(member) renews its lock while promoting"
    case .agentServerDown: "\(member)'s Patroni finds PostgreSQL not running"
    case .agentStarted: "Patroni starts on \(member)"
    case .agentStopping: "Patroni stops on \(member)"
    case .agentSlow: "\(member)'s HA loop took too long"
    case .candidatePeerUnreachable: "\(fields[.member] ?? "a member") does not answer \(member)"
    case .candidatePeerAnswered: "\(fields[.member] ?? "a member") answers \(member)"
    case .candidateRefused: "\(member) does not stand for leader\(because(fields[.reason]))"
    case .operatorRequested: "somebody asks for a \(fields[.action] ?? "change")"
    case .operatorProceeding: "\(member) carries out the \(fields[.action] ?? "change")"
    case .operatorCompleted: "\(member) completes the planned change"
    case .operatorCommand: "command: \(fields[.text] ?? fields[.action] ?? "?")"
    case .dcsUnreachable: "\(member) cannot reach the DCS"
    case .dcsFailsafe: "\(member) goes on in failsafe mode"
    case .rewindStarted: "pg_rewind starts on \(member)"
    case .rewindSucceeded: "pg_rewind is done on \(member)"
    case .rewindFailed: "pg_rewind failed on \(member)"
    case .cloneStarted: "\(member) begins to copy a member's data"
    case .cloneSucceeded: "\(member)'s copy is complete"
    case .cloneDataRemoved: "\(member)'s data directory is removed"
    case .clusterMemberListed:
      "listed: \(member) is \(fields[.role] ?? "?"), \(fields[.state] ?? "?")\(fields[.timeline].map { ", timeline \($0)" } ?? "")"
    default: nil
    }
  }

  private static func serverSentence(_ occurrence: Occurrence, _ member: String, _ fields: Fields) -> String? {
    switch occurrence.kind {
    case .runtimeExited:
      "\(fields[.name] ?? member)'s container ends\(fields[.code].map { " with exit code \($0)" } ?? "")"
    case .serverShutdownRequested: "\(member)'s server is told to stop (\(fields[.mode] ?? "?"))"
    case .serverShutDown: "\(member)'s server is down"
    case .serverStarting: "\(member)'s server starts"
    case .serverReady: "\(member) accepts writes"
    case .serverReadyReadOnly: "\(member) accepts reads"
    case .serverWasInterrupted: "\(member)'s server had gone down without a shutdown"
    case .serverBackendCrashed: "a server process dies on \(member)\(fields[.signal].map { " by signal \($0)" } ?? "")"
    case .serverResettingSessions: "\(member) cuts every session"
    case .serverEndedSession: "\(member) cuts sessions"
    case .serverRefusedSession: "\(member) turns clients away (\(fields[.reason] ?? "?"))"
    case .serverRefusedWrite: "\(member) refuses a write: read-only"
    case .promotionRequested: "\(member) is told to promote"
    case .timelineSelected: "\(member) begins timeline \(fields[.timeline] ?? "?")"
    case .timelineDiverged: "\(member)'s history is not the new timeline's"
    case .recoveryRedoDone: "\(member) has replayed its WAL up to \(fields[.lsn] ?? "?")"
    case .recoveryLastTransaction: "\(member)'s last replayed transaction: \(fields[.time] ?? "?")"
    case .recoveryCompleted: "\(member) leaves recovery"
    case .recoveryWaitingForWAL: "\(member) has no more WAL and waits"
    case .replicationBroken: "\(member)'s replication stream breaks"
    case .replicationTerminated: "\(member)'s upstream ends the stream"
    case .replicationConnectFailed:
      "\(member) cannot connect to \(fields[.host] ?? "its upstream")\(because(fields[.reason]))"
    case .replicationStreaming: "\(member) streams\(fields[.timeline].map { " on timeline \($0)" } ?? "")"
    case .replicationWALMissing: "the WAL that \(member) needs is gone"
    case .faultDiskFull: "no space left on \(member)"
    case .faultConnectionsExhausted: "no connection slot left on \(member)"
    default: nil
    }
  }

  private static func routingSentence(_ occurrence: Occurrence, _ fields: Fields) -> String? {
    let server = "\(fields[.backend] ?? "?")/\(fields[.server] ?? "?")"
    switch occurrence.kind {
    case .proxyServerDown: return "proxy takes \(server) out\(fields[.status].map { " (\($0))" } ?? "")"
    case .proxyServerUp: return "proxy takes \(server) in"
    case .proxyNoServer: return "proxy has no server in \(fields[.backend] ?? "?")"
    case .proxyStarting: return "proxy starts"
    case .proxyStopping: return "proxy stops"
    case .poolerServerConnected: return "pooler connects to \(fields[.peer] ?? "its server")"
    case .poolerServerClosed:
      return "pooler loses a server connection (\(fields[.reason] ?? "?"), age \(fields[.ageSeconds] ?? "?") s)"
    case .poolerClientFailed: return "pooler sends clients away (\(fields[.reason] ?? "?"))"
    case .poolerLoginFailed: return "pooler's login is turned away"
    case .poolerStarting: return "pooler starts"
    case .poolerStopping: return "pooler stops"
    case .clientWriteFailed: return "write fails: \(fields[.error] ?? "?")"
    case .clientReadFailed: return "read fails: \(fields[.error] ?? "?")"
    case .clientRestored: return "client works again after \(fields[.count] ?? "some") failures"
    default: return nil
    }
  }

  /// The event's own name, made readable.
  private static func plainSentence(_ occurrence: Occurrence) -> String {
    let words = occurrence.kind.rawValue.replacing(".", with: " ").replacing("_", with: " ")
    let who = occurrence.member.map { "\($0): " } ?? ""
    return who + words + (occurrence.fields[.error].map { ": \($0)" } ?? "")
  }

  private static func because(_ reason: String?) -> String {
    reason.map { " (\($0.replacing("_", with: " ")))" } ?? ""
  }
}
