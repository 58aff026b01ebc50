import Model

/// Finds members that are not the leader and fell out, do not start, or do not keep up.
struct ReplicaTroubleFinder {
  let observations: Observations
  let changes: [LeadershipChange]

  func troubles() -> [Disturbance] {
    let life = ReplicaLife(observations: observations)
    return observations.directory.members.flatMap { member in
      let found =
        ReplicaStops(life: life, member: member).troubles() + ReplicaStarts(life: life, member: member).troubles()
        + ReplicaStreams(life: life, member: member).troubles()
      return merged(found.sorted { $0.start < $1.start }) + ReplicaLag(life: life, member: member).troubles()
    } + UpstreamComplaints(life: life).troubles()
  }

  /// What overlaps is one trouble of the member.
  private func merged(_ troubles: [Disturbance]) -> [Disturbance] {
    troubles.reduce(into: []) { merged, next in
      guard let last = merged.indices.last, merged[last].window.overlaps(next.window) else {
        return merged.append(next)
      }
      merged[last].evidence += next.evidence
      merged[last].window.to = later(merged[last].window.to, next.window.to)
    }
  }

  private func later(_ left: Instant?, _ right: Instant?) -> Instant? {
    guard let left, let right else { return nil }
    return max(left, right)
  }
}

extension Disturbance {
  /// A replica's trouble, shown by some lines.
  static func replica(_ member: String?, from start: Instant, to end: Instant?, by evidence: Occurrence?...) -> Self {
    Disturbance(
      kind: .replicaTrouble,
      member: member,
      window: Window(from: start, to: end),
      evidence: evidence.compactMap { $0 }
    )
  }
}
