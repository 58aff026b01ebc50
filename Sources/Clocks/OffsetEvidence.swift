import Model

/// What lines of different clocks say about each other, pair by pair.
///
/// The clocks are numbered: first the sources, then for each input its collector, which stamps the lines of all its
/// sources with one clock (Docker's daemon, the journal's host).
struct OffsetEvidence {
  /// A pair of clocks, the lower number first.
  struct Pair: Hashable, Comparable {
    var first: Int
    var second: Int

    static func < (left: Pair, right: Pair) -> Bool {
      (left.first, left.second) < (right.first, right.second)
    }
  }

  let table: ClockTable
  /// Whether the collector of an input is one clock.
  let hasCollector: [Bool]
  /// Whether the order of an input's lines is the order in which they were written.
  let isOrdered: [Bool]
  /// What is allowed for the second clock's offset less the first one's.
  private(set) var intervals: [Pair: [OffsetInterval]] = [:]
  private var pairsOfClock: [Int: [Pair]] = [:]

  /// The pairs that a clock is part of, in order.
  func pairs(of clock: Int) -> [Pair] { pairsOfClock[clock] ?? [] }

  var clockCount: Int { table.sources.count + table.inputs.count }

  func collector(ofInput input: Int) -> Int { table.sources.count + input }

  init(table: ClockTable, causes: [CausalPair]) {
    self.table = table
    var arrivals = ArrivalEvidence(table: table)
    arrivals.collect()
    isOrdered = arrivals.isOrdered
    hasCollector = table.inputs.indices.map { Self.isOneClock(input: $0, table: table) }
    for (pair, found) in arrivals.intervals where isOrdered[table.inputOfSource[pair.first]] {
      intervals[pair, default: []] += found
    }
    for cause in causes {
      guard let interval = cause.offsetInterval(in: table) else { continue }
      add(interval, of: table.marks[cause.later].source, lessThatOf: table.marks[cause.earlier].source)
    }
    for (index, mark) in table.marks.enumerated() where hasCollector[mark.input] {
      guard let interval = Self.collected(mark, index) else { continue }
      add(interval, of: mark.source, lessThatOf: collector(ofInput: mark.input))
    }
    for pair in intervals.keys.sorted() {
      pairsOfClock[pair.first, default: []].append(pair)
      pairsOfClock[pair.second, default: []].append(pair)
    }
  }

  private mutating func add(_ interval: OffsetInterval, of clock: Int, lessThatOf other: Int) {
    guard clock != other else { return }
    if other < clock {
      intervals[Pair(first: other, second: clock), default: []].append(interval)
    } else {
      intervals[Pair(first: clock, second: other), default: []].append(interval.reversed)
    }
  }

  /// A line is collected at once after it was written, hardly ever two seconds later.
  static func collected(_ mark: Mark, _ index: Int) -> OffsetInterval? {
    guard let own = mark.ownTime, let outer = mark.outerTime else { return nil }
    return OffsetInterval(
      lower: own - outer - mark.outerWidth - 5,
      upper: own + mark.ownWidth - outer + 150,
      mark: index
    )
  }

  /// Whether the collector's stamps of an input come from one clock: Docker's do, others if they never run backwards.
  private static func isOneClock(input: Int, table: ClockTable) -> Bool {
    var last: Int64?
    var count = 0
    var backwards = 0
    var docker = false
    for mark in table.marks[table.inputs[input]] {
      guard let outer = mark.outerTime else { continue }
      if let last, outer < last - 50 { backwards += 1 }
      last = max(last ?? outer, outer)
      count += 1
      switch table.sources[mark.source].framing {
      case .composeTimestamps, .dockerTimestamps, .dockerJSON: docker = true
      default: break
      }
    }
    return count > 0 && (docker || backwards * 20 <= count)
  }
}
