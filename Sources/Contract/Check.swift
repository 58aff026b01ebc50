package import Model

/// What a live cluster says about the remedies of a report (`failscope.check/1`).
package struct Check: Encodable, Hashable, Sendable {
  /// Always `failscope.check/1`.
  package var schema = "failscope.check/1"
  package var generator: Generator
  /// When the cluster was asked, by the clock of the machine that asked.
  package var checkedAt: Instant
  /// The last line of the log that the report tells of.
  package var reportedUntil: Instant?
  /// Whether the cluster that was asked is the one of the report.
  package var identity: ClusterIdentity
  package var cluster: CheckedCluster
  package var asked: [AskedSource]
  /// What is to be known before anything is done, gravest first.
  package var notes: [CheckNote]
  /// In the order of the report; a remedy that several incidents have is there once.
  package var remedies: [CheckedRemedy]

  package init(
    generator: Generator,
    checkedAt: Instant,
    reportedUntil: Instant? = nil,
    identity: ClusterIdentity,
    cluster: CheckedCluster,
    asked: [AskedSource],
    notes: [CheckNote],
    remedies: [CheckedRemedy]
  ) {
    self.generator = generator
    self.checkedAt = checkedAt
    self.reportedUntil = reportedUntil
    self.identity = identity
    self.cluster = cluster
    self.asked = asked
    self.notes = notes
    self.remedies = remedies
  }

  private enum CodingKeys: String, CodingKey {
    case schema
    case generator
    case checkedAt = "checked_at"
    case reportedUntil = "reported_until"
    case identity
    case outcome
    case cluster
    case asked
    case notes
    case remedies
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(generator, forKey: .generator)
    try container.encode(checkedAt, forKey: .checkedAt)
    try container.encode(reportedUntil, forKey: .reportedUntil)
    try container.encode(identity, forKey: .identity)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(cluster, forKey: .cluster)
    try container.encode(asked, forKey: .asked)
    try container.encode(notes, forKey: .notes)
    try container.encode(remedies, forKey: .remedies)
  }
}

extension Check {
  /// The whole in a word: the gravest of the answers.
  package var outcome: CheckOutcome {
    guard asked.contains(where: \.isAnswered) else { return .noAnswer }
    if notes.contains(where: { $0.severity == .critical }) || has(.nowDangerous) { return .nowDangerous }
    if has(.stillNeeded) { return .stillNeeded }
    return has(.cannotTell) ? .cannotTell : .allDone
  }

  private func has(_ answer: CheckAnswer) -> Bool { remedies.contains { $0.answer == answer } }
}

/// What is to be thought of a remedy now.
package enum CheckAnswer: String, Codable, CaseIterable, Hashable, Sendable {
  /// What the remedy would do, or what the cluster is in, makes it harmful now.
  case nowDangerous = "now_dangerous"
  case stillNeeded = "still_needed"
  /// Nothing asked tells whether it is needed.
  case cannotTell = "cannot_tell"
  case alreadyDone = "already_done"
}

/// A check in a word.
package enum CheckOutcome: String, Codable, CaseIterable, Hashable, Sendable {
  case allDone = "all_done"
  case stillNeeded = "still_needed"
  case nowDangerous = "now_dangerous"
  case cannotTell = "cannot_tell"
  /// Nobody answered.
  case noAnswer = "no_answer"
}

/// Whether the cluster that was asked is the one of the report.
package enum ClusterIdentity: String, Codable, CaseIterable, Hashable, Sendable {
  /// The system identifiers, or the clusters' names, agree.
  case same
  /// Something that cannot differ does.
  case other
  /// Nothing contradicts, and nothing but the members' names speaks for it.
  case unproven
}

/// A source that was asked, or was to be.
package struct AskedSource: Encodable, Hashable, Sendable {
  /// How a source is asked.
  package enum Kind: String, Codable, CaseIterable, Hashable, Sendable {
    case postgresql
    case patroni
    case file
  }

  package var kind: Kind
  /// The address or the file's name, without any secret.
  package var place: String
  package var member: String?
  /// Why it did not answer; nil if it did.
  package var problem: String?

  package var isAnswered: Bool { problem == nil }

  package init(kind: Kind, place: String, member: String? = nil, problem: String? = nil) {
    self.kind = kind
    self.place = place
    self.member = member
    self.problem = problem
  }

  private enum CodingKeys: String, CodingKey {
    case kind
    case place
    case member
    case problem
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(place, forKey: .place)
    try container.encode(member, forKey: .member)
    try container.encode(problem, forKey: .problem)
  }
}

