import Contract
import Model

extension TimeResolver {
  /// How a lane could lie against the span of the others.
  private struct Placing {
    var offset: Int64
    /// A time near the lane's first mark.
    var start: Int64
    /// How well the lane lies over the span, from 0 to 1.5.
    var fit: Double
    /// How far the ends are apart.
    var endDistance: Int64
  }

  /// Lays the open lanes over the span of what is resolved already: logs of one incident cover the same time.
  mutating func resolveBySpan() -> Bool {
    let open = lanes.indices.filter { lanes[$0].origin == nil }
    var settled = false
    for lane in open {
      guard let span = span(without: lanes[lane].source) ?? span(without: -1) else { continue }
      place(lane, over: span)
      settled = true
    }
    return settled
  }

  /// The span of all resolved times, of other sources if one is given.
  private func span(without source: Int) -> TimeBracket? {
    var span: TimeBracket?
    for mark in table.marks where mark.source != source {
      guard let time = mark.ownTime ?? mark.outerTime else { continue }
      span = span.map { TimeBracket(min($0.lower, time), max($0.upper, time)) } ?? TimeBracket(time, time)
    }
    return span
  }

  private mutating func place(_ index: Int, over span: TimeBracket) {
    let lane = lanes[index]
    let known = lanes.filter { $0.source != lane.source }.compactMap(\.mainOffset)
    let preferred = [0] + known.reduce(into: [Int64]()) { if $0.contains($1) == false, $1 != 0 { $0.append($1) } }
    let isOpen = !lane.printsZone && lane.option == nil
    let offsets = isOpen ? ZoneVotes.zones : [0]
    let duration = duration(of: lane)
    let placings = offsets.map { bestPlacing(of: lane, offset: $0, over: span, lasting: duration) }
    guard var best = placings.first(where: { $0.offset == 0 }) else { return }
    for offset in preferred {
      if let other = placings.first(where: { $0.offset == offset }), other.fit > best.fit + 0.1 { best = other }
    }
    for other in placings where other.fit > best.fit + 0.3 { best = other }
    let rival = placings.filter { abs($0.offset - best.offset) >= 3_600_000 }.map(\.fit).max() ?? 0
    let isTold = best.fit > 0.3 && rival < best.fit * 0.6
    let origin: ZoneOrigin = isTold && !(isAnchorAssumed && best.offset == 0) ? .inferred : .assumed
    if lane.missing == .date, best.fit == 0 || span.upper - span.lower > 36 * 3_600_000 {
      lanes[index].isDateGuessed = true
    }
    settle(index, offsets: [best.offset], origin: origin, brackets: [], startingPoint: best.start)
  }

  /// The date under which a lane in a given zone covers the span best; of equals the one whose end is nearest.
  private func bestPlacing(
    of lane: ClockLane,
    offset: Int64,
    over span: TimeBracket,
    lasting duration: Int64
  ) -> Placing {
    var best: Placing?
    for start in starts(of: lane, offset: offset, over: span) {
      let covered = extent(of: lane, offset: offset, from: start, lasting: duration)
      let placing = Placing(
        offset: offset,
        start: start,
        fit: Self.fit(of: covered, over: span),
        endDistance: abs(covered.upper - span.upper)
      )
      let isBetter = best.map { (placing.fit, -placing.endDistance) > ($0.fit, -$0.endDistance) } ?? true
      if isBetter { best = placing }
    }
    return best ?? Placing(offset: offset, start: span.lower, fit: 0, endDistance: 0)
  }

  /// Half for lying within the span, half for covering it, and half again for ends that meet: logs of one incident
  /// are cut to the same time.
  private static func fit(of covered: TimeBracket, over span: TimeBracket) -> Double {
    let leeway: Int64 = 60_000
    let common = max(0, min(covered.upper, span.upper) - max(covered.lower, span.lower))
    let all = max(covered.upper, span.upper) - min(covered.lower, span.lower)
    let inside = min(covered.upper, span.upper + leeway) - max(covered.lower, span.lower - leeway)
    guard inside >= 0 else { return 0 }
    let shortest = min(covered.upper - covered.lower, span.upper - span.lower + 2 * leeway)
    let contained = min(1, Double(inside + 1) / Double(shortest + 1))
    let distance = abs(covered.lower - span.lower) + abs(covered.upper - span.upper)
    let meets = distance < 600_000 && distance * 20 < all
    return contained / 2 + Double(common) / Double(max(1, all)) / 2 + (meets ? 0.5 : 0)
  }

  private func starts(of lane: ClockLane, offset: Int64, over span: TimeBracket) -> [Int64] {
    let day = CivilTime.millisecondsPerDay
    switch lane.missing {
    case .nothing:
      return [span.lower]
    case .date:
      let days = min(400, (span.upper - span.lower) / day + 3)
      return (0..<days).map { span.upper + day - $0 * day }
    case .year:
      let first = CivilTime(milliseconds: span.lower).year
      let last = CivilTime(milliseconds: span.upper).year
      guard let stamp = lane.marks.first.flatMap({ stamp($0, lane) }) else { return [span.lower] }
      let printed = lane.printsZone ? Int64(stamp.zoneOffset ?? 0) * 1000 : offset
      return (first - 1...max(first, min(last, first + 100)) + 1).map { stamp.wallTime(inYear: $0) - printed }
    }
  }

  /// From the first to the last mark of a lane if it begins near `start`.
  private func extent(of lane: ClockLane, offset: Int64, from start: Int64, lasting duration: Int64) -> TimeBracket {
    guard let first = lane.marks.first.flatMap({ stamp($0, lane) }) else { return TimeBracket(start, start) }
    let printed = lane.printsZone ? Int64(first.zoneOffset ?? 0) * 1000 : offset
    let time = first.wallTime(near: start + printed) - printed
    return TimeBracket(time, time + duration)
  }

  /// Milliseconds from the first to the last mark of a lane, midnights and new years included.
  func duration(of lane: ClockLane) -> Int64 {
    guard let first = lane.marks.first.flatMap({ stamp($0, lane) }) else { return 0 }
    var wall = first.milliseconds
    for mark in lane.marks.dropFirst() {
      if let stamp = stamp(mark, lane) { wall = stamp.wallTime(following: wall) }
    }
    return max(0, wall - first.milliseconds)
  }

  func stamp(_ mark: Int, _ lane: ClockLane) -> Stamp? {
    lane.isOuter ? table.marks[mark].outer : table.marks[mark].own
  }
}
