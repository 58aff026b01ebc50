import Model

/// A line that bears on time: an event, a reading, or both.
struct Mark {
  var source: Int
  /// Dense index of the input in reading order.
  var input: Int
  var arrival: Int
  /// Index into the events; nil for a line that is only a reading.
  var event: Int?
  var own: Stamp?
  var outer: Stamp?
  var isReading = false
  /// Whether the source had lines since its reading before.
  var followsOthers = false
  /// The component's time in milliseconds once date and zone are known; the clock's offset is still in it.
  var ownTime: Int64?
  /// The collector's time likewise.
  var outerTime: Int64?

  /// How far the true time may lie after `ownTime`, for want of digits.
  var ownWidth: Int64 { Self.width(of: own) }

  /// How far the true time may lie after `outerTime`, for want of digits.
  var outerWidth: Int64 { Self.width(of: outer) }

  private static func width(of stamp: Stamp?) -> Int64 {
    Int64(max(1, min(stamp?.resolution ?? 1, 60_000))) - 1
  }
}

/// All marks in the order of arrival, input by input.
struct ClockTable {
  var marks: [Mark]
  /// The marks of each input.
  let inputs: [Range<Int>]
  let sources: [Source]
  let inputOfSource: [Int]

  init(events: [Event], readings: [ClockReading], sources: [Source]) {
    self.sources = sources
    let inputNumbers = Set(sources.map(\.input)).sorted()
    let dense = Dictionary(uniqueKeysWithValues: inputNumbers.enumerated().map { ($1, $0) })
    let inputOfSource = sources.map { dense[$0.input] ?? 0 }
    self.inputOfSource = inputOfSource
    func mark(_ source: SourceID, _ arrival: Int, _ own: Stamp?, _ outer: Stamp?, event: Int?) -> Mark {
      let index = max(0, min(source.index, sources.count - 1))
      let input = inputOfSource.indices.contains(index) ? inputOfSource[index] : 0
      return Mark(
        source: index,
        input: input,
        arrival: arrival,
        event: event,
        own: ClockTable.plausible(own),
        outer: ClockTable.plausible(outer)
      )
    }
    let order = MarkOrder.sorted(events: events, readings: readings, inputs: inputOfSource)
    var marks: [Mark] = []
    marks.reserveCapacity(order.count)
    for place in order {
      if let index = place.event {
        // Read at its place: a copy of an event would touch what it shares.
        marks.append(
          mark(events[index].source, events[index].arrival, events[index].stamp, events[index].outer, event: index)
        )
      } else {
        let reading = readings[place.index]
        var mark = mark(reading.source, reading.arrival, reading.stamp, reading.outer, event: nil)
        mark.isReading = true
        mark.followsOthers = reading.followsOthers
        marks.append(mark)
      }
    }
    self.marks = Self.withoutRepeatedReadings(marks)
    inputs = Self.ranges(of: self.marks, count: max(1, inputNumbers.count))
  }

  /// Joins readings of lines that are events as well with those.
  private static func withoutRepeatedReadings(_ sorted: [Mark]) -> [Mark] {
    var kept: [Mark] = []
    kept.reserveCapacity(sorted.count)
    for mark in sorted {
      if mark.event == nil, let last = kept.last, last.arrival == mark.arrival, last.source == mark.source {
        kept[kept.count - 1].isReading = true
        kept[kept.count - 1].followsOthers = mark.followsOthers
        continue
      }
      kept.append(mark)
    }
    return kept
  }

  private static func ranges(of marks: [Mark], count: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for input in 0..<count {
      var end = start
      while end < marks.count, marks[end].input == input { end += 1 }
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }

  /// The stamp, unless its digits make no time that a log could have; an offset beyond reason is dropped.
  private static func plausible(_ stamp: Stamp?) -> Stamp? {
    guard var stamp, stamp.milliseconds.magnitude < 400_000_000_000_000 else { return nil }
    if let zone = stamp.zoneOffset, zone.magnitude > 64_800 { stamp.zoneOffset = nil }
    return stamp
  }
}

/// Where a mark comes from, and all that its place among the others depends on: little enough to be moved around.
private struct MarkOrder {
  var input: Int
  /// The arrival, doubled: an odd number is a reading's, which comes after the events of the same line.
  var place: Int
  /// Position among the events, or among the readings.
  var index: Int

  var isReading: Bool { place & 1 == 1 }

  var event: Int? { isReading ? nil : index }

  /// Events and readings by input and arrival; events before readings of the same line.
  static func sorted(events: [Event], readings: [ClockReading], inputs: [Int]) -> [MarkOrder] {
    func input(_ source: SourceID) -> Int {
      let index = max(0, min(source.index, inputs.count - 1))
      return inputs.indices.contains(index) ? inputs[index] : 0
    }
    var order: [MarkOrder] = []
    order.reserveCapacity(events.count + readings.count)
    for index in events.indices {
      order.append(MarkOrder(input: input(events[index].source), place: events[index].arrival &* 2, index: index))
    }
    for index in readings.indices {
      let reading = readings[index]
      order.append(MarkOrder(input: input(reading.source), place: reading.arrival &* 2 &+ 1, index: index))
    }
    order.sort(byNumber: { Int64($0.place) })
    order.sort(byNumber: { Int64($0.input) })
    return order
  }
}
