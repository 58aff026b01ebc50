import Model

/// What was found out about one clock, in milliseconds that it is ahead of the reference.
struct ClockOffset {
  /// A stretch of a source's lines during which its clock was not set.
  struct Segment: Hashable {
    /// The first mark of the stretch.
    var firstMark: Int
    var lower: Int64
    var upper: Int64
    var estimate: Int64
    /// Whether the estimate is certain and large enough to correct times by.
    var isSignificant: Bool
    /// How many observations the stretch rests on.
    var observations: Int
    /// How the clock moved away in the stretch; nil if it ran as fast as the others.
    var drift: ClockDrift?

    /// By how much times are corrected in the middle of the stretch.
    var correction: Int64 { isSignificant ? estimate : 0 }

    /// By how much the clock is ahead when it prints a time.
    func estimate(at time: Int64) -> Int64 { estimate + (drift?.gain(at: time) ?? 0) }
  }

  var isReference = false
  /// In order; empty where nothing bounds the clock.
  var segments: [Segment] = []

  /// The stretch that rests on most observations.
  var main: Segment? {
    segments.max { ($0.observations, $1.firstMark) < ($1.observations, $0.firstMark) }
  }

  /// The stretch that a mark lies in.
  func segment(at mark: Int) -> Segment? {
    segments.last { $0.firstMark <= mark } ?? segments.first
  }
}

extension ClockOffset.Segment {
  /// Judges an offset on which observations agree.
  ///
  /// A single late line, or a handful of lines that their sender had queued, must not look like a clock that is
  /// behind: an offset counts if it is larger than its uncertainty, at least half a second, and well attested.
  init(firstMark: Int, mode: OffsetMode, observations: Int, drift: ClockDrift? = nil) {
    self.firstMark = firstMark
    self.observations = observations
    self.drift = drift
    let excludesZero = mode.lower > 0 || mode.upper < 0
    let isAttested = mode.depth >= 10 || mode.depth >= 3 && mode.estimate.magnitude >= 2500
    isSignificant = (excludesZero && mode.estimate.magnitude >= 500 || drift != nil) && isAttested
    estimate = mode.estimate
    lower = isSignificant ? mode.lower : min(0, mode.lower)
    upper = isSignificant ? mode.upper : max(0, mode.upper)
  }
}

extension ClockOffset {
  /// What it costs to believe that a clock was set, in observations that would otherwise be left unexplained.
  private static let stepCost = 4
  private static let smallestSegment = 8

  /// Splits a clock's observations where the clock was set, or finds the drift that explains them as well.
  ///
  /// - Parameters:
  ///   - intervals: in any order.
  ///   - time: the printed time of a mark.
  /// - Returns: the stretches in order.
  static func segments(of intervals: [OffsetInterval], time: (Int) -> Int64?) -> [Segment] {
    let sorted = intervals.sorted { ($0.mark, $0.lower, $0.upper) < ($1.mark, $1.lower, $1.upper) }
    let steps = steps(in: sorted)
    let unexplained = unexplained(sorted, by: steps, time: time)
    // A clock that neither was set nor leaves more than late lines unexplained runs steadily.
    guard steps.count > 1 || unexplained * 10 > sorted.count,
      let drifting = drifting(sorted, time: time)
    else { return steps }
    let rest = self.unexplained(sorted, by: [drifting], time: time)
    let isBetter = steps.count > 2 ? rest <= unexplained : rest * 2 < unexplained
    return isBetter && rest * 5 <= sorted.count ? [drifting] : steps
  }

  /// How many observations contradict the offsets by more than a line's delay.
  private static func unexplained(_ intervals: [OffsetInterval], by segments: [Segment], time: (Int) -> Int64?) -> Int {
    let offset = ClockOffset(segments: segments)
    return intervals.count { interval in
      guard let segment = offset.segment(at: interval.mark) else { return true }
      let estimate = time(interval.mark).map { segment.estimate(at: $0) } ?? segment.estimate
      return !interval.contains(estimate, slack: OffsetMode.slack)
    }
  }

  /// All observations as those of one clock that drifts.
  private static func drifting(_ sorted: [OffsetInterval], time: (Int) -> Int64?) -> Segment? {
    guard let first = sorted.first?.mark, let drift = ClockDrift(sorted, time: time) else { return nil }
    let steady = sorted.map { interval in
      time(interval.mark).map { drift.removed(from: interval, at: $0) } ?? interval
    }
    return OffsetMode(steady).map { Segment(firstMark: first, mode: $0, observations: sorted.count, drift: drift) }
  }

  /// The offsets of a clock that was set now and then, observations in order of arrival.
  private static func steps(in sorted: [OffsetInterval]) -> [Segment] {
    let modes = OffsetMode.modes(of: sorted)
    guard let first = modes.first, let start = sorted.first?.mark else { return [] }
    let whole = [Segment(firstMark: start, mode: first, observations: sorted.count)]
    guard modes.count > 1 else { return whole }
    let runs = runs(of: path(sorted, through: modes))
    guard runs.count > 1, runs.count <= 8, runs.allSatisfy({ $0.count >= smallestSegment }) else { return whole }
    let segments = runs.compactMap { run in
      OffsetMode(Array(sorted[run])).map { mode in
        Segment(firstMark: sorted[run.lowerBound].mark, mode: mode, observations: run.count)
      }
    }
    let isStepped = zip(segments, segments.dropFirst()).allSatisfy { abs($0.estimate - $1.estimate) > 1000 }
    return isStepped && !comesBackLate(segments) ? segments : whole
  }

  /// The cheapest assignment of observations to offsets, where changing costs (a Viterbi path).
  private static func path(_ intervals: [OffsetInterval], through modes: [OffsetMode]) -> [Int] {
    var costs = [Int](repeating: 0, count: modes.count)
    var origins: [[Int]] = []
    origins.reserveCapacity(intervals.count)
    for interval in intervals {
      let cheapest = costs.indices.min { costs[$0] < costs[$1] } ?? 0
      var next = costs
      var origin = Array(modes.indices)
      for mode in modes.indices {
        if costs[cheapest] + stepCost < costs[mode] {
          next[mode] = costs[cheapest] + stepCost
          origin[mode] = cheapest
        }
        if !interval.contains(modes[mode].estimate, slack: OffsetMode.slack) { next[mode] += interval.weight }
      }
      costs = next
      origins.append(origin)
    }
    var mode = costs.indices.min { costs[$0] < costs[$1] } ?? 0
    var path = [Int](repeating: 0, count: intervals.count)
    for index in intervals.indices.reversed() {
      path[index] = mode
      mode = origins[index][mode]
    }
    return path
  }

  private static func runs(of path: [Int]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for index in path.indices {
      if let last = runs.last, path[last.lowerBound] == path[index] {
        runs[runs.count - 1] = last.lowerBound..<(index + 1)
      } else {
        runs.append(index..<(index + 1))
      }
    }
    return runs
  }

  /// A sender that was blocked for a while prints queued lines: its clock seems behind, and is right again after.
  private static func comesBackLate(_ segments: [Segment]) -> Bool {
    guard segments.count >= 3 else { return false }
    return zip(zip(segments, segments.dropFirst()), segments.dropFirst(2)).contains { pair, after in
      let (before, middle) = pair
      return abs(before.estimate - after.estimate) < 1000 && (0...3000).contains(before.estimate - middle.estimate)
    }
  }
}
