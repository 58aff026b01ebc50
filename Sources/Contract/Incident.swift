package import Model

/// One chain of cause and effect.
package struct Incident: Codable, Hashable, Sendable {
  /// Derived from cluster, kind and start: the same in every run.
  package var id: String
  package var kind: IncidentKind
  package var status: IncidentStatus
  package var severity: Severity
  /// Fit for a ticket's title.
  package var title: String
  /// Three to six sentences, fit for a ticket's first paragraph.
  package var summary: String
  package var startedAt: Instant
  package var endedAt: Instant?
  package var duration: Double?
  package var rootCause: RootCause
  package var milestones: Milestones
  package var oldPrimary: String?
  package var newPrimary: String?
  package var timelineFrom: Int?
  package var timelineTo: Int?
  package var impact: Impact
  package var phases: [Phase]
  /// Consecutive segments that partition the write outage exactly.
  package var downtime: [DowntimeSegment]
  /// What the write outage would have been with other settings; nil if nobody asked, or there was none.
  package var whatIf: WhatIf?
  package var timeline: [TimelineEntry]
  package var findings: [Finding]
  /// In order of urgency.
  package var remediation: [Remedy]

  package init(
    id: String,
    kind: IncidentKind,
    status: IncidentStatus,
    severity: Severity,
    title: String,
    summary: String,
    startedAt: Instant,
    endedAt: Instant? = nil,
    duration: Double? = nil,
    rootCause: RootCause,
    milestones: Milestones,
    oldPrimary: String? = nil,
    newPrimary: String? = nil,
    timelineFrom: Int? = nil,
    timelineTo: Int? = nil,
    impact: Impact,
    phases: [Phase] = [],
    downtime: [DowntimeSegment] = [],
    whatIf: WhatIf? = nil,
    timeline: [TimelineEntry] = [],
    findings: [Finding] = [],
    remediation: [Remedy] = []
  ) {
    self.id = id
    self.kind = kind
    self.status = status
    self.severity = severity
    self.title = title
    self.summary = summary
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.duration = duration
    self.rootCause = rootCause
    self.milestones = milestones
    self.oldPrimary = oldPrimary
    self.newPrimary = newPrimary
    self.timelineFrom = timelineFrom
    self.timelineTo = timelineTo
    self.impact = impact
    self.phases = phases
    self.downtime = downtime
    self.whatIf = whatIf
    self.timeline = timeline
    self.findings = findings
    self.remediation = remediation
  }

  /// The id of an incident: the same in every run, since cluster, kind and start name it.
  package static func identifier(cluster: String?, kind: IncidentKind, startedAt: Instant) -> String {
    let text = "\(cluster ?? "")|\(kind.rawValue)|\(startedAt.rfc3339)"
    let hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return "\(kind.rawValue)-" + String(repeating: "0", count: 16 - digits.count) + digits
  }

  private enum CodingKeys: String, CodingKey {
    case id
    case kind
    case status
    case severity
    case title
    case summary
    case startedAt = "started_at"
    case endedAt = "ended_at"
    case duration = "duration_s"
    case rootCause = "root_cause"
    case milestones
    case oldPrimary = "old_primary"
    case newPrimary = "new_primary"
    case timelineFrom = "timeline_from"
    case timelineTo = "timeline_to"
    case impact
    case phases
    case downtime
    case whatIf = "what_if"
    case timeline
    case findings
    case remediation
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(kind, forKey: .kind)
    try container.encode(status, forKey: .status)
    try container.encode(severity, forKey: .severity)
    try container.encode(title, forKey: .title)
    try container.encode(summary, forKey: .summary)
    try container.encode(startedAt, forKey: .startedAt)
    try container.encode(endedAt, forKey: .endedAt)
    try container.encode(duration, forKey: .duration)
    try container.encode(rootCause, forKey: .rootCause)
    try container.encode(milestones, forKey: .milestones)
    try container.encode(oldPrimary, forKey: .oldPrimary)
    try container.encode(newPrimary, forKey: .newPrimary)
    try container.encode(timelineFrom, forKey: .timelineFrom)
    try container.encode(timelineTo, forKey: .timelineTo)
    try container.encode(impact, forKey: .impact)
    try container.encode(phases, forKey: .phases)
    try container.encode(downtime, forKey: .downtime)
    try container.encode(whatIf, forKey: .whatIf)
    try container.encode(timeline, forKey: .timeline)
    try container.encode(findings, forKey: .findings)
    try container.encode(remediation, forKey: .remediation)
  }
}

/// The instants that matter, as far as the log shows them.
package struct Milestones: Codable, Hashable, Sendable {
  package var faultAt: Instant?
  package var firstErrorAt: Instant?
  package var lockFreeAt: Instant?
  package var leaderElectedAt: Instant?
  package var writableAt: Instant?
  package var routedAt: Instant?
  package var clientRecoveredAt: Instant?
  package var redundancyRestoredAt: Instant?

  package init(
    faultAt: Instant? = nil,
    firstErrorAt: Instant? = nil,
    lockFreeAt: Instant? = nil,
    leaderElectedAt: Instant? = nil,
    writableAt: Instant? = nil,
    routedAt: Instant? = nil,
    clientRecoveredAt: Instant? = nil,
    redundancyRestoredAt: Instant? = nil
  ) {
    self.faultAt = faultAt
    self.firstErrorAt = firstErrorAt
    self.lockFreeAt = lockFreeAt
    self.leaderElectedAt = leaderElectedAt
    self.writableAt = writableAt
    self.routedAt = routedAt
    self.clientRecoveredAt = clientRecoveredAt
    self.redundancyRestoredAt = redundancyRestoredAt
  }

  private enum CodingKeys: String, CodingKey {
    case faultAt = "fault_at"
    case firstErrorAt = "first_error_at"
    case lockFreeAt = "lock_free_at"
    case leaderElectedAt = "leader_elected_at"
    case writableAt = "writable_at"
    case routedAt = "routed_at"
    case clientRecoveredAt = "client_recovered_at"
    case redundancyRestoredAt = "redundancy_restored_at"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(faultAt, forKey: .faultAt)
    try container.encode(firstErrorAt, forKey: .firstErrorAt)
    try container.encode(lockFreeAt, forKey: .lockFreeAt)
    try container.encode(leaderElectedAt, forKey: .leaderElectedAt)
    try container.encode(writableAt, forKey: .writableAt)
    try container.encode(routedAt, forKey: .routedAt)
    try container.encode(clientRecoveredAt, forKey: .clientRecoveredAt)
    try container.encode(redundancyRestoredAt, forKey: .redundancyRestoredAt)
  }
}

