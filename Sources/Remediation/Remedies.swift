package import Contract
package import Correlation

/// The remedies of one incident, in order of urgency, with the names of this log.
///
/// Nothing destructive is among them while it would discard the only copy of committed data, while no healthy leader is
/// seen, or where the log already shows it done.
package func remedies(
  for facts: IncidentFacts,
  findings: [Finding],
  impact: Impact,
  status: IncidentStatus,
  context: AdviceContext
) -> [Remedy] {
  let outlook = IncidentOutlook(facts: facts, findings: findings, impact: impact, status: status)
  return remedies(in: outlook, context: context)
}

/// The remedies of one incident, as a pure function of its outlook and the state at the end of the log.
package func remedies(in incident: IncidentOutlook, context: AdviceContext) -> [Remedy] {
  let advice = Advice(incident: incident, context: context)
  return inOrder(RemedyAdvisors.all.flatMap { $0.remedies(in: advice) })
}

/// The remedies of findings that belong to no incident: clocks, missing logs, risks that hurt nobody yet.
package func remedies(forTopLevel findings: [Finding], context: AdviceContext) -> [Remedy] {
  remedies(in: IncidentOutlook(kind: nil, status: .resolved, findings: findings), context: context)
}

/// The more urgent first; among equals the order of the advisors, which is that of an operator's hands.
private func inOrder(_ remedies: [Remedy]) -> [Remedy] {
  Urgency.allCases.flatMap { urgency in remedies.filter { $0.urgency == urgency } }
}

/// All advisors, in the order in which their remedies would be carried out.
enum RemedyAdvisors {
  static var all: [any RemedyAdvisor.Type] {
    [
      FenceOldPrimary.self, SalvageDivergedWrites.self, RestoreStore.self, FreeDiskSpace.self, RestartMember.self,
      ResumeCluster.self, RestartPatroni.self, ReinitMember.self, RewindMember.self, RebuildDataDirectory.self,
      PromoteManually.self, RemoveStoreState.self, RestoreFromBackup.self, FixConfiguration.self,
      FixServerSettings.self, FixReplicationLogin.self,
      CheckCloneSource.self,
      FixNetwork.self, FixNameResolution.self, RestoreStoreMember.self, InvestigateStall.self, InvestigateCrash.self,
      FixArchiving.self, AddConnectionHeadroom.self, FixStoreLatency.self, FixClock.self, CollectMoreLogs.self,
      KeepMoreWAL.self, EnableSynchronousMode.self, EnableFailsafe.self, EnableWatchdog.self, EnableRewind.self,
      RestartOnFailure.self, SetConnectTimeout.self, CheckWritableBeforeRouting.self, RetryInApplication.self,
      TuneHealthCheck.self, TunePooler.self, ResizeStore.self,
    ]
  }
}
