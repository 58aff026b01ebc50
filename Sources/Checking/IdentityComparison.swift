package import Contract

/// Whether the cluster that was asked is that of the report.
package struct IdentityComparison: Hashable, Sendable {
  package let identity: ClusterIdentity
  /// What speaks for it, in a sentence.
  package let reason: String

  package init(past: ReportedPast, cluster: ObservedCluster, leader: LeaderSight) {
    let reported = past.report.cluster
    let seen = cluster.systemIdentifier(leader: leader)
    if let then = reported.systemIdentifier, let now = seen {
      identity = then == now ? .same : .other
      reason =
        then == now
        ? "The system identifier is that of the report."
        : "The report's system identifier is \(then), that of the cluster that was asked is \(now)."
    } else if let then = reported.name, let now = cluster.scope {
      let isSame = then == now
      identity = isSame ? .same : .other
      reason =
        isSame ? "The cluster's name is that of the report, \(now)." : "The report is about \(then), asked was \(now)."
    } else {
      (identity, reason) = Self.byNames(reported, cluster)
    }
  }

  /// Names of members are the same in many clusters, but no cluster shares none with itself.
  private static func byNames(_ reported: Cluster, _ cluster: ObservedCluster) -> (ClusterIdentity, String) {
    let then = Set(reported.members.flatMap { [$0.name] + $0.aliases })
    let now = Set(cluster.members.filter { $0.role != nil || $0.agent?.name != nil }.map(\.name))
    guard !then.isEmpty, !now.isEmpty, then.isDisjoint(with: now) else {
      return (
        .unproven, "Neither system identifier nor cluster name can be compared, so only the members' names agree."
      )
    }
    return (
      .other,
      "The report is about \(listText(reported.members.map(\.name))), asked was a cluster of \(listText(now.sorted()))."
    )
  }
}

extension ObservedCluster {
  /// The leader's system identifier, else that on which all others agree.
  func systemIdentifier(leader: LeaderSight) -> String? {
    if let own = leader.name.flatMap({ member($0).systemIdentifier?.value }) { return own }
    let known = Set(members.compactMap { $0.systemIdentifier?.value })
    return known.count == 1 ? known.first : nil
  }
}
