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
      if mark.outerTime != nil, evidence.hasCollector[mark.input] {
        counts[evidence.collector(ofInput: mark.input)] += 1
      }
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
        let segments = ClockOffset.segments(of: observations.intervals(of: clock), time: printedTime(of:))
        // Beside the main group only a contradiction within the group says something.
        offsets[clock].segments = isMain || segments.contains(where: \.isSignificant) ? segments : []
      }
      if isMain { follow(group, &offsets) }
    }
    return offsets
  }

  private func printedTime(of mark: Int) -> Int64? {
    evidence.table.marks[mark].ownTime ?? evidence.table.marks[mark].outerTime
  }

  /// Bounds the clocks that only clocks which are off speak of: by those, once it is known how far off they are.
  private func follow(_ group: [Int], _ offsets: inout [ClockOffset]) {
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for clock in group where !offsets[clock].isReference && offsets[clock].segments.isEmpty {
        let intervals = evidence.pairs(of: clock).flatMap { pair -> [OffsetInterval] in
          let other = pair.first == clock ? pair.second : pair.first
          guard offsets[other].segments.count == 1, let known = offsets[other].segments.first, known.drift == nil,
            let found = evidence.intervals[pair]
          else { return [] }
          return found.map { (pair.second == clock ? $0 : $0.reversed).shifted(from: known.lower, to: known.upper) }
        }
        guard !intervals.isEmpty else { continue }
        offsets[clock].segments = ClockOffset.segments(of: intervals, time: printedTime(of:))
        isGrowing = isGrowing || !offsets[clock].segments.isEmpty
      }
    }
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

  /// How well a clock stands with the others: who agrees with it, less who does not.
  ///
  /// A quiet or coarse clock agrees with everybody because it says little; so narrow bounds count more.
  private func standing(of clock: Int) -> Double {
    links[clock].reduce(0) { sum, link in
      let width = Double(min(link.mode.upper - link.mode.lower, 1_000_000_000))
      let weight = link.share * 500 / (500 + width)
      return sum + (agrees(link.mode) ? weight : -weight)
    }
  }

  /// The source that the others agree with best; of those nearly as good the one with most lines.
  private func reference(of group: [Int]) -> Int {
    let sources = group.filter { $0 < evidence.table.sources.count }
    let candidates = sources.isEmpty ? group : sources
    let standings = candidates.map { standing(of: $0) }
    let enough = (standings.max() ?? 0) - 0.25
    let best = candidates.indices.filter { standings[$0] >= enough }
      .max { (markCounts[candidates[$0]], -$0) < (markCounts[candidates[$1]], -$1) }
    return best.map { candidates[$0] } ?? 0
  }

  /// The clocks that agree with the reference, directly or through others, and contradict none of those.
  ///
  /// The best attested join first: what agrees with two that contradict each other follows the better one.
  private func agreeing(with reference: Int, in group: [Int]) -> Set<Int> {
    var trusted: Set<Int> = [reference]
    let ranked = group.map { (clock: $0, standing: standing(of: $0)) }
      .sorted { ($0.standing, -$0.clock) > ($1.standing, -$1.clock) }
      .map(\.clock)
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for clock in ranked where !trusted.contains(clock) {
        let known = links[clock].filter { trusted.contains($0.other) }
        if known.contains(where: { agrees($0.mode) && $0.share > 0.7 }), known.allSatisfy({ agrees($0.mode) }) {
          trusted.insert(clock)
          isGrowing = true
          break
        }
      }
    }
    return trusted
  }

  /// Whether two clocks may well be one; delays of delivery shift what is seen by a little.
  private func agrees(_ mode: OffsetMode) -> Bool {
    mode.lower <= 150 && mode.upper >= -150
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
