package import Contract

/// What differs between two reports: two drills, two versions of a configuration, a log and its longer successor.
package struct ReportDifference: Codable, Hashable, Sendable {
  /// Incidents that both reports tell, and what differs between them.
  package var incidents: [IncidentDifference]
  /// Titles of incidents that only the first report tells.
  package var gone: [String]
  /// Titles of incidents that only the second report tells.
  package var new: [String]
  /// The state at the end of the log, before and after.
  package var verdict: Change<String>

  /// Compares two reports; incidents are matched by their ids, the rest by kind in order of time.
  package init(from before: Report, to after: Report) {
    let pairing = IncidentPairing(before.incidents, after.incidents)
    incidents = pairing.pairs.map { IncidentDifference(from: $0.before, to: $0.after) }
    gone = pairing.onlyBefore.map(\.title)
    new = pairing.onlyAfter.map(\.title)
    verdict = Change(before: before.verdict.status.rawValue, after: after.verdict.status.rawValue)
  }

  /// Whether the second report is worse: a new incident, a longer outage, a graver finding.
  package var isWorse: Bool {
    !new.isEmpty || incidents.contains { ($0.writeOutage.delta ?? 0) > 0.5 || !$0.newFindings.isEmpty }
  }
}

/// A value before and after; nil where a report does not tell it.
package struct Change<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
  package var before: Value?
  package var after: Value?

  package init(before: Value?, after: Value?) {
    self.before = before
    self.after = after
  }

  package var isChange: Bool { before != after }
}

extension Change<Double> {
  /// How much longer it took, in seconds; nil where one side is not known.
  package var delta: Double? {
    guard let before, let after else { return nil }
    return ((after - before) * 1000).rounded() / 1000
  }
}

/// What differs between two tellings of an incident, or between two incidents of a kind.
package struct IncidentDifference: Codable, Hashable, Sendable {
  package var before: String
  package var after: String
  package var rootCause: Change<String>
  package var status: Change<String>
  package var lostWrites: Change<String>
  /// Seconds without writes.
  package var writeOutage: Change<Double>
  package var failedWrites: Change<Int>
  package var phases: [PhaseDifference]
  package var newFindings: [String]
  package var goneFindings: [String]
  package var newRemedies: [String]
  package var goneRemedies: [String]

  init(from old: Incident, to new: Incident) {
    before = old.title
    after = new.title
    rootCause = Change(before: old.rootCause.code.rawValue, after: new.rootCause.code.rawValue)
    status = Change(before: old.status.rawValue, after: new.status.rawValue)
    lostWrites = Change(
      before: old.impact.lostWrites.verdict.rawValue,
      after: new.impact.lostWrites.verdict.rawValue
    )
    writeOutage = Change(before: old.impact.writeOutage?.duration, after: new.impact.writeOutage?.duration)
    failedWrites = Change(before: old.impact.failedWrites, after: new.impact.failedWrites)
    phases = PhaseDifference.all(from: old, to: new)
    let findings = Self.codes(old.findings.map(\.code.rawValue), new.findings.map(\.code.rawValue))
    (newFindings, goneFindings) = (findings.added, findings.removed)
    let remedies = Self.codes(old.remediation.map(\.code.rawValue), new.remediation.map(\.code.rawValue))
    (newRemedies, goneRemedies) = (remedies.added, remedies.removed)
  }

  private static func codes(_ old: [String], _ new: [String]) -> (added: [String], removed: [String]) {
    (Set(new).subtracting(old).sorted(), Set(old).subtracting(new).sorted())
  }
}

/// How long a phase took, before and after; phases of one name are added up.
package struct PhaseDifference: Codable, Hashable, Sendable {
  package var name: String
  /// Seconds; nil where the phase is not there or not over.
  package var duration: Change<Double>

  static func all(from old: Incident, to new: Incident) -> [PhaseDifference] {
    PhaseName.allCases.compactMap { name in
      let change = Change(before: total(of: name, in: old), after: total(of: name, in: new))
      guard change.before != nil || change.after != nil else { return nil }
      return PhaseDifference(name: name.rawValue, duration: change)
    }
  }

  private static func total(of name: PhaseName, in incident: Incident) -> Double? {
    let durations = incident.phases.filter { $0.name == name }.map(\.duration)
    guard !durations.isEmpty, !durations.contains(nil) else { return nil }
    return (durations.compactMap { $0 }.reduce(0, +) * 1000).rounded() / 1000
  }
}
