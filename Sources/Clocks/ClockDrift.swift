import Model

/// How a clock that runs too fast or too slow moves away from the others.
struct ClockDrift: Hashable {
  /// Milliseconds that the clock gains in a millisecond.
  var rate: Double
  /// The printed time at which the clock is ahead by just its segment's estimate.
  var middle: Int64
  /// Half of the time that the observations span.
  var halfSpan: Int64

  /// What the clock has gained at a printed time since `middle`.
  func gain(at time: Int64) -> Int64 { Int64((Double(time - middle) * rate).rounded()) }

  /// What it gains from `middle` until the end of what was observed, without the sign.
  var largestGain: Int64 { Int64((Double(halfSpan) * rate.magnitude).rounded()) }

  /// The observation as a steady clock would have given it.
  func removed(from interval: OffsetInterval, at time: Int64) -> OffsetInterval {
    let gain = gain(at: time)
    return interval.shifted(from: -gain, to: -gain)
  }
}

extension ClockDrift {
  /// Less gain over all that was observed changes no order of lines.
  private static let smallestGain: Int64 = 1000
  /// A clock that gains more than this was set, again and again, or is no clock.
  private static let largestRate = 0.05
  private static let chunkCount = 8
  private static let smallestChunk = 5

  /// The steady drift that the observations suggest; nil where they suggest none.
  ///
  /// The slope is the median of those between the parts of the log, which some late lines do not move; it is taken
  /// twice, as a part has one offset only once the first drift is removed.
  ///
  /// - Parameters:
  ///   - intervals: what is known of the clock, in order of arrival.
  ///   - time: the printed time of a mark.
  init?(_ intervals: [OffsetInterval], time: (Int) -> Int64?) {
    let told = intervals.compactMap { interval -> (time: Int64, interval: OffsetInterval)? in
      guard interval.isTwoSided, let time = time(interval.mark) else { return nil }
      return (time, interval)
    }
    guard told.count >= Self.chunkCount * Self.smallestChunk, let first = told.map(\.time).min(),
      let last = told.map(\.time).max(), last > first
    else { return nil }
    self.init(rate: 0, middle: first + (last - first) / 2, halfSpan: (last - first) / 2)
    for _ in 0..<2 {
      let steady = told.map { (time: $0.time, interval: removed(from: $0.interval, at: $0.time)) }
      guard let slope = Self.slope(of: steady) else { return nil }
      rate += slope
      // Beyond that a gain may be larger than any time.
      guard rate.magnitude <= Self.largestRate else { return nil }
    }
    guard largestGain * 2 >= Self.smallestGain else { return nil }
  }

  /// The median slope between equal parts of the log.
  private static func slope(of told: [(time: Int64, interval: OffsetInterval)]) -> Double? {
    let size = told.count / chunkCount
    let points = (0..<chunkCount).compactMap { chunk -> (time: Int64, offset: Int64)? in
      let part = told[(chunk * size)..<((chunk + 1) * size)]
      return OffsetMode(part.map(\.interval)).map { (part[part.startIndex + size / 2].time, $0.estimate) }
    }
    let slopes = points.indices.flatMap { first in
      points[(first + 1)...].compactMap { second -> Double? in
        let time = second.time - points[first].time
        return time > 0 ? Double(second.offset - points[first].offset) / Double(time) : nil
      }
    }
    return slopes.isEmpty ? nil : slopes.sorted()[slopes.count / 2]
  }
}
