import Contract
import Model

extension TimeResolver {
  /// The nearest resolved times around each mark, and how many marks away they are.
  private struct Surroundings {
    /// `Surroundings.none` where there is no such time.
    var before: [Int64] = []
    var after: [Int64] = []
    var stepsBefore: [Int] = []
    var stepsAfter: [Int] = []

    /// Stands for "no time".
    static let none = Int64.min

    /// - Parameters:
    ///   - keys: for each mark the group among which its neighbours are looked for.
    ///   - times: the resolved times, or `none`.
    ///   - count: how many groups there are.
    init(keys: [Int], times: [Int64], count: Int) {
      (before, stepsBefore) = Self.nearest(keys, times, count, order: stride(from: 0, to: keys.count, by: 1))
      (after, stepsAfter) = Self.nearest(keys, times, count, order: stride(from: keys.count - 1, through: 0, by: -1))
    }

    init() {}

    private static func nearest(
      _ keys: [Int],
      _ times: [Int64],
      _ count: Int,
      order: some Sequence<Int>
    ) -> (times: [Int64], steps: [Int]) {
      var found = [Int64](repeating: none, count: keys.count)
      var steps = [Int](repeating: 0, count: keys.count)
      var last = [Int64](repeating: none, count: max(1, count))
      var passed = [Int](repeating: 0, count: max(1, count))
      for index in order {
        let key = keys[index]
        if last[key] != none {
          passed[key] += 1
          found[index] = last[key]
          steps[index] = passed[key]
        }
        if times[index] != none {
          last[key] = times[index]
          passed[key] = 0
        }
      }
      return (found, steps)
    }
  }

  /// Resolves every open lane that the given witnesses tell enough of.
  ///
  /// Returns whether there was one.
  mutating func resolveByNeighbours(_ witness: Witness) -> Bool {
    let open = lanes.indices.filter { lanes[$0].origin == nil && mayTell(witness, of: $0) }
    guard !open.isEmpty else { return false }
    let surroundings = surroundings(witness)
    let known = lanes.filter { $0.printsZone && $0.origin != nil }.compactMap(\.mainOffset)
    var settled: [(Int, [Int64], [TimeBracket?])] = []
    for lane in open {
      let brackets = lanes[lane].marks.map { mark in
        bracket(of: mark, lane: lanes[lane], witness: witness, around: surroundings)
      }
      if let offsets = vote(lanes[lane], brackets, witness, preferred: [0] + known) {
        settled.append((lane, offsets, brackets))
      }
    }
    for (lane, offsets, brackets) in settled {
      let isAssumed = isAnchorAssumed && offsets == [0]
      settle(lane, offsets: offsets, origin: isAssumed ? .assumed : .inferred, brackets: brackets)
    }
    return !settled.isEmpty
  }

  /// Whether there are any lines that could tell the times of a lane in this way.
  private func mayTell(_ witness: Witness, of lane: Int) -> Bool {
    switch witness {
    case .line: lanes.contains(where: \.isOuter)
    case .partner: hasPartners
    case .source: lanes.contains { $0.origin != nil && $0.source == lanes[lane].source }
    case .input: true
    }
  }

  private func vote(
    _ lane: ClockLane,
    _ brackets: [TimeBracket?],
    _ witness: Witness,
    preferred: [Int64]
  ) -> [Int64]? {
    var votes = ZoneVotes()
    for (mark, bracket) in zip(lane.marks, brackets) {
      guard let bracket, let stamp = lane.isOuter ? table.marks[mark].outer : table.marks[mark].own else { continue }
      votes.add(wall: stamp.wallTime(near: bracket.middle), bracket: bracket)
    }
    guard votes.count > 0 else { return nil }
    // Sources that are listed one after the other have nothing but the ends of other blocks as neighbours.
    if witness == .input, votes.sharpCount * 2 < votes.count { return nil }
    if lane.printsZone || lane.option != nil { return [0] }
    let winners = votes.winners(preferred: preferred)
    return winners.isEmpty ? nil : winners
  }

  private func bracket(
    of mark: Int,
    lane: ClockLane,
    witness: Witness,
    around surroundings: Surroundings
  ) -> TimeBracket? {
    let collector = table.sources.count + table.marks[mark].input
    let ahead = corrections[lane.isOuter ? collector : lane.source]
    switch witness {
    case .line:
      let other = lane.isOuter ? table.marks[mark].ownTime : table.marks[mark].outerTime
      let otherAhead = corrections[lane.isOuter ? lane.source : collector]
      return other.map { TimeBracket($0 - otherAhead + ahead, $0 - otherAhead + ahead) }
    case .partner:
      guard !lane.isOuter, let partner = partners[mark], let time = trueTime(table.marks[partner]) else { return nil }
      return TimeBracket(time + ahead, time + ahead)
    case .source, .input:
      let (before, after) = (surroundings.before[mark], surroundings.after[mark])
      let shift = witness == .input ? ahead : 0
      if before != Surroundings.none, after != Surroundings.none { return TimeBracket(before + shift, after + shift) }
      // At the ends only the nearest lines tell, and only of the same source.
      guard witness == .source else { return nil }
      if before != Surroundings.none, surroundings.stepsBefore[mark] <= 5 {
        return TimeBracket(before, before + 120_000)
      }
      if after != Surroundings.none, surroundings.stepsAfter[mark] <= 5 { return TimeBracket(after - 120_000, after) }
      return nil
    }
  }

  /// A mark's time without its clock's error, as far as that is known by now.
  private func trueTime(_ mark: Mark) -> Int64? {
    if let own = mark.ownTime { return own - corrections[mark.source] }
    return mark.outerTime.map { $0 - corrections[table.sources.count + mark.input] }
  }

  private func surroundings(_ witness: Witness) -> Surroundings {
    switch witness {
    case .line, .partner: Surroundings()
    case .source:
      Surroundings(
        keys: table.marks.map(\.source),
        times: table.marks.map { $0.ownTime ?? $0.outerTime ?? Surroundings.none },
        count: table.sources.count
      )
    case .input:
      Surroundings(
        keys: table.marks.map(\.input),
        times: table.marks.map { trueTime($0) ?? Surroundings.none },
        count: table.inputs.count
      )
    }
  }
}
