import Model

/// Puts every mark on the time axis: stamped lines as precisely as they allow, others between their neighbours.
struct Placement {
  typealias Time = CorrectedTimes.Time

  /// How far a line may arrive behind its stamp, in milliseconds, before arrival narrows nothing any more.
  private static let slack: Int64 = 300

  let table: ClockTable
  let isOrdered: [Bool]
  let partners: [Int?]
  private(set) var times: [Time?]

  init(table: ClockTable, corrected: CorrectedTimes, isOrdered: [Bool], partners: [Int?]) {
    self.table = table
    self.isOrdered = isOrdered
    self.partners = partners
    times = zip(corrected.own, corrected.outer).map { own, outer in
      own ?? outer.map { Time(at: $0.at, earliest: $0.earliest - Self.slack, latest: $0.latest) }
    }
    refineCoarseTimes(corrected)
  }

  /// Records where a mark without a time of its own was put.
  mutating func place(_ mark: Int, at time: Time) {
    times[mark] = time
  }

  // MARK: Whole seconds

  private mutating func refineCoarseTimes(_ corrected: CorrectedTimes) {
    let fine = zip(corrected.own, corrected.outer).map { own, outer -> Int64? in
      if let own, own.isFine { return own.at }
      return outer.flatMap { $0.isFine ? $0.at : nil }
    }
    let keyCount = table.inputs.count + table.sources.count
    let neighbours = FineNeighbours(table: table, fine: fine, keyCount: keyCount) { mark in
      isOrdered[mark.input] ? mark.input : table.inputs.count + mark.source
    }
    for index in table.marks.indices {
      // A line without a time of its own is placed by its collector's, which may have whole seconds as well.
      let mark = table.marks[index]
      let width = corrected.own[index] != nil ? mark.ownWidth : mark.outerWidth
      guard let coarse = corrected.own[index] ?? corrected.outer[index], !coarse.isFine, width >= 900 else { continue }
      if let outer = corrected.outer[index], outer.isFine {
        times[index] = Self.narrowed(coarse, from: outer.at - Self.slack, to: outer.at + 5, best: outer.at)
      } else if !isOrdered[table.marks[index].input] || table.inputs.count > 1,
        let partner = partners[index], let time = fine[partner]
      {
        times[index] = Self.narrowed(coarse, from: time - Self.slack, to: time + Self.slack, best: time)
      } else {
        times[index] = Self.narrowed(coarse, by: neighbours, at: index)
      }
    }
  }

  private static func narrowed(_ coarse: Time, by neighbours: FineNeighbours, at index: Int) -> Time {
    let range = coarse.at...(coarse.at + 999)
    let before = neighbours.before[index]
    let after = neighbours.after[index]
    var best = coarse.at
    if let nearest = neighbours.nearestBefore[index], range.contains(nearest) {
      best = nearest
    } else if let nearest = neighbours.nearestAfter[index], range.contains(nearest) {
      best = nearest
    }
    return narrowed(coarse, from: before.map { $0 - slack }, to: after.map { $0 + slack }, best: best)
  }

  /// The part of an interval between two bounds; the interval itself if the bounds contradict it.
  private static func narrowed(_ time: Time, from: Int64?, to: Int64?, best: Int64) -> Time {
    let earliest = max(time.earliest, from ?? time.earliest)
    let latest = min(time.latest, to ?? time.latest)
    guard earliest <= latest else { return time }
    return Time(at: min(max(best, earliest), latest), earliest: earliest, latest: latest)
  }
}

/// The times with milliseconds next to each mark in arrival order.
private struct FineNeighbours {
  private(set) var nearestBefore: [Int64?]
  private(set) var nearestAfter: [Int64?]
  /// The later of the two last times before.
  private(set) var before: [Int64?]
  /// The first time after; if that runs back, which tells of a late line, the later of the first two.
  private(set) var after: [Int64?]

  init(table: ClockTable, fine: [Int64?], keyCount: Int, key: (Mark) -> Int) {
    let count = table.marks.count
    nearestBefore = Array(repeating: nil, count: count)
    nearestAfter = nearestBefore
    before = nearestBefore
    after = nearestBefore
    var last = [(nearest: Int64, second: Int64?)?](repeating: nil, count: keyCount)
    for index in 0..<count {
      let key = key(table.marks[index])
      if let found = last[key] {
        nearestBefore[index] = found.nearest
        before[index] = max(found.nearest, found.second ?? found.nearest)
      }
      if let time = fine[index] { last[key] = (time, last[key]?.nearest) }
    }
    last = Array(repeating: nil, count: keyCount)
    for index in (0..<count).reversed() {
      let key = key(table.marks[index])
      if let found = last[key] {
        nearestAfter[index] = found.nearest
        let runsBack = found.nearest < before[index] ?? found.nearest
        after[index] = runsBack ? max(found.nearest, found.second ?? found.nearest) : found.nearest
      }
      if let time = fine[index] { last[key] = (time, last[key]?.nearest) }
    }
  }
}