/// The cluster as it was seen.
package struct CheckedCluster: Encodable, Hashable, Sendable {
  package var name: String?
  package var systemIdentifier: String?
  package var leader: String?
  package var timeline: Int?
  package var isPaused: Bool?
  package var members: [CheckedMember]

  package init(
    name: String? = nil,
    systemIdentifier: String? = nil,
    leader: String? = nil,
    timeline: Int? = nil,
    isPaused: Bool? = nil,
    members: [CheckedMember] = []
  ) {
    self.name = name
    self.systemIdentifier = systemIdentifier
    self.leader = leader
    self.timeline = timeline
    self.isPaused = isPaused
    self.members = members
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case systemIdentifier = "system_identifier"
    case leader
    case timeline
    case isPaused = "paused"
    case members
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(systemIdentifier, forKey: .systemIdentifier)
    try container.encode(leader, forKey: .leader)
    try container.encode(timeline, forKey: .timeline)
    try container.encode(isPaused, forKey: .isPaused)
    try container.encode(members, forKey: .members)
  }
}

/// A member as it was seen.
package struct CheckedMember: Encodable, Hashable, Sendable {
  package var name: String
  /// A sentence's end about it: `streams from pg2 on timeline 5`.
  package var summary: String
  /// Such as `streaming`: the words of docs/check.md.
  package var condition: String
  package var facts: [CheckedFact]

  package init(name: String, summary: String, condition: String, facts: [CheckedFact] = []) {
    self.name = name
    self.summary = summary
    self.condition = condition
    self.facts = facts
  }
}

/// One fact about a member, and who told it.
package struct CheckedFact: Encodable, Hashable, Sendable {
  package var name: String
  package var value: String
  /// `postgresql`, `patroni`, `dcs` or `file`.
  package var source: String

  package init(name: String, value: String, source: String) {
    self.name = name
    self.value = value
    self.source = source
  }
}

/// What is to be known before anything is done.
package struct CheckNote: Encodable, Hashable, Sendable {
  package var code: CheckNoteCode
  package var severity: Severity
  package var member: String?
  package var summary: String

  package init(code: CheckNoteCode, severity: Severity, member: String? = nil, summary: String) {
    self.code = code
    self.severity = severity
    self.member = member
    self.summary = summary
  }

  private enum CodingKeys: String, CodingKey {
    case code
    case severity
    case member
    case summary
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(code, forKey: .code)
    try container.encode(severity, forKey: .severity)
    try container.encode(member, forKey: .member)
    try container.encode(summary, forKey: .summary)
  }
}

/// What a note is about.
package enum CheckNoteCode: String, Codable, CaseIterable, Hashable, Sendable {
  /// Two members are out of recovery.
  case dualPrimary = "dual_primary"
  /// The cluster that was asked is not the one of the report.
  case otherCluster = "other_cluster"
  /// Members have different system identifiers.
  case systemIDMismatch = "system_id_mismatch"
  /// The leader's timeline is older than the report's.
  case timelineWentBack = "timeline_went_back"
  /// Nobody leads, or whoever holds the lock does not act as leader.
  case noLeader = "no_leader"
  /// Sources name different leaders.
  case leaderDisputed = "leader_disputed"
  /// Promotions happened after the report's last line.
  case promotedSince = "promoted_since"
  case clusterPaused = "cluster_paused"
  case memberUnreachable = "member_unreachable"
  /// A source answered, but not all that was asked.
  case incompleteAnswer = "incomplete_answer"
  case identityUnproven = "identity_unproven"
  /// Nothing tells which member a server or a Patroni is.
  case unnamedMember = "unnamed_member"
}

/// A remedy of the report, and what is to be thought of it now.
package struct CheckedRemedy: Encodable, Hashable, Sendable {
  package var code: RemedyCode
  package var urgency: Urgency
  package var summary: String
  package var member: String?
  /// The incidents that advise it.
  package var incidents: [String]
  package var answer: CheckAnswer
  /// Why, each in a sentence.
  package var reasons: [String]
  /// What would tell, if nothing did.
  package var wouldTell: String?
  /// What must hold before that no question to the cluster answers.
  package var preconditions: [String]
  /// What to type: the remedy itself if it is still needed, else what looks closer.
  package var commands: [String]

  package init(
    code: RemedyCode,
    urgency: Urgency,
    summary: String,
    member: String? = nil,
    incidents: [String],
    answer: CheckAnswer,
    reasons: [String],
    wouldTell: String? = nil,
    preconditions: [String] = [],
    commands: [String] = []
  ) {
    self.code = code
    self.urgency = urgency
    self.summary = summary
    self.member = member
    self.incidents = incidents
    self.answer = answer
    self.reasons = reasons
    self.wouldTell = wouldTell
    self.preconditions = preconditions
    self.commands = commands
  }

  private enum CodingKeys: String, CodingKey {
    case code
    case urgency
    case summary
    case member
    case incidents
    case answer
    case reasons
    case wouldTell = "would_tell"
    case preconditions
    case commands
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(code, forKey: .code)
    try container.encode(urgency, forKey: .urgency)
    try container.encode(summary, forKey: .summary)
    try container.encode(member, forKey: .member)
    try container.encode(incidents, forKey: .incidents)
    try container.encode(answer, forKey: .answer)
    try container.encode(reasons, forKey: .reasons)
    try container.encode(wouldTell, forKey: .wouldTell)
    try container.encode(preconditions, forKey: .preconditions)
    try container.encode(commands, forKey: .commands)
  }
}
