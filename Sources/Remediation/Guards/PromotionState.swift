package import Contract

/// All that decides whether a member may be promoted by hand.
package struct PromotionState: Hashable, Sendable {
  package var codes: Set<FindingCode>
  package var status: IncidentStatus
  package var isLeaderHealthy: Bool
  /// Whether any member still acts as primary.
  package var hasPrimary: Bool
  package var isPaused: Bool
  package var isStoreOut: Bool
  /// Whether a member is up that could be promoted.
  package var hasCandidate: Bool

  package init(
    codes: Set<FindingCode>,
    status: IncidentStatus,
    isLeaderHealthy: Bool,
    hasPrimary: Bool,
    isPaused: Bool,
    isStoreOut: Bool,
    hasCandidate: Bool
  ) {
    self.codes = codes
    self.status = status
    self.isLeaderHealthy = isLeaderHealthy
    self.hasPrimary = hasPrimary
    self.isPaused = isPaused
    self.isStoreOut = isStoreOut
    self.hasCandidate = hasCandidate
  }

  /// Only while nobody is writable and nothing else stands in the way: a paused cluster is resumed first, a lost store
  /// is brought back first, and two primaries are worse than none.
  package var isAdvised: Bool {
    let isAsked = codes.contains(.noPromotableMember) || codes.contains(.promotionFailed)
    return isAsked && status == .ongoing && !isLeaderHealthy && !hasPrimary && !isPaused && !isStoreOut && hasCandidate
  }
}
