/// How ordinary an event is: what comes again and again tells little unless something else happens near it.
package enum Routine: UInt8, Hashable, Sendable {
  /// Every event counts.
  case never
  /// Each event is as good as any other of its kind; only the pauses between them tell something.
  case rhythmic
  /// Like `rhythmic`, as long as the line says the same as the ones before it.
  case repeating
  /// Neither the event nor its absence tells anything by itself.
  case passing
}

extension EventKind {
  /// How ordinary events of this kind are; a kind that nobody has thought of is not.
  package var routine: Routine {
    switch self {
    case .clientWriteSucceeded, .clientReadSucceeded: .rhythmic
    case .agentHeartbeat, .agentLockOwner: .repeating
    case .proxyConnected, .proxySessionEnded, .proxyCheckSucceeded, .poolerServerConnected, .serverCheckpoint: .passing
    default: .never
    }
  }
}

/// Routine events of one kind and source that were counted and not kept.
package struct FoldedRun: Hashable, Sendable {
  package var count: Int
  /// From the first of them to the event that carries this, by the source's own clock.
  package var milliseconds: Int64

  package init(count: Int, milliseconds: Int64) {
    self.count = count
    self.milliseconds = milliseconds
  }
}