/// One phase of an incident; phases may overlap.
package struct Phase: Codable, Hashable, Sendable {
  package var name: PhaseName
  package var member: String?
  package var from: Instant
  package var to: Instant?
  package var duration: Double?
  /// For a phase without an end: how long it lasted at least, in seconds.
  package var minimum: Double?
  package var uncertainty: Double
  /// How much longer it could have taken without lengthening the write outage; 0 on the critical path.
  package var slack: Double?
  package var explanation: String
  package var evidence: [Evidence]

  package init(
    name: PhaseName,
    member: String? = nil,
    from: Instant,
    to: Instant? = nil,
    duration: Double? = nil,
    minimum: Double? = nil,
    uncertainty: Double,
    slack: Double? = nil,
    explanation: String,
    evidence: [Evidence] = []
  ) {
    self.name = name
    self.member = member
    self.from = from
    self.to = to
    self.duration = duration
    self.minimum = minimum
    self.uncertainty = uncertainty
    self.slack = slack
    self.explanation = explanation
    self.evidence = evidence
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case member
    case from
    case to
    case duration = "duration_s"
    case minimum = "min_s"
    case uncertainty = "uncertainty_s"
    case slack = "slack_s"
    case explanation
    case evidence
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(member, forKey: .member)
    try container.encode(from, forKey: .from)
    try container.encode(to, forKey: .to)
    try container.encode(duration, forKey: .duration)
    try container.encode(minimum, forKey: .minimum)
    try container.encode(uncertainty, forKey: .uncertainty)
    try container.encode(slack, forKey: .slack)
    try container.encode(explanation, forKey: .explanation)
    try container.encode(evidence, forKey: .evidence)
  }
}

/// A part of the write outage and what it was spent on.
package struct DowntimeSegment: Codable, Hashable, Sendable {
  package var from: Instant
  /// Nil for the last segment of an outage that the log does not show to end.
  package var to: Instant?
  package var duration: Double?
  package var waitingFor: String
  package var explanation: String
  /// What would shorten the segment.
  package var settings: [SettingAdvice]

  package init(
    from: Instant,
    to: Instant? = nil,
    duration: Double? = nil,
    waitingFor: String,
    explanation: String,
    settings: [SettingAdvice] = []
  ) {
    self.from = from
    self.to = to
    self.duration = duration
    self.waitingFor = waitingFor
    self.explanation = explanation
    self.settings = settings
  }

  private enum CodingKeys: String, CodingKey {
    case from
    case to
    case duration = "duration_s"
    case waitingFor = "waiting_for"
    case explanation
    case settings
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(from, forKey: .from)
    try container.encode(to, forKey: .to)
    try container.encode(duration, forKey: .duration)
    try container.encode(waitingFor, forKey: .waitingFor)
    try container.encode(explanation, forKey: .explanation)
    try container.encode(settings, forKey: .settings)
  }
}

/// A setting that bounds a segment of the outage.
package struct SettingAdvice: Codable, Hashable, Sendable {
  package var component: String
  package var setting: String
  package var observed: String?
  package var suggested: String?

  package init(
    component: String,
    setting: String,
    observed: String? = nil,
    suggested: String? = nil
  ) {
    self.component = component
    self.setting = setting
    self.observed = observed
    self.suggested = suggested
  }

  private enum CodingKeys: String, CodingKey {
    case component
    case setting
    case observed
    case suggested
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(component, forKey: .component)
    try container.encode(setting, forKey: .setting)
    try container.encode(observed, forKey: .observed)
    try container.encode(suggested, forKey: .suggested)
  }
}

/// An event of the story.
package struct TimelineEntry: Codable, Hashable, Sendable {
  package var at: Instant
  package var uncertainty: Double
  package var source: String
  package var component: String
  package var member: String?
  package var kind: String
  package var summary: String
  package var evidence: Evidence

  package init(
    at: Instant,
    uncertainty: Double,
    source: String,
    component: String,
    member: String? = nil,
    kind: String,
    summary: String,
    evidence: Evidence
  ) {
    self.at = at
    self.uncertainty = uncertainty
    self.source = source
    self.component = component
    self.member = member
    self.kind = kind
    self.summary = summary
    self.evidence = evidence
  }

  private enum CodingKeys: String, CodingKey {
    case at
    case uncertainty = "uncertainty_s"
    case source
    case component
    case member
    case kind
    case summary
    case evidence
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(at, forKey: .at)
    try container.encode(uncertainty, forKey: .uncertainty)
    try container.encode(source, forKey: .source)
    try container.encode(component, forKey: .component)
    try container.encode(member, forKey: .member)
    try container.encode(kind, forKey: .kind)
    try container.encode(summary, forKey: .summary)
    try container.encode(evidence, forKey: .evidence)
  }
}
