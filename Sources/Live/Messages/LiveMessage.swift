package import Contract
package import Model

/// What a live run has to say.
package enum LiveMessage: Sendable {
  case event(LiveEvent)
  case phase(PhaseNotice)
  case incident(IncidentNotice)
}

/// An event as soon as its line has come.
package struct LiveEvent: Hashable, Sendable {
  package var event: Event
  /// When it happened, as far as is known now.
  package var at: Instant
  /// Counts corrections of `at`.
  package var revision: Int
  /// The name of the source.
  package var source: String
  /// The member whose log it stands in, if that is known.
  package var member: String?

  package init(event: Event, at: Instant, revision: Int = 0, source: String, member: String? = nil) {
    self.event = event
    self.at = at
    self.revision = revision
    self.source = source
    self.member = member
  }

  /// Whether it only says that all goes on as before.
  package var isRoutine: Bool { event.kind.isRoutine }
}

/// A phase that began, ended or moved.
package struct PhaseNotice: Hashable, Sendable {
  package var incidentID: String
  package var phase: Phase
  /// Counts changes of what was told.
  package var revision: Int
}

/// An incident that was opened, revised or closed.
package struct IncidentNotice: Hashable, Sendable {
  package enum Action: String, CaseIterable, Sendable {
    case opened
    case revised
    case closed
  }

  package var action: Action
  package var incident: TrackedIncident
}

extension EventKind {
  /// Whether the event says only that all goes on as before, so that no new look at the incidents is due.
  package var isRoutine: Bool {
    switch self {
    case .agentHeartbeat, .agentLockOwner, .leaderRenewed, .serverCheckpoint, .clientWriteSucceeded,
      .clientReadSucceeded, .clientConnected, .proxyConnected, .proxySessionEnded, .proxyCheckSucceeded,
      .poolerServerConnected, .recoveryProgress:
      true
    default: false
    }
  }
}
