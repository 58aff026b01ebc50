import Model

/// All that clocks which are trusted say about each other clock.
struct Observations {
  private let evidence: OffsetEvidence
  private let trusted: Set<Int>
  /// What the lines around it say about each mark, where its input is in order of arrival.
  private let arrivals: [[OffsetInterval]]

  init(evidence: OffsetEvidence, trusted: Set<Int>) {
    self.evidence = evidence
    self.trusted = trusted
    var isTrusted = [Bool](repeating: false, count: evidence.clockCount)
    for clock in trusted { isTrusted[clock] = true }
    var arrivals = [[OffsetInterval]](repeating: [], count: evidence.clockCount)
    for (input, range) in evidence.table.inputs.enumerated() where evidence.isOrdered[input] {
      let around = TrustedNeighbours(table: evidence.table, range: range, trusted: isTrusted)
      for index in range {
        let mark = evidence.table.marks[index]
        guard mark.ownTime != nil, let before = around.before(index), let after = around.after(index) else { continue }
        if let interval = ArrivalEvidence.interval(
          of: mark,
          between: evidence.table.marks[before],
          and: evidence.table.marks[after],
          index: index
        ) {
          arrivals[mark.source].append(interval)
        }
      }
    }
    self.arrivals = arrivals
  }

  /// The intervals for a clock's offset: by arrival from the nearest trusted lines, by cause and collector in pairs.
  func intervals(of clock: Int) -> [OffsetInterval] {
    let isSource = clock < evidence.table.sources.count
    let isOrdered = isSource && evidence.isOrdered[evidence.table.inputOfSource[clock]]
    var result = arrivals[clock]
    for pair in evidence.pairs(of: clock) {
      let other = pair.first == clock ? pair.second : pair.first
      guard trusted.contains(other), let found = evidence.intervals[pair] else { continue }
      let seen = pair.second == clock ? found : found.map(\.reversed)
      let isNeighbour =
        isOrdered && isSource && other < evidence.table.sources.count
        && evidence.table.inputOfSource[other] == evidence.table.inputOfSource[clock]
      // Arrival was told above, and by nearer lines.
      result += isNeighbour ? seen.filter { $0.weight > 1 || !$0.isTwoSided } : seen
    }
    return result
  }
}

/// The nearest lines of trusted sources around each line, of other sources than its own.
private struct TrustedNeighbours {
  /// The last mark of a trusted source, and the last one of another source than that; -1 where there is none.
  private struct Nearest {
    var mark = -1
    var source = -1
    var otherMark = -1

    @inline(__always)
    mutating func push(_ index: Int, of source: Int) {
      if mark >= 0, self.source != source { otherMark = mark }
      mark = index
      self.source = source
    }

    @inline(__always)
    func mark(notOf source: Int) -> Int { mark >= 0 && self.source == source ? otherMark : mark }
  }

  private let first: Int
  private var earlier: [Int]
  private var later: [Int]

  init(table: ClockTable, range: Range<Int>, trusted: [Bool]) {
    first = range.lowerBound
    earlier = Array(repeating: -1, count: range.count)
    later = earlier
    var nearest = Nearest()
    for index in range {
      let source = table.marks[index].source
      earlier[index - first] = nearest.mark(notOf: source)
      if table.marks[index].ownTime != nil, trusted[source] { nearest.push(index, of: source) }
    }
    nearest = Nearest()
    for index in range.reversed() {
      let source = table.marks[index].source
      later[index - first] = nearest.mark(notOf: source)
      if table.marks[index].ownTime != nil, trusted[source] { nearest.push(index, of: source) }
    }
  }

  func before(_ index: Int) -> Int? { earlier[index - first] >= 0 ? earlier[index - first] : nil }

  func after(_ index: Int) -> Int? { later[index - first] >= 0 ? later[index - first] : nil }
}
