package import Model

/// The disturbances that belong to one chain of cause and effect.
package struct IncidentDraft: Hashable, Sendable {
  package var disturbances: [Disturbance]
  /// When clients could work again; nil if the log does not show it.
  package var serviceEnd: Instant?

  package var start: Instant { disturbances.map(\.start).min() ?? Instant(milliseconds: 0) }

  /// The hand-overs of leadership in it, in time order.
  package var changes: [LeadershipChange] {
    disturbances.compactMap { if case .leadershipChange(let change) = $0.kind { change } else { nil } }
  }

  /// The disturbances of one kind.
  package func all(_ kind: Disturbance.Kind) -> [Disturbance] {
    disturbances.filter { $0.kind == kind }
  }

  /// Whether anything but the failures of clients tells that a proxy had no server.
  var isShownByProxy: Bool { has(.routing) || has(.proxyRestart) }

  package func has(_ kind: Disturbance.Kind) -> Bool {
    !all(kind).isEmpty
  }

  /// Whether nothing but replicas is concerned.
  var isReplicaOnly: Bool { disturbances.allSatisfy(\.isReplicas) }

  /// Members that this incident took out.
  package var lostMembers: [String] {
    var members: [String] = []
    for disturbance in disturbances {
      let isLoss =
        switch disturbance.kind {
        case .leadershipChange, .replicaTrouble, .strayPrimary: true
        default: false
        }
      if isLoss, let member = disturbance.member, !members.contains(member) { members.append(member) }
    }
    return members
  }
}
