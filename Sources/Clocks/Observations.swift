import Model

/// All that clocks which are trusted say about each other clock.
struct Observations {
  private let evidence: OffsetEvidence
  private let trusted: Set<Int>
  /// What the lines around it say about each mark, where its input is in order of arrival.
  private let arrivals: [Int: [OffsetInterval]]

  init(evidence: OffsetEvidence, trusted: Set<Int>) {
    self.evidence = evidence
    self.trusted = trusted
    var arrivals: [Int: [OffsetInterval]] = [:]
    for (input, range) in evidence.table.inputs.enumerated() where evidence.isOrdered[input] {
      let around = TrustedNeighbours(table: evidence.table, range: range, trusted: trusted)
      for index in range {
        let mark = evidence.table.marks[index]
        guard mark.ownTime != nil, let before = around.before(index), let after = around.after(index) else { continue }
        if let interval = ArrivalEvidence.interval(
          of: mark,
          between: evidence.table.marks[before],
          and: evidence.table.marks[after],
          index: index
        ) {
          arrivals[mark.source, default: []].append(interval)
        }
      }
    }
    self.arrivals = arrivals
  }

  /// The intervals for a clock's offset: by arrival from the nearest trusted lines, by cause and collector in pairs.
  func intervals(of clock: Int) -> [OffsetInterval] {
    let isSource = clock < evidence.table.sources.count
    let isOrdered = isSource && evidence.isOrdered[evidence.table.inputOfSource[clock]]
    var result = arrivals[clock] ?? []
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
  private let first: Int
  private var earlier: [(Int?, Int?)]
  private var later: [(Int?, Int?)]
  private let table: ClockTable

  init(table: ClockTable, range: Range<Int>, trusted: Set<Int>) {
    self.table = table
    first = range.lowerBound
    earlier = []
    earlier.reserveCapacity(range.count)
    var nearest: (Int?, Int?) = (nil, nil)
    for index in range {
      earlier.append(nearest)
      Self.push(index, table, trusted, &nearest)
    }
    later = []
    later.reserveCapacity(range.count)
    nearest = (nil, nil)
    for index in range.reversed() {
      later.append(nearest)
      Self.push(index, table, trusted, &nearest)
    }
    later.reverse()
  }

  func before(_ index: Int) -> Int? { pick(earlier[index - first], index) }

  func after(_ index: Int) -> Int? { pick(later[index - first], index) }

  private func pick(_ nearest: (Int?, Int?), _ index: Int) -> Int? {
    guard let mark = nearest.0, table.marks[mark].source == table.marks[index].source else { return nearest.0 }
    return nearest.1
  }

  /// Keeps the last mark, and the last one of another source than that.
  private static func push(_ index: Int, _ table: ClockTable, _ trusted: Set<Int>, _ nearest: inout (Int?, Int?)) {
    let mark = table.marks[index]
    guard mark.ownTime != nil, trusted.contains(mark.source) else { return }
    if let last = nearest.0, table.marks[last].source != mark.source { nearest.1 = last }
    nearest.0 = index
  }
}
