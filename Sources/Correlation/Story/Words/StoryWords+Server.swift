import Model

extension StoryWords {
  /// The life of a PostgreSQL server.
  static let serverSentences: [EventKind: String] = [
    .serverStartRequested: "{who}'s Patroni starts PostgreSQL[ as {role}]",
    .serverStarting: "{who}'s server starts",
    .serverStartFailed: "{who}'s server does not start[: {error}]",
    .serverReady: "{who} accepts writes",
    .serverReadyReadOnly: "{who} accepts reads",
    .serverShutdownRequested: "{who}'s server is told to stop[ ({mode})]",
    .serverShuttingDown: "{who}'s server writes its shutdown checkpoint",
    .serverShutDown: "{who}'s server is down",
    .serverStopSlow: "{who}'s server is slow to stop",
    .serverWasShutDown: "{who}'s server had been shut down in order",
    .serverWasInterrupted: "{who}'s server had gone down without a shutdown",
    .serverCrashRecovery: "{who} recovers from an unclean stop",
    .serverBackendCrashed: "a server process dies on {who}[ by signal {signal}]",
    .serverResettingSessions: "{who} cuts every session",
    .serverReinitializing: "{who}'s server starts over inside",
    .serverRefusedSession: "{who} turns clients away[: {because}]",
    .serverEndedSession: "{who} cuts sessions",
    .serverRefusedWrite: "{who} refuses a write: read-only",
  ]

  /// Recovery, and the timelines that begin with its end.
  static let recoverySentences: [EventKind: String] = [
    .recoveryStandbyEntered: "{who} follows a primary from here on",
    .recoveryStarted: "{who} begins to replay WAL[ at {lsn}]",
    .recoveryConsistent: "{who} has reached a consistent state",
    .recoveryWaitingForWAL: "{who} has no more WAL and waits",
    .recoveryRedoDone: "{who} has replayed its WAL up to {lsn}",
    .recoveryLastTransaction: "{who}'s last replayed transaction: {time}",
    .recoveryCompleted: "{who} leaves recovery",
    .recoveryPaused: "{who}'s recovery is paused[: {because}]",
    .timelineSelected: "{who} begins timeline {timeline}",
    .timelineLocal: "{who} is at {lsn}[ on timeline {timeline}]",
    .timelineOfLeader: "the leader is on timeline {timeline}",
    .timelineEnded: "the upstream's timeline[ {timeline}] ended[ at {lsn}], says {who}",
    .timelineDiverged: "{who}'s history is not the new timeline's",
  ]
}
