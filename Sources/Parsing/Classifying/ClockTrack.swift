import CByteScan
import Ingestion
import Model

/// Chooses the lines of a source that are kept as clock readings.
///
/// A reading is kept for the first line, when a clock moved by a second, when it moved by 200 ms and another source spoke in
/// between, and for both lines around a gap of three seconds or more. Zoned, zoneless and collector clocks of a source are
/// looked at apart from each other, since they may be hours apart. The longer a log, the larger the steps, so that
/// the number of readings stays bounded by the logarithm of its length times a constant; where it is known what
/// happens near a line, they are large only where nothing does.
struct ClockTrack {
  /// What becomes of readings where it is known what happens near them; nil where steps double.
  private var calm: CalmReadings?
  /// The last reading of any line.
  private(set) var last: ClockReading?
  private(set) var first: ClockReading?
  private var isLastKept = false
  private var kept = 0
  private var step = shortestStep
  private var zoned = Int64.min
  private var zoneless = Int64.min
  private var outer = Int64.min

  /// The step after a line of another source.
  private var shortStep = shortestShortStep
  private static let shortestShortStep: Int64 = 200
  private static let shortestStep: Int64 = 1000
  private static let gap: Int64 = 3000
  /// Readings after which the step doubles.
  private static let generation = 2048

  init(_ folding: RoutineFolding) {
    calm = folding.readings.map { CalmReadings(window: folding.window, allowance: $0) }
  }

  /// Notes a line that moves its source's clock too little for a reading; false if there may be more to it.
  @inline(__always)
  mutating func isCommon(_ stamp: Stamp?, _ line: LineContext) -> Bool {
    guard let stamp, line.outer == nil, last?.stamp != nil else { return false }
    let base = stamp.zoneOffset == nil ? zoneless : zoned
    guard base != .min, let arrival = last?.arrival else { return false }
    let threshold = line.arrival == arrival &+ 1 ? step : shortStep
    let moved = Int64(truncatingIfNeeded: (stamp.milliseconds &- base).magnitude)
    guard moved >= 0, moved < threshold else { return false }
    last?.stamp = stamp
    last?.outer = nil
    last?.line = line.number
    last?.arrival = line.arrival
    isLastKept = false
    return true
  }

  /// Notes the lines of a run.
  mutating func note(
    _ run: NoiseRun,
    _ lines: Span<noise_line>,
    arrival: Int,
    epoch: Int,
    keep: (ClockReading) -> Void
  ) {
    var next = 0
    while next < lines.count {
      let common = commonLines(lines, from: next, run.head.midnight, arrival: arrival)
      if common > next {
        next = common
        pass(run, lines[next &- 1], next &- 1, arrival)
        continue
      }
      let line = LineContext(
        start: Int(lines[next].start),
        end: Int(lines[next].end),
        source: run.source,
        number: run.number &+ next,
        arrival: arrival &+ next
      )
      note(run.head.midnight.later(by: lines[next]), line, epoch: epoch, keep: keep)
      next &+= 1
    }
  }

  /// Up to which line of a run, from `first` on, each moves the clock too little for a reading.
  @inline(__always)
  private func commonLines(_ lines: Span<noise_line>, from first: Int, _ midnight: Stamp, arrival: Int) -> Int {
    let base = midnight.zoneOffset == nil ? zoneless : zoned
    guard let last, last.stamp != nil, base != .min else { return first }
    var threshold = UInt64(last.arrival &+ 1 == arrival &+ first ? step : shortStep)
    let start = midnight.milliseconds &- base
    var next = first
    while next < lines.count, (start &+ Int64(lines[next].milliseconds)).magnitude < threshold {
      threshold = UInt64(step)
      next &+= 1
    }
    return next
  }

  /// Takes a line of a run for the last one; no reading is kept of it.
  @inline(__always)
  private mutating func pass(_ run: NoiseRun, _ line: noise_line, _ index: Int, _ arrival: Int) {
    last?.stamp = run.head.midnight.later(by: line)
    last?.outer = nil
    last?.line = run.number &+ index
    last?.arrival = arrival &+ index
    isLastKept = false
  }

