/// What one observation allows for a clock's offset, in milliseconds that the clock is ahead.
struct OffsetInterval: Hashable {
  /// Stands for "no bound"; far beyond any time, and safe to add to.
  static let unbounded: Int64 = 4_000_000_000_000_000

  var lower: Int64
  var upper: Int64
  /// How much the observation counts.
  var weight = 1
  /// The mark that it was made at, for the order of observations.
  var mark = 0

  var isTwoSided: Bool { lower > -Self.unbounded && upper < Self.unbounded }

  /// The same observation seen from the other clock.
  var reversed: OffsetInterval {
    OffsetInterval(lower: -upper, upper: -lower, weight: weight, mark: mark)
  }

  /// The same observation where the other clock is itself ahead by something between two bounds.
  func shifted(from least: Int64, to most: Int64) -> OffsetInterval {
    var copy = self
    copy.lower = max(-Self.unbounded, lower > -Self.unbounded ? lower + least : lower)
    copy.upper = min(Self.unbounded, upper < Self.unbounded ? upper + most : upper)
    return copy
  }

  func contains(_ offset: Int64, slack: Int64 = 0) -> Bool {
    lower - slack <= offset && offset <= upper + slack
  }
}

/// An offset that many observations agree on.
struct OffsetMode: Hashable {
  var lower: Int64
  var upper: Int64
  var estimate: Int64
  /// The weight of the observations that agree.
  var depth: Int

  /// Where most observations overlap, or nil without any.
  ///
  /// The bounds take in every offset that nearly as many observations allow, so that a few late lines do not cut the
  /// truth off.
  init?(_ intervals: [OffsetInterval]) {
    let edges = OffsetEdge.sorted(intervals)
    guard !edges.isEmpty else { return nil }
    var depths: [(from: Int64, depth: Int)] = []
    depths.reserveCapacity(edges.count)
    var depth = 0
    for edge in edges {
      depth += edge.change
      if depths.last?.from == edge.at {
        depths[depths.count - 1].depth = depth
      } else {
        depths.append((edge.at, depth))
      }
    }
    guard let best = Self.deepest(depths) else { return nil }
    let peak = depths[best].depth
    let enough = peak - peak * 15 / 100
    var first = best
    while first > 0, depths[first - 1].depth >= enough { first -= 1 }
    var last = best
    while last + 1 < depths.count, depths[last + 1].depth >= enough { last += 1 }
    lower = depths[first].from
    upper = last + 1 < depths.count ? depths[last + 1].from - 1 : depths[last].from
    self.depth = peak
    let end = best + 1 < depths.count ? depths[best + 1].from - 1 : depths[best].from
    estimate = Self.center(depths[best].from, end)
  }

  /// The index of the deepest stretch; of equals the one nearest to no offset at all.
  private static func deepest(_ depths: [(from: Int64, depth: Int)]) -> Int? {
    var best: (index: Int, depth: Int, distance: Int64)?
    for index in depths.indices where depths[index].depth > 0 {
      let end = index + 1 < depths.count ? depths[index + 1].from - 1 : depths[index].from
      let distance = depths[index].from > 0 ? depths[index].from : end < 0 ? -end : 0
      let depth = depths[index].depth
      if best.map({ (depth, -distance) > ($0.depth, -$0.distance) }) ?? true { best = (index, depth, distance) }
    }
    return best?.index
  }

  /// The middle, or the bounded end nearest to zero.
  private static func center(_ lower: Int64, _ upper: Int64) -> Int64 {
    if lower > -OffsetInterval.unbounded, upper < OffsetInterval.unbounded { return lower + (upper - lower) / 2 }
    return lower > 0 ? lower : upper < 0 ? upper : 0
  }
}

/// Where an interval begins or ends, as one number, so that sorting them compares nothing else.
private struct OffsetEdge {
  private var code: Int64

  /// Weights beyond this count as this much.
  private static let heaviest = 100

  private init(at: Int64, change: Int) {
    code = (at << 8) + Int64(change + 128)
  }

  var at: Int64 { code >> 8 }
  var change: Int { Int(code & 0xFF) - 128 }

  /// The edges of all intervals in order; of those at one place the ends come first.
  static func sorted(_ intervals: [OffsetInterval]) -> [OffsetEdge] {
    var codes: [Int64] = []
    codes.reserveCapacity(intervals.count * 2)
    for interval in intervals where interval.lower <= interval.upper {
      let weight = min(interval.weight, heaviest)
      codes.append(OffsetEdge(at: interval.lower, change: weight).code)
      // An interval contains its upper end.
      codes.append(OffsetEdge(at: interval.upper + 1, change: -weight).code)
    }
    codes.sort(byNumber: { $0 })
    return codes.map { OffsetEdge(code: $0) }
  }

  private init(code: Int64) {
    self.code = code
  }
}

extension OffsetMode {
  /// How far a line may arrive behind its stamp before it counts against an offset.
  static let slack: Int64 = 500

  /// The offsets that the observations agree on, strongest first: more than one where a clock was set, or where
  /// a source's lines come from two clocks.
  static func modes(of intervals: [OffsetInterval]) -> [OffsetMode] {
    var rest = intervals
    var modes: [OffsetMode] = []
    while modes.count < 4, let mode = OffsetMode(rest) {
      if !modes.isEmpty {
        let isApart = modes.allSatisfy { abs($0.estimate - mode.estimate) > 1000 }
        if !isApart || mode.depth < 3 { break }
      }
      modes.append(mode)
      let remaining = rest.filter { !$0.contains(mode.estimate, slack: slack) }
      if remaining.count == rest.count { break }
      rest = remaining
    }
    return modes
  }
}
