import Model

/// The times of all marks on the one axis that all clocks share, in milliseconds.
struct CorrectedTimes {
  /// A time with the room that its digits and its clock leave.
  struct Time: Hashable {
    var at: Int64
    var earliest: Int64
    var latest: Int64

    /// Whether the digits tell milliseconds.
    var isFine: Bool { latest - earliest < 900 }
  }

  /// By the component's own stamp.
  private(set) var own: [Time?]
  /// By the collector's.
  private(set) var outer: [Time?]

  init(table: ClockTable, evidence: OffsetEvidence, offsets: [ClockOffset]) {
    own = []
    outer = []
    own.reserveCapacity(table.marks.count)
    outer.reserveCapacity(table.marks.count)
    for (index, mark) in table.marks.enumerated() {
      let source = offsets[mark.source].segment(at: index)
      own.append(mark.ownTime.map { Self.time($0, width: mark.ownWidth, segment: source) })
      let collector =
        evidence.hasCollector[mark.input]
        ? offsets[evidence.collector(ofInput: mark.input)].segment(at: index) : source
      outer.append(mark.outerTime.map { Self.time($0, width: mark.outerWidth, segment: collector) })
    }
    for (input, range) in table.inputs.enumerated() where evidence.isOrdered[input] {
      leaveRightLines(in: range, table: table, offsets: offsets)
      let future = FutureLines(table: table, range: range, times: own)
      for (index, time) in future.corrections { own[index] = time }
    }
  }

  private static func time(_ time: Int64, width: Int64, segment: ClockOffset.Segment?) -> Time {
    guard let segment, segment.isSignificant else { return Time(at: time, earliest: time, latest: time + width) }
    let at = time - segment.estimate(at: time)
    // An offset whose other side nothing bounds says no more than its estimate.
    let before = segment.upper < OffsetInterval.unbounded / 2 ? segment.upper - segment.estimate : 0
    let after = segment.lower > -OffsetInterval.unbounded / 2 ? segment.estimate - segment.lower : 0
    return Time(at: at, earliest: at - before, latest: at + after + width)
  }

  /// Takes the correction back for lines that fit their surroundings without it only.
  ///
  /// One source may print from two clocks: a container's processes of which only some see a shifted time.
  private mutating func leaveRightLines(in range: Range<Int>, table: ClockTable, offsets: [ClockOffset]) {
    let isCorrected = offsets.map { $0.segments.contains(where: \.isSignificant) }
    guard range.contains(where: { isCorrected[table.marks[$0].source] }) else { return }
    let following = nextRightTimes(in: range, table: table, isCorrected: isCorrected)
    var latestRight: Int64?
    var latestOfSource: [Int: Int64] = [:]
    for index in range {
      let mark = table.marks[index]
      guard let time = own[index], let printed = mark.ownTime else { continue }
      guard isCorrected[mark.source] else {
        latestRight = time.at
        continue
      }
      let from = [latestRight, latestOfSource[mark.source]].compactMap { $0 }.max().map { $0 - 2200 }
      let to = following[index - range.lowerBound].map { $0 + 500 }
      func fits(_ time: Int64) -> Bool { time + mark.ownWidth >= from ?? time && time <= to ?? time }
      if !fits(time.at), fits(printed) {
        own[index] = Time(at: printed, earliest: printed, latest: printed + mark.ownWidth)
      }
      latestOfSource[mark.source] = own[index]?.at
    }
  }

  /// For each mark of the range the time of the next one whose clock is right, its width included.
  private func nextRightTimes(in range: Range<Int>, table: ClockTable, isCorrected: [Bool]) -> [Int64?] {
    var result = [Int64?](repeating: nil, count: range.count)
    var next: Int64?
    for index in range.reversed() {
      result[index - range.lowerBound] = next
      if let time = own[index], !isCorrected[table.marks[index].source] { next = time.latest }
    }
    return result
  }
}