  /// Notes a line; `keep` is called with each reading that is to be kept, and `epoch` tells of disturbances.
  @inline(never)
  mutating func note(_ stamp: Stamp?, _ line: LineContext, epoch: Int, keep: (ClockReading) -> Void) {
    guard let previous = last else { return begin(stamp, line, epoch: epoch, keep: keep) }
    if stamp == nil, line.outer == nil { return }
    var reading = previous
    reading.line = line.number
    reading.arrival = line.arrival
    reading.stamp = stamp
    reading.outer = line.outer
    if previous.stamp == nil, previous.outer == nil { first = reading }
    let threshold = reading.arrival == previous.arrival &+ 1 ? step : shortStep
    let moved = movement(of: reading)
    if moved >= threshold {
      let isGap = moved >= max(step, Self.gap)
      let isSilence = isGap && calm?.isSilence(moved) ?? true
      if isGap, !isLastKept { keepThis(previous, isEdge: isSilence, epoch, keep) }
      if isSilence { calm?.markEdge() }
      last = reading
      keepThis(reading, isEdge: isSilence, epoch, keep)
    } else {
      last = reading
      isLastKept = false
    }
  }

  /// Notes the source's first line.
  @inline(never)
  private mutating func begin(_ stamp: Stamp?, _ line: LineContext, epoch: Int, keep: (ClockReading) -> Void) {
    let reading = ClockReading(
      source: line.source,
      line: line.number,
      arrival: line.arrival,
      stamp: stamp,
      outer: line.outer
    )
    first = reading
    last = reading
    keepThis(reading, isEdge: true, epoch, keep)
  }

  /// Keeps the last reading where steps have become so large that the end of a log would be missed without, and what
  /// waits.
  mutating func finish(epoch: Int, keep: (ClockReading) -> Void) {
    if step > Self.shortestStep, !isLastKept, let last { keepThis(last, isEdge: true, epoch, keep) }
    calm?.release(keep)
  }

  /// Makes the steps as short as at the beginning: the readings kept so far were given up.
  mutating func restart() {
    kept = 0
    step = Self.shortestStep
    shortStep = Self.shortestShortStep
    calm?.restart()
  }

  /// How far the line's clocks are from the last kept reading, in milliseconds.
  @inline(__always)
  private func movement(of reading: ClockReading) -> Int64 {
    var moved: Int64 = 0
    if let stamp = reading.stamp {
      let base = stamp.zoneOffset == nil ? zoneless : zoned
      moved = base == .min ? .max : Int64(truncatingIfNeeded: (stamp.milliseconds &- base).magnitude)
    }
    if let stamp = reading.outer {
      let distance = outer == .min ? .max : Int64(truncatingIfNeeded: (stamp.milliseconds &- outer).magnitude)
      moved = max(moved, distance)
    }
    return moved < 0 ? .max : moved
  }

  @inline(never)
  private mutating func keepThis(
    _ reading: ClockReading,
    isEdge: Bool,
    _ epoch: Int,
    _ keep: (ClockReading) -> Void
  ) {
    if let stamp = reading.stamp {
      if stamp.zoneOffset == nil { zoneless = stamp.milliseconds } else { zoned = stamp.milliseconds }
    }
    if let stamp = reading.outer { outer = stamp.milliseconds }
    let followsOthers = !isLastKept
    isLastKept = true
    var reading = reading
    reading.followsOthers = followsOthers
    guard calm == nil else {
      calm?.take(reading, isEdge: isEdge, epoch: epoch, keep)
      return
    }
    kept += 1
    if kept % Self.generation == 0, step < 1 << 40 {
      step *= 2
      shortStep *= 2
    }
    keep(reading)
  }
}

extension Stamp {
  /// What a line prints on a day that begins with this stamp.
  @inline(__always)
  fileprivate func later(by line: noise_line) -> Stamp {
    var stamp = self
    stamp.milliseconds &+= Int64(line.milliseconds)
    return stamp
  }
}
