/// The best explanation, and the ones that it beat.
package struct RootCause: Codable, Hashable, Sendable {
  package var code: RootCauseCode
  package var member: String?
  package var component: String?
  /// 0…1.
  package var confidence: Double
  package var explanation: String
  package var evidence: [Evidence]
  package var contributing: [ContributingCause]
  package var alternatives: [AlternativeCause]

  package init(
    code: RootCauseCode,
    member: String? = nil,
    component: String? = nil,
    confidence: Double,
    explanation: String,
    evidence: [Evidence] = [],
    contributing: [ContributingCause] = [],
    alternatives: [AlternativeCause] = []
  ) {
    self.code = code
    self.member = member
    self.component = component
    self.confidence = confidence
    self.explanation = explanation
    self.evidence = evidence
    self.contributing = contributing
    self.alternatives = alternatives
  }

  private enum CodingKeys: String, CodingKey {
    case code
    case member
    case component
    case confidence
    case explanation
    case evidence
    case contributing
    case alternatives
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(code, forKey: .code)
    try container.encode(member, forKey: .member)
    try container.encode(component, forKey: .component)
    try container.encode(confidence, forKey: .confidence)
    try container.encode(explanation, forKey: .explanation)
    try container.encode(evidence, forKey: .evidence)
    try container.encode(contributing, forKey: .contributing)
    try container.encode(alternatives, forKey: .alternatives)
  }
}

/// What made an incident worse: another cause, or where no cause names it, the condition that a finding names.
package enum ContributingCode: RawRepresentable, Codable, CaseIterable, Hashable, Sendable {
  case cause(RootCauseCode)
  case condition(FindingCode)

  package init?(rawValue: String) {
    if let code = RootCauseCode(rawValue: rawValue) {
      self = .cause(code)
    } else if let code = FindingCode(rawValue: rawValue) {
      self = .condition(code)
    } else {
      return nil
    }
  }

  package var rawValue: String {
    switch self {
    case .cause(let code): code.rawValue
    case .condition(let code): code.rawValue
    }
  }

  /// Every word once: a cause goes before a finding of the same name.
  package static var allCases: [ContributingCode] {
    let causes = RootCauseCode.allCases.filter { $0 != .unknown }
    let names = Set(causes.map(\.rawValue))
    return causes.map { .cause($0) }
      + FindingCode.allCases.filter { !names.contains($0.rawValue) }.map { .condition($0) }
  }
}

/// What made it worse.
package struct ContributingCause: Codable, Hashable, Sendable {
  package var code: ContributingCode
  package var explanation: String

  package init(
    code: ContributingCode,
    explanation: String
  ) {
    self.code = code
    self.explanation = explanation
  }

  private enum CodingKeys: String, CodingKey {
    case code
    case explanation
  }
}

/// A cause that was weighed and rejected.
package struct AlternativeCause: Codable, Hashable, Sendable {
  package var code: RootCauseCode
  package var confidence: Double
  package var rejectedBecause: String

  package init(
    code: RootCauseCode,
    confidence: Double,
    rejectedBecause: String
  ) {
    self.code = code
    self.confidence = confidence
    self.rejectedBecause = rejectedBecause
  }

  private enum CodingKeys: String, CodingKey {
    case code
    case confidence
    case rejectedBecause = "rejected_because"
  }
}
