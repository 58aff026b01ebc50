/// A condition that the lines show.
package struct Finding: Codable, Hashable, Sendable {
  package var code: FindingCode
  package var severity: Severity
  package var member: String?
  package var summary: String
  package var confidence: Double
  package var evidence: [Evidence]

  package init(
    code: FindingCode,
    severity: Severity,
    member: String? = nil,
    summary: String,
    confidence: Double,
    evidence: [Evidence] = []
  ) {
    self.code = code
    self.severity = severity
    self.member = member
    self.summary = summary
    self.confidence = confidence
    self.evidence = evidence
  }

  private enum CodingKeys: String, CodingKey {
    case code
    case severity
    case member
    case summary
    case confidence
    case evidence
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(code, forKey: .code)
    try container.encode(severity, forKey: .severity)
    try container.encode(member, forKey: .member)
    try container.encode(summary, forKey: .summary)
    try container.encode(confidence, forKey: .confidence)
    try container.encode(evidence, forKey: .evidence)
  }
}

/// What to do about findings.
package struct Remedy: Codable, Hashable, Sendable {
  package var code: RemedyCode
  package var urgency: Urgency
  package var summary: String
  package var commands: [String]
  package var risk: String?
  package var preconditions: [String]
  package var verify: [String]
  /// The findings that it answers.
  package var answers: [FindingCode]

  package init(
    code: RemedyCode,
    urgency: Urgency,
    summary: String,
    commands: [String] = [],
    risk: String? = nil,
    preconditions: [String] = [],
    verify: [String] = [],
    answers: [FindingCode] = []
  ) {
    self.code = code
    self.urgency = urgency
    self.summary = summary
    self.commands = commands
    self.risk = risk
    self.preconditions = preconditions
    self.verify = verify
    self.answers = answers
  }

  private enum CodingKeys: String, CodingKey {
    case code
    case urgency
    case summary
    case commands
    case risk
    case preconditions
    case verify
    case answers
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(code, forKey: .code)
    try container.encode(urgency, forKey: .urgency)
    try container.encode(summary, forKey: .summary)
    try container.encode(commands, forKey: .commands)
    try container.encode(risk, forKey: .risk)
    try container.encode(preconditions, forKey: .preconditions)
    try container.encode(verify, forKey: .verify)
    try container.encode(answers, forKey: .answers)
  }
}
