import Contract
import Model

/// What made an incident worse than its cause alone would have.
struct ContributingCauses {
  let causes: [ContributingCause]

  init(facts: IncidentFacts, findings: [Finding], rootCause: RootCauseCode) {
    let found = Self.fromFindings(findings, facts: facts) + Self.fromDisturbances(facts)
    var causes: [ContributingCause] = []
    for cause in found where cause.code != .cause(rootCause) && !causes.contains(where: { $0.code == cause.code }) {
      causes.append(cause)
    }
    self.causes = causes
  }

  /// Conditions that the findings name and that lengthened the incident.
  private static func fromFindings(_ findings: [Finding], facts: IncidentFacts) -> [ContributingCause] {
    findings.compactMap { finding in
      code(for: finding.code, facts: facts).map { ContributingCause(code: $0, explanation: finding.summary) }
    }
  }

  private static func code(for finding: FindingCode, facts: IncidentFacts) -> ContributingCode? {
    let moved = facts.change.map { !$0.isPlanned } ?? false
    switch finding {
    case .clusterPaused: return facts.change == nil ? .condition(.clusterPaused) : nil
    case .replicaLagging: return facts.kind == .primaryOutage ? .cause(.replicaLag) : nil
    case .watchdogUnavailable:
      return facts.kind == .splitBrain || facts.kind == .primaryOutage ? .condition(.watchdogUnavailable) : nil
    case .promotionStalled: return .condition(.promotionStalled)
    case .slowProxyDetection: return isRoutingLast(facts) ? .condition(.slowProxyDetection) : nil
    case .poolerStuck: return facts.kind == .poolerOutage ? nil : .condition(.poolerStuck)
    case .dcsSlow: return moved ? .cause(.dcsSlow) : nil
    case .dcsQuorumLost: return facts.kind == .primaryOutage ? .cause(.dcsQuorumLost) : nil
    case .diskFull: return facts.kind == .saturation ? nil : .cause(.diskFull)
    case .connectionsExhausted: return facts.kind == .saturation ? nil : .cause(.connectionsExhausted)
    case .dnsFailure: return findingsNeedNames(facts) ? .condition(.dnsFailure) : nil
    default: return nil
    }
  }

  /// Whether the proxy, not the promotion, was what clients waited for.
  private static func isRoutingLast(_ facts: IncidentFacts) -> Bool {
    guard let writable = facts.milestones.writableAt, let routed = facts.milestones.routedAt else { return false }
    return routed.seconds(since: writable) > 2
  }

  /// Whether a name that did not resolve held up a promotion.
  private static func findingsNeedNames(_ facts: IncidentFacts) -> Bool {
    PromotionStall(facts: facts).isShown
  }

  /// Further trouble that fell into the same outage.
  private static func fromDisturbances(_ facts: IncidentFacts) -> [ContributingCause] {
    let isOwn = facts.kind == .poolerOutage || facts.kind == .routingOutage
    guard !isOwn, facts.kind != .replicaOutage, facts.kind != .bootstrapFailure else { return [] }
    var causes: [ContributingCause] = []
    if facts.draft.has(.poolerDown) {
      causes.append(
        ContributingCause(code: .cause(.poolerRestart), explanation: "The pooler was restarted while clients waited.")
      )
    }
    if facts.draft.has(.proxyRestart) {
      causes.append(
        ContributingCause(code: .cause(.proxyRestart), explanation: "The proxy was restarted while clients waited.")
      )
    }
    return causes
  }
}
