package import Model

/// The cluster as the log shows it.
package struct Cluster: Codable, Hashable, Sendable {
  package var name: String?
  package var systemIdentifier: String?
  package var dcs: String?
  package var members: [Member]
  package var primaryAtStart: String?
  package var primaryAtEnd: String?
  package var timelineAtStart: Int?
  package var timelineAtEnd: Int?

  package init(
    name: String? = nil,
    systemIdentifier: String? = nil,
    dcs: String? = nil,
    members: [Member] = [],
    primaryAtStart: String? = nil,
    primaryAtEnd: String? = nil,
    timelineAtStart: Int? = nil,
    timelineAtEnd: Int? = nil
  ) {
    self.name = name
    self.systemIdentifier = systemIdentifier
    self.dcs = dcs
    self.members = members
    self.primaryAtStart = primaryAtStart
    self.primaryAtEnd = primaryAtEnd
    self.timelineAtStart = timelineAtStart
    self.timelineAtEnd = timelineAtEnd
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case systemIdentifier = "system_identifier"
    case dcs
    case members
    case primaryAtStart = "primary_at_start"
    case primaryAtEnd = "primary_at_end"
    case timelineAtStart = "timeline_at_start"
    case timelineAtEnd = "timeline_at_end"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(systemIdentifier, forKey: .systemIdentifier)
    try container.encode(dcs, forKey: .dcs)
    try container.encode(members, forKey: .members)
    try container.encode(primaryAtStart, forKey: .primaryAtStart)
    try container.encode(primaryAtEnd, forKey: .primaryAtEnd)
    try container.encode(timelineAtStart, forKey: .timelineAtStart)
    try container.encode(timelineAtEnd, forKey: .timelineAtEnd)
  }
}

/// One member of the cluster.
package struct Member: Codable, Hashable, Sendable {
  package var name: String
  /// Every name that the logs use for the node: container, host, address, proxy server.
  package var aliases: [String]
  package var roleAtStart: MemberRole
  package var roleAtEnd: MemberRole
  package var stateAtEnd: MemberState
  package var timelineAtEnd: Int?

  package init(
    name: String,
    aliases: [String] = [],
    roleAtStart: MemberRole,
    roleAtEnd: MemberRole,
    stateAtEnd: MemberState,
    timelineAtEnd: Int? = nil
  ) {
    self.name = name
    self.aliases = aliases
    self.roleAtStart = roleAtStart
    self.roleAtEnd = roleAtEnd
    self.stateAtEnd = stateAtEnd
    self.timelineAtEnd = timelineAtEnd
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case aliases
    case roleAtStart = "role_at_start"
    case roleAtEnd = "role_at_end"
    case stateAtEnd = "state_at_end"
    case timelineAtEnd = "timeline_at_end"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(aliases, forKey: .aliases)
    try container.encode(roleAtStart, forKey: .roleAtStart)
    try container.encode(roleAtEnd, forKey: .roleAtEnd)
    try container.encode(stateAtEnd, forKey: .stateAtEnd)
    try container.encode(timelineAtEnd, forKey: .timelineAtEnd)
  }
}

/// What the log of one component of one member covers.
package struct Coverage: Codable, Hashable, Sendable {
  package var member: String?
  package var component: String
  /// The source that holds it; nil where it is missing.
  package var source: String?
  package var firstAt: Instant?
  package var lastAt: Instant?
  package var lines: Int
  package var unrecognisedLines: Int
  package var gaps: [Gap]
  /// Which conclusion a missing or silent log could change, and the command that fetches it.
  package var wouldChange: String?

  package init(
    member: String? = nil,
    component: String,
    source: String? = nil,
    firstAt: Instant? = nil,
    lastAt: Instant? = nil,
    lines: Int = 0,
    unrecognisedLines: Int = 0,
    gaps: [Gap] = [],
    wouldChange: String? = nil
  ) {
    self.member = member
    self.component = component
    self.source = source
    self.firstAt = firstAt
    self.lastAt = lastAt
    self.lines = lines
    self.unrecognisedLines = unrecognisedLines
    self.gaps = gaps
    self.wouldChange = wouldChange
  }

  private enum CodingKeys: String, CodingKey {
    case member
    case component
    case source
    case firstAt = "first_at"
    case lastAt = "last_at"
    case lines
    case unrecognisedLines = "unrecognised_lines"
    case gaps
    case wouldChange = "would_change"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(member, forKey: .member)
    try container.encode(component, forKey: .component)
    try container.encode(source, forKey: .source)
    try container.encode(firstAt, forKey: .firstAt)
    try container.encode(lastAt, forKey: .lastAt)
    try container.encode(lines, forKey: .lines)
    try container.encode(unrecognisedLines, forKey: .unrecognisedLines)
    try container.encode(gaps, forKey: .gaps)
    try container.encode(wouldChange, forKey: .wouldChange)
  }
}

/// A silence in a log that should have had lines.
package struct Gap: Codable, Hashable, Sendable {
  package var from: Instant
  package var to: Instant
  package var duration: Double

  package init(
    from: Instant,
    to: Instant,
    duration: Double
  ) {
    self.from = from
    self.to = to
    self.duration = duration
  }

  private enum CodingKeys: String, CodingKey {
    case from
    case to
    case duration = "duration_s"
  }
}

/// A setting that the log states, or that its rhythm gives away.
package struct ObservedSetting: Codable, Hashable, Sendable {
  package var component: String
  package var setting: String
  package var value: String?
  package var lower: Double?
  package var upper: Double?
  package var from: SettingOrigin
  package var evidence: [Evidence]
  /// The rule that it breaks.
  package var problem: String?

  package init(
    component: String,
    setting: String,
    value: String? = nil,
    lower: Double? = nil,
    upper: Double? = nil,
    from: SettingOrigin,
    evidence: [Evidence] = [],
    problem: String? = nil
  ) {
    self.component = component
    self.setting = setting
    self.value = value
    self.lower = lower
    self.upper = upper
    self.from = from
    self.evidence = evidence
    self.problem = problem
  }

  private enum CodingKeys: String, CodingKey {
    case component
    case setting
    case value
    case lower
    case upper
    case from
    case evidence
    case problem
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(component, forKey: .component)
    try container.encode(setting, forKey: .setting)
    try container.encode(value, forKey: .value)
    try container.encode(lower, forKey: .lower)
    try container.encode(upper, forKey: .upper)
    try container.encode(from, forKey: .from)
    try container.encode(evidence, forKey: .evidence)
    try container.encode(problem, forKey: .problem)
  }
}
