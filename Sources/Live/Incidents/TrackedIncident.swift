package import Contract

/// An incident as it was told so far: its name stays the same while what is known of it changes.
package struct TrackedIncident: Sendable, Hashable {
  /// The id that it was opened with.
  ///
  /// The report's own id names kind and start, which may turn out otherwise while lines come in.
  package let id: String
  /// Counts what was told of it: 1 when it was opened.
  package internal(set) var revision = 1
  package internal(set) var incident: Incident
  /// Whether it is resolved, withdrawn, or out of sight.
  package internal(set) var isClosed = false
  /// Whether later lines took the ground from under it.
  package internal(set) var isWithdrawn = false
  /// The incident that it turned out to be a part of.
  package internal(set) var mergedInto: String?
  /// Whether its lines are no longer held, so that nothing can change any more.
  package internal(set) var isArchived = false
  var phases: [PhaseKey: TrackedPhase] = [:]

  init(_ incident: Incident) {
    id = incident.id
    self.incident = incident
  }

  /// The phases that have not ended, the last to begin first.
  package var runningPhases: [Phase] {
    isClosed ? [] : incident.phases.filter { $0.to == nil }.sorted { $0.from > $1.from }
  }

  /// What makes a revision worth telling; durations that grow do not.
  var signature: IncidentSignature { IncidentSignature(incident) }
}

/// Which phase of an incident.
struct PhaseKey: Hashable, Sendable {
  var name: PhaseName
  var member: String?
}

/// A phase as it was told last.
struct TrackedPhase: Hashable, Sendable {
  var phase: Phase
  var revision = 0
}

/// What is said of an incident in codes and names.
struct IncidentSignature: Hashable, Sendable {
  private var status: IncidentStatus
  private var kind: IncidentKind
  private var severity: Severity
  private var cause: RootCauseCode
  private var causeMember: String?
  private var oldPrimary: String?
  private var newPrimary: String?
  private var timeline: Int?
  private var isWriteOutageOver: Bool?
  private var lostWrites: LostWritesVerdict
  private var dualPrimary: DualPrimaryVerdict
  private var findings: Set<String>
  private var remedies: [RemedyCode]

  init(_ incident: Incident) {
    status = incident.status
    kind = incident.kind
    severity = incident.severity
    cause = incident.rootCause.code
    causeMember = incident.rootCause.member
    oldPrimary = incident.oldPrimary
    newPrimary = incident.newPrimary
    timeline = incident.timelineTo
    isWriteOutageOver = incident.impact.writeOutage.map { $0.to != nil }
    lostWrites = incident.impact.lostWrites.verdict
    dualPrimary = incident.impact.dualPrimary
    findings = Set(incident.findings.map { "\($0.code.rawValue) \($0.member ?? "")" })
    remedies = incident.remediation.map(\.code)
  }
}
