package import Contract
package import Correlation
import Model

/// The part of an incident that remedies are decided from.
package struct IncidentOutlook: Hashable, Sendable {
  /// Nil for findings that belong to no incident.
  package var kind: IncidentKind?
  package var status: IncidentStatus
  package var findings: [Finding]
  package var lostWrites: LostWritesVerdict
  package var oldPrimary: String?
  package var newPrimary: String?
  /// Members that the incident took out, in the order in which it did.
  package var lostMembers: [String]
  /// Those of them that came back before the log ends, in whatever way.
  package var healedMembers: Set<String>
  /// Whether nothing but a shutdown checkpoint can lie beyond the fork.
  package var isSplitHarmless: Bool

  package init(
    kind: IncidentKind?,
    status: IncidentStatus,
    findings: [Finding],
    lostWrites: LostWritesVerdict = .unknown,
    oldPrimary: String? = nil,
    newPrimary: String? = nil,
    lostMembers: [String] = [],
    healedMembers: Set<String> = [],
    isSplitHarmless: Bool = false
  ) {
    self.kind = kind
    self.status = status
    self.findings = findings
    self.lostWrites = lostWrites
    self.oldPrimary = oldPrimary
    self.newPrimary = newPrimary
    self.lostMembers = lostMembers
    self.healedMembers = healedMembers
    self.isSplitHarmless = isSplitHarmless
  }

  package var codes: Set<FindingCode> { Set(findings.map(\.code)) }
}

extension IncidentOutlook {
  /// Takes from the facts what matters here.
  package init(facts: IncidentFacts, findings: [Finding], impact: Impact, status: IncidentStatus) {
    let split = findings.first { $0.code == .timelineSplit }
    self.init(
      kind: facts.kind,
      status: status,
      findings: findings,
      lostWrites: impact.lostWrites.verdict,
      oldPrimary: facts.oldPrimary,
      newPrimary: facts.newPrimary,
      lostMembers: Self.lostMembers(facts),
      healedMembers: Self.healedMembers(facts, findings: findings, status: status),
      isSplitHarmless: split?.severity == .info
    )
  }

  /// Members that the incident took out: also a primary that nobody replaced.
  private static func lostMembers(_ facts: IncidentFacts) -> [String] {
    var members = facts.draft.lostMembers
    let primary = [.primaryOutage, .dcsOutage, .saturation].contains(facts.kind) ? facts.oldPrimary : nil
    if let primary, !members.contains(primary) { members.append(primary) }
    if facts.kind == .bootstrapFailure, let subject = facts.subject, !members.contains(subject) {
      members.append(subject)
    }
    return members
  }

  /// A resolved incident left nobody behind; else a member is back if a line shows it after the incident lost it.
  private static func healedMembers(
    _ facts: IncidentFacts,
    findings: [Finding],
    status: IncidentStatus
  ) -> Set<String> {
    let named = facts.draft.lostMembers + findings.compactMap(\.member) + [facts.oldPrimary].compactMap { $0 }
    return Set(named).filter { member in
      if status == .resolved { return true }
      let change = facts.draft.changes.first { $0.oldPrimary == member }
      return facts.observations.restoration(of: member, after: change?.acquiredAt ?? facts.start) != nil
    }
  }
}
