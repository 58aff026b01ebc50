import Model

/// A replica that listings show far behind, and not for a moment only.
struct ReplicaLag {
  let life: ReplicaLife
  let member: String

  /// A lag of a WAL segment or less comes and goes, in MB.
  static let bearable = 16

  func troubles() -> [Disturbance] {
    let listed = life.observations.occurrences.of(.clusterMemberListed, member: member).filter {
      $0.fields.integer(.lag) != nil
    }
    guard let first = listed.first(where: Self.isBehind) else { return [] }
    let after = listed.filter { $0.index > first.index }
    let end = after.first { !Self.isBehind($0) }
    let behind = after.filter { Self.isBehind($0) && $0.index < end?.index ?? .max }
    guard let last = behind.last, last.at.seconds(since: first.at) >= 30 else { return [] }
    return [
      Disturbance(
        kind: .replicaLag,
        member: member,
        window: Window(from: first.at, to: end?.at),
        evidence: [first, last]
      )
    ]
  }

  /// Whether a listing shows the member too far behind.
  static func isBehind(_ listed: Occurrence) -> Bool {
    (listed.fields.integer(.lag) ?? 0) > bearable
  }
}
