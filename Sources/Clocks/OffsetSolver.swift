import Model

/// Finds by how much each clock is ahead of the one that most others agree with.
struct OffsetSolver {
  let evidence: OffsetEvidence
  /// For each clock its neighbours in the evidence, with what is allowed for the neighbour's offset less its own.
  private let links: [[(other: Int, mode: OffsetMode, share: Double)]]
  private let markCounts: [Int]

  init(evidence: OffsetEvidence) {
    self.evidence = evidence
    var links = [[(other: Int, mode: OffsetMode, share: Double)]](repeating: [], count: evidence.clockCount)
    for (pair, intervals) in evidence.intervals.sorted(by: { $0.key < $1.key }) {
      guard let mode = OffsetMode(intervals) else { continue }
      let weight = intervals.reduce(0) { $0 + $1.weight }
      let share = Double(mode.depth) / Double(max(1, weight))
      links[pair.first].append((pair.second, mode, share))
      links[pair.second].append((pair.first, mode.reversed, share))
    }
    self.links = links
    var counts = [Int](repeating: 0, count: evidence.clockCount)
    for mark in evidence.table.marks {
      if mark.ownTime != nil { counts[mark.source] += 1 }
      if mark.outerTime != nil, evidence.hasCollector[mark.input] { counts[evidence.collector(ofInput: mark.input)] += 1 }
    }
    markCounts = counts
  }

  /// One offset per clock: sources first, then collectors.
  func solve() -> [ClockOffset] {
    var offsets = [ClockOffset](repeating: ClockOffset(), count: evidence.clockCount)
    let timed = markCounts.indices.filter { markCounts[$0] > 0 }
    let groups = connectedGroups(of: timed)
    guard let largest = groups.max(by: { rank($0) < rank($1) }) else { return offsets }
    for group in groups {
      let reference = reference(of: group)
      let agreeing = agreeing(with: reference, in: group)
      let isMain = group == largest
      offsets[reference].isReference = isMain
      let observations = Observations(evidence: evidence, trusted: agreeing)
      for clock in group where clock != reference {
        let segments = ClockOffset.segments(of: observations.intervals(of: clock))
        // Beside the main group only a contradiction within the group says something.
        offsets[clock].segments = isMain || segments.contains(where: \.isSignificant) ? segments : []
      }
    }
    return offsets
  }

  /// Sources count before collectors, and many lines before few.
  private func rank(_ group: [Int]) -> (Int, Int, Int) {
    let sources = group.filter { $0 < evidence.table.sources.count }.count
    return (sources, group.reduce(0) { $0 + markCounts[$1] }, -(group.first ?? 0))
  }

  /// Sets of clocks between which there is any evidence.
  private func connectedGroups(of clocks: [Int]) -> [[Int]] {
    var seen = Set<Int>()
    return clocks.compactMap { start in
      guard seen.insert(start).inserted else { return nil }
      var group = [start]
      var next = 0
      while next < group.count {
        for link in links[group[next]] where seen.insert(link.other).inserted { group.append(link.other) }
        next += 1
      }
      return group.sorted()
    }
  }

  /// The source that most of its neighbours agree with.
  private func reference(of group: [Int]) -> Int {
    let sources = group.filter { $0 < evidence.table.sources.count }
    let candidates = sources.isEmpty ? group : sources
    let scores = candidates.map { clock in
      links[clock].reduce(0.0) { $0 + (agrees($1.mode) ? $1.share : 0) }
    }
    let best = candidates.indices.max { left, right in
      // Shares differ by chance; only a clear difference counts before the number of lines.
      let (leftScore, rightScore) = ((scores[left] * 4).rounded(), (scores[right] * 4).rounded())
      return (leftScore, markCounts[candidates[left]], -left) < (rightScore, markCounts[candidates[right]], -right)
    }
    return best.map { candidates[$0] } ?? 0
  }

  /// The clocks that agree with the reference, directly or through others, and contradict none of those.
  private func agreeing(with reference: Int, in group: [Int]) -> Set<Int> {
    var trusted: Set<Int> = [reference]
    var queue = [reference]
    var next = 0
    while next < queue.count {
      for link in links[queue[next]] where !trusted.contains(link.other) && agrees(link.mode) && link.share > 0.7 {
        let contradicted = links[link.other].contains { trusted.contains($0.other) && !agrees($0.mode) }
        if !contradicted, trusted.insert(link.other).inserted { queue.append(link.other) }
      }
      next += 1
    }
    return trusted
  }

  private func agrees(_ mode: OffsetMode) -> Bool {
    mode.lower <= OffsetMode.slack && mode.upper >= -OffsetMode.slack
  }
}

extension OffsetMode {
  /// The same agreement seen from the other clock.
  var reversed: OffsetMode {
    var copy = self
    copy.lower = -upper
    copy.upper = -lower
    copy.estimate = -estimate
    return copy
  }
}
