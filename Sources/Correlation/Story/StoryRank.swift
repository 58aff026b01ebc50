import Model

/// How much an event matters to the story.
enum StoryRank: Int, Comparable {
  /// Left out: routine and chatter.
  case untold
  /// Told while there is room.
  case detail
  /// Part of the story.
  case step
  /// Without it the story is not the same.
  case turn

  static func < (left: StoryRank, right: StoryRank) -> Bool { left.rawValue < right.rawValue }

  /// The rank of one occurrence.
  init(of occurrence: Occurrence) {
    // A store that starts prints its list of members once for each entry that it replays.
    let isList = occurrence.kind == .dcsMemberChanged && occurrence.fields[.action] == "voters"
    let isRoutine =
      isList || occurrence.kind == .poolerServerClosed && Self.routineEnds.contains(occurrence.reason ?? "other")
    self = isRoutine ? .untold : Self.ranks[occurrence.kind.number]
  }

  /// Whether repetitions of an event are told once with their number.
  static func isFoldable(_ kind: EventKind) -> Bool {
    !alwaysTold.contains(kind)
  }

  /// By the number of the kind.
  private static let ranks = EventKind.allCases.map { rank(of: $0) }

  private static func rank(of kind: EventKind) -> StoryRank {
    if StoryWords.templates[kind] == nil { return .untold }
    if turns.contains(kind) { return .turn }
    return details.contains(kind) ? .detail : .step
  }

  private static let routineEnds = ["lifetime", "idle", "other", "obsolete"]

  private static let alwaysTold: Set<EventKind> = [
    .leaderAcquired, .serverReady, .timelineSelected, .runtimeExited, .operatorCommand, .proxyServerUp,
    .proxyServerDown,
  ]

  private static let turns: Set<EventKind> = [
    .leaderAcquired, .leaderReleased, .leaderDemoted, .promotionFailed, .timelineSelected, .timelineDiverged,
    .operatorRequested, .operatorProceeding, .operatorCommand, .dcsQuorumLost, .dcsFailsafe, .serverReady,
    .serverBackendCrashed, .serverStartFailed, .serverWasInterrupted, .runtimeExited, .rewindFailed,
    .rewindSucceeded, .cloneSucceeded, .cloneFailed, .replicationWALMissing, .faultDiskFull, .faultDataLost,
    .faultDataCorrupt, .faultSystemIDMismatch, .faultOutOfMemory, .faultConnectionsExhausted, .proxyNoServer,
    .clientRestored, .replicationStreaming, .bootstrapFailed, .agentStartFailed,
  ]

  private static let details: Set<EventKind> = [
    .agentSlow, .dcsSlow, .dcsPeerLost, .dcsTimedOut, .dcsElectionStarted, .dcsStarting, .dcsReady, .dcsMemberChanged,
    .serverEndedSession, .serverRefusedSession, .proxyCheckFailed, .proxyAddressChanged, .poolerServerConnected,
    .poolerLoginFailed, .candidatePeerAnswered, .timelineLocal, .timelineOfLeader, .recoveryStarted,
    .recoveryConsistent, .recoveryWaitingForWAL, .faultNameUnresolved, .faultAuthentication, .promotionWaiting,
  ]
}
