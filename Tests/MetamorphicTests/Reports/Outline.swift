import Contract
import Model

/// What a report claims, without its words: facts that can be compared one by one.
struct Outline {
  /// One claim: where it stands, and what it says.
  struct Incident {
    var kind: IncidentKind
    /// Claims by name.
    var facts: [String: String]
    /// Names of findings, remedies and phases.
    var marks: [String: Set<String>]
    /// Instants in seconds by name.
    var times: [String: Double]
  }

  var verdict: String
  var members: [String: String]
  var findings: Set<String>
  var incidents: [Incident]

  init(_ report: Report) {
    verdict = report.verdict.status.rawValue
    members = Dictionary(
      report.cluster.members.map { ($0.name, "\($0.roleAtEnd.rawValue) \($0.stateAtEnd.rawValue)") }
    ) { first, _ in first }
    findings = Set(report.findings.map(Self.name))
    incidents = report.incidents.map { Incident($0) }
  }

  fileprivate static func name(_ finding: Finding) -> String {
    guard let member = finding.member, !Self.speaksOfOneOfMany.contains(finding.code) else {
      return finding.code.rawValue
    }
    return "\(finding.code.rawValue) \(member)"
  }

  /// Findings that name the first member that told of something which several did: a matter of milliseconds.
  private static let speaksOfOneOfMany: Set<FindingCode> = [.clockSkew]
}

extension Outline.Incident {
  init(_ incident: Incident) {
    kind = incident.kind
    let impact = incident.impact
    facts = [
      "kind": incident.kind.rawValue,
      "status": incident.status.rawValue,
      "severity": incident.severity.rawValue,
      "old primary": incident.oldPrimary ?? "-",
      "new primary": incident.newPrimary ?? "-",
      "timeline from": Self.text(incident.timelineFrom),
      "timeline to": Self.text(incident.timelineTo),
      "cause": "\(incident.rootCause.code.rawValue) \(incident.rootCause.member ?? "-")",
      "lost writes": impact.lostWrites.verdict.rawValue,
      "two primaries": impact.dualPrimary.rawValue,
      "failed writes": Self.text(impact.failedWrites),
      "failed reads": Self.text(impact.failedReads),
      "outage seen by": impact.writeOutage?.observedBy.rawValue ?? "-",
    ]
    marks = [
      "findings": Set(incident.findings.map(Outline.name)),
      "remedies": Set(incident.remediation.map(\.code.rawValue)),
      "phases": Set(incident.phases.map { "\($0.name.rawValue) \($0.member ?? "-")" }),
    ]
    let milestones = incident.milestones
    let instants: [(String, Instant?)] = [
      ("start", incident.startedAt), ("fault", milestones.faultAt), ("first error", milestones.firstErrorAt),
      ("lock free", milestones.lockFreeAt), ("elected", milestones.leaderElectedAt),
      ("writable", milestones.writableAt), ("routed", milestones.routedAt),
      ("client recovered", milestones.clientRecoveredAt), ("redundancy", milestones.redundancyRestoredAt),
      ("outage from", impact.writeOutage?.from), ("outage to", impact.writeOutage?.to),
    ]
    times = Dictionary(uniqueKeysWithValues: instants.compactMap { name, at in at.map { (name, $0.seconds) } })
  }

  private static func text(_ number: Int?) -> String { number.map(String.init) ?? "-" }
}

extension Instant {
  /// Seconds since 1970.
  fileprivate var seconds: Double { Double(milliseconds) / 1000 }
}
