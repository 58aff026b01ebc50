import Contract
import Model

extension TimeResolver {
  /// The nearest resolved times around a mark, and how many marks away they are.
  private struct Surroundings {
    var before: Int64?
    var after: Int64?
    var stepsBefore = 0
    var stepsAfter = 0
  }

  /// Resolves every open lane that the given witnesses tell enough of.
  ///
  /// Returns whether there was one.
  mutating func resolveByNeighbours(_ witness: Witness) -> Bool {
    let surroundings: [Surroundings]
    switch witness {
    case .line, .partner: surroundings = []
    case .source:
      surroundings = neighbours(count: table.sources.count, key: \.source) { $0.ownTime ?? $0.outerTime }
    case .input:
      surroundings = neighbours(count: table.inputs.count, key: \.input) { trueTime($0) }
    }
    let known = lanes.filter { $0.printsZone && $0.origin != nil }.compactMap(\.mainOffset)
    var settled: [(Int, [Int64], [TimeBracket?])] = []
    for lane in lanes.indices where lanes[lane].origin == nil {
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
    around surroundings: [Surroundings]
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
      let found = surroundings[mark]
      let shift = witness == .input ? ahead : 0
      if let before = found.before, let after = found.after { return TimeBracket(before + shift, after + shift) }
      // At the ends only the nearest lines tell, and only of the same source.
      guard witness == .source else { return nil }
      if let before = found.before, found.stepsBefore <= 5 { return TimeBracket(before, before + 120_000) }
      if let after = found.after, found.stepsAfter <= 5 { return TimeBracket(after - 120_000, after) }
      return nil
    }
  }

  /// A mark's time without its clock's error, as far as that is known by now.
  private func trueTime(_ mark: Mark) -> Int64? {
    if let own = mark.ownTime { return own - corrections[mark.source] }
    return mark.outerTime.map { $0 - corrections[table.sources.count + mark.input] }
  }

  /// The resolved times around each mark among those with the same key.
  private func neighbours(count: Int, key: (Mark) -> Int, time: (Mark) -> Int64?) -> [Surroundings] {
    var result = [Surroundings](repeating: Surroundings(), count: table.marks.count)
    var last = [(time: Int64, steps: Int)?](repeating: nil, count: max(1, count))
    for index in table.marks.indices {
      let mark = table.marks[index]
      last[key(mark)]?.steps += 1
      result[index].before = last[key(mark)]?.time
      result[index].stepsBefore = last[key(mark)]?.steps ?? 0
      if let time = time(mark) { last[key(mark)] = (time, 0) }
    }
    last = Array(repeating: nil, count: max(1, count))
    for index in table.marks.indices.reversed() {
      let mark = table.marks[index]
      last[key(mark)]?.steps += 1
      result[index].after = last[key(mark)]?.time
      result[index].stepsAfter = last[key(mark)]?.steps ?? 0
      if let time = time(mark) { last[key(mark)] = (time, 0) }
    }
    return result
  }
}
