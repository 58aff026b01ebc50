package import Contract

/// Everything that correlation reads off a log; remedies and the description of the input are added later.
package struct CorrelatedLog: Sendable {
  package let observations: Observations
  /// The facts of each incident, in the order of `incidents`.
  package let facts: [IncidentFacts]
  package let incidents: [Incident]
  package let cluster: Cluster
  package let findings: [Finding]
  package let coverage: [Coverage]
  package let settings: [ObservedSetting]
  package let verdict: Verdict

  /// Reads incidents off the observations.
  ///
  /// A pure function: the same observations give the same result.
  package init(observations: Observations, summaries: [SourceSummary], options: CorrelationOptions) {
    let disturbances = DisturbanceFinder(observations: observations).disturbances()
    let drafts = Segmentation(observations: observations, quietPeriod: options.quietPeriod).drafts(from: disturbances)
    let facts = zip(drafts, drafts.dropFirst().map(Optional.some) + [nil]).map { draft, next in
      IncidentFacts(draft: draft, observations: observations, until: next?.start)
    }
    let cluster = ClusterReader(observations: observations, incidents: facts, summaries: summaries).cluster()
    let settings = SettingsReader(observations: observations, incidents: facts).settings()
    let earlier = options.earlier
    // What was stated before still holds; of two values of a setting the first counts.
    let known = settings.filter { $0.value != nil } + (earlier?.settings ?? []) + settings.filter { $0.value == nil }
    let values = SettingValues(observed: earlier == nil ? settings : known, hypotheses: options.hypotheses)
    let incidents = facts.map { facts in
      IncidentAnalyst(
        facts: facts,
        clusterName: cluster.name ?? earlier?.clusterName,
        values: values,
        hypotheses: options.hypotheses
      ).incident()
    }
    self.observations = observations
    self.facts = facts
    self.incidents = incidents
    self.cluster = cluster
    findings = LogFindings(observations: observations, incidents: facts, options: options).findings()
    coverage = CoverageReader(
      observations: observations,
      summaries: summaries,
      facts: facts,
      incidents: incidents
    ).coverage()
    self.settings = settings
    verdict = VerdictReader(observations: observations, incidents: incidents).verdict()
  }
}
