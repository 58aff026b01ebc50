package import Contract
import Model

/// Turns the facts of one incident into what the report says about it, remedies aside.
package struct IncidentAnalyst {
  package let facts: IncidentFacts
  private let clusterName: String?
  private let values: SettingValues
  private let hypotheses: [HypotheticalSetting]

  init(facts: IncidentFacts, clusterName: String?, values: SettingValues, hypotheses: [HypotheticalSetting]) {
    self.facts = facts
    self.clusterName = clusterName
    self.values = values
    self.hypotheses = hypotheses
  }

  /// The incident as the report tells it; `remediation` is left empty.
  package func incident() -> Incident {
    let impact = ImpactReader(facts: facts).impact()
    let findings = FindingDetectors.findings(in: facts).map(withoutUnnamedMember)
    var rootCause = RootCauseReader(facts: facts, findings: findings).rootCause()
    if rootCause.member == LeaderTerm.unnamed { rootCause.member = nil }
    let words = IncidentWords(facts: facts, impact: impact, rootCause: rootCause, findings: findings)
    let timelines = TimelineIDs(facts: facts)
    let path = CriticalPath(facts: facts, outage: impact.writeOutage, values: values)
    return Incident(
      id: identifier,
      kind: facts.kind,
      status: facts.status,
      severity: severity(impact, rootCause.code),
      title: words.title,
      summary: words.summary,
      startedAt: facts.start,
      endedAt: facts.end,
      duration: facts.end.map { $0.seconds(since: facts.start) },
      rootCause: rootCause,
      milestones: facts.milestones,
      oldPrimary: facts.oldPrimary,
      newPrimary: facts.newPrimary,
      timelineFrom: timelines.from,
      timelineTo: timelines.to,
      impact: impact,
      phases: PhaseReader(facts: facts, path: path).phases().map(withoutUnnamedMember),
      downtime: DowntimeReader(path: path).segments(),
      whatIf: CounterfactualReader(path: path, values: values, hypotheses: hypotheses).whatIf(),
      timeline: StoryTeller(facts: facts).timeline(),
      findings: findings
    )
  }

  private func withoutUnnamedMember(_ phase: Phase) -> Phase {
    var phase = phase
    if phase.member == LeaderTerm.unnamed { phase.member = nil }
    return phase
  }

  private func withoutUnnamedMember(_ finding: Finding) -> Finding {
    var finding = finding
    if finding.member == LeaderTerm.unnamed { finding.member = nil }
    return finding
  }

  private var identifier: String {
    Incident.identifier(cluster: clusterName, kind: facts.kind, startedAt: facts.start)
  }

  private func severity(_ impact: Impact, _ cause: RootCauseCode) -> Severity {
    let failed = (impact.failedWrites ?? 0) > 0 || impact.writeOutage != nil
    if facts.kind == .bootstrapFailure { return .critical }
    if facts.kind == .switchover || cause == .operatorRestart {
      return (impact.failedWrites ?? 0) > 0 ? .critical : .info
    }
    return failed ? .critical : .warning
  }
}

/// The timelines before and after.
struct TimelineIDs {
  let from: Int?
  let to: Int?

  init(facts: IncidentFacts) {
    let occurrences = facts.observations.occurrences
    let new = facts.change == nil ? nil : facts.of(.timelineSelected).last?.fields.integer(.timeline)
    to = new
    let selected = facts.of(.timelineSelected).last?.at ?? facts.milestones.leaderElectedAt ?? facts.start
    let before = Window(from: Window.always.from, to: selected)
    from =
      facts.change == nil
      ? nil
      : occurrences.of(
        .timelineSelected,
        .replicationStreaming,
        .clusterMemberListed,
        .timelineOfLeader,
        .timelineEnded,
        in: before
      )
      .last { line in
        // Another member's clock may put its first line about the new timeline before the choice of its number.
        line.at < selected && line.fields.integer(.timeline).map { $0 < new ?? .max } == true
      }?.fields.integer(.timeline)
  }
}
