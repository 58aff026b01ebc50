import Model

/// What the order of lines in an input says about the clocks of its sources.
///
/// A line that stands between two lines of another source was written between them, a short delay aside.
struct ArrivalEvidence {
  /// How late a line may arrive without its sender being slow, in milliseconds.
  static let delay: Int64 = 100
  /// How many lines of a source are compared with each other source.
  private static let sampleSize = 200
  /// With more sources than this, each is compared with the busiest only.
  private static let sourceLimit = 16

  let table: ClockTable
  private(set) var intervals: [OffsetEvidence.Pair: [OffsetInterval]] = [:]
  private(set) var isOrdered: [Bool] = []

  init(table: ClockTable) {
    self.table = table
  }

  /// Compares all sources of all inputs.
  mutating func collect() {
    for range in table.inputs {
      var marksOfSource = [[Int]](repeating: [], count: table.sources.count)
      for index in range where table.marks[index].ownTime != nil {
        marksOfSource[table.marks[index].source].append(index)
      }
      let sources = marksOfSource.indices.filter { !marksOfSource[$0].isEmpty }
      let busiest = Set(
        sources.sorted { (-marksOfSource[$0].count, $0) < (-marksOfSource[$1].count, $1) }.prefix(Self.sourceLimit)
      )
      var agreement = Agreement()
      for (position, first) in sources.enumerated() {
        for second in sources[(position + 1)...] where busiest.contains(first) || busiest.contains(second) {
          let found = compare(marksOfSource[first], marksOfSource[second])
          intervals[OffsetEvidence.Pair(first: first, second: second)] = found
          agreement.add(found)
        }
      }
      isOrdered.append(sources.count < 2 || agreement.isConvincing ?? !runsBack(range))
    }
  }

  /// Brackets a sample of `second`'s lines by `first`'s, and the other way round.
  private func compare(_ first: [Int], _ second: [Int]) -> [OffsetInterval] {
    bracket(second, by: first) + bracket(first, by: second).map(\.reversed)
  }

  private func bracket(_ lines: [Int], by others: [Int]) -> [OffsetInterval] {
    var result: [OffsetInterval] = []
    let stride = max(1, lines.count / Self.sampleSize)
    var next = 0
    for position in Swift.stride(from: 0, to: lines.count, by: stride) {
      let line = lines[position]
      while next < others.count, others[next] < line { next += 1 }
      guard next > 0, next < others.count else { continue }
      if let interval = Self.interval(
        of: table.marks[line],
        between: table.marks[others[next - 1]],
        and: table.marks[others[next]],
        index: line
      ) {
        result.append(interval)
      }
    }
    return result
  }

  /// The offset of a line's clock against two lines of another clock around it.
  static func interval(of line: Mark, between before: Mark, and after: Mark, index: Int) -> OffsetInterval? {
    guard let time = line.ownTime, let earlier = before.ownTime, let later = after.ownTime else { return nil }
    let lower = time - later - after.ownWidth - delay
    let upper = time + line.ownWidth - earlier + delay
    return OffsetInterval(lower: min(lower, upper), upper: max(lower, upper), mark: index)
  }

  /// For inputs with too few lines to compare: whether time jumps back anywhere.
  private func runsBack(_ range: Range<Int>) -> Bool {
    var latest: Int64?
    for mark in table.marks[range] {
      guard let time = mark.ownTime ?? mark.outerTime else { continue }
      if let latest, time < latest - 5000 { return true }
      latest = max(latest ?? time, time)
    }
    return false
  }
}

/// Whether the sources of an input stand in one steady relation to each other, as they do in order of arrival only.
private struct Agreement {
  private var agreeing = 0
  private var all = 0

  mutating func add(_ intervals: [OffsetInterval]) {
    guard intervals.count >= 3 else { return }
    let modes = OffsetMode.modes(of: intervals).prefix(2)
    let fitting = intervals.filter { interval in
      modes.contains { interval.contains($0.estimate, slack: OffsetMode.slack) }
    }
    // A busy pair shall not outvote all others.
    let weight = min(intervals.count, 100)
    agreeing += weight * fitting.count / intervals.count
    all += weight
  }

  /// Nil if there is too little to tell.
  var isConvincing: Bool? { all == 0 ? nil : agreeing * 10 >= all * 7 }
}
