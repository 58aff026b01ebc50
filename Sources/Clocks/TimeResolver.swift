import Contract
import Model

/// Gives every stamp its full date and its zone, so that stamps of different lines can be compared.
///
/// What a line leaves out is taken from the best witness: the other stamp of the same line, other lines of the same
/// source, the line's neighbours in its input, the same happening in another log, the span of the other logs. Lines
/// that were completed are witnesses in turn.
struct TimeResolver {
  var table: ClockTable
  var lanes: [ClockLane]
  var warnings: [String] = []
  /// For each mark the mark of another source that tells of the same happening.
  let partners: [Int?]
  let hasPartners: Bool
  let sameInstants: [CausalPair]
  let options: ClockOptions
  /// By how much clocks are ahead, as far as lines with full times tell; numbered as in `OffsetEvidence`.
  var corrections: [Int64]
  /// Whether what was resolved rests on nothing but an assumption.
  var isAnchorAssumed = false

  init(table: ClockTable, partners: [Int?], sameInstants: [CausalPair], options: ClockOptions) {
    self.table = table
    self.partners = partners
    hasPartners = partners.contains { $0 != nil }
    self.sameInstants = sameInstants
    corrections = Array(repeating: 0, count: table.sources.count + table.inputs.count)
    self.options = options
    lanes = table.lanes()
  }

  /// Resolves all lanes.
  mutating func resolve() {
    readOptions()
    for lane in lanes.indices where lanes[lane].missing == .nothing {
      if lanes[lane].printsZone {
        settle(lane, offsets: [], origin: .explicit, brackets: [])
      } else if lanes[lane].option != nil {
        settle(lane, offsets: [], origin: .option, brackets: [])
      }
    }
    if lanes.contains(where: { $0.origin == nil }), lanes.contains(where: { $0.origin != nil }) { compareFullTimes() }
    while lanes.contains(where: { $0.origin == nil }) {
      if resolveByNeighbours(.line) || resolveByNeighbours(.source) || resolveByNeighbours(.input)
        || resolveByNeighbours(.partner) || resolveBySpan()
      {
        continue
      }
      assumeOne()
    }
  }

  /// The lines that tell another line's time.
  enum Witness {
    case line
    case source
    case input
    case partner
  }

  /// Finds clocks that are far off before their lines witness for others: an hour's error is no time zone.
  private mutating func compareFullTimes() {
    let evidence = OffsetEvidence(table: table, causes: sameInstants)
    let offsets = OffsetSolver(evidence: evidence).solve()
    corrections = (offsetsByAllWitnesses(insteadOf: offsets) ?? offsets).map { $0.main?.correction ?? 0 }
  }

  /// Where two clocks that print their zones contradict each other, those that print none tell which one is right, if
  /// most of them are in the zone that the others print.
  ///
  /// Returns nil where they tell nothing, or no other thing.
  private func offsetsByAllWitnesses(insteadOf offsets: [ClockOffset]) -> [ClockOffset]? {
    let printed = lanes.filter { $0.origin != nil }
    let main = printed.max { $0.marks.count < $1.marks.count }?.mainOffset
    guard let main, offsets.contains(where: { ($0.main?.correction ?? 0) != 0 }) else { return nil }
    var trial = self
    for lane in lanes.indices where lanes[lane].origin == nil && lanes[lane].missing == .nothing {
      trial.settle(lane, offsets: [main], origin: .assumed, brackets: [])
    }
    let speaking = Set(trial.lanes.filter { $0.origin != nil }.map(\.source))
    let found = OffsetSolver(evidence: OffsetEvidence(table: trial.table, causes: sameInstants)).solve()
    let wrong = speaking.filter { (found[$0].main?.correction ?? 0) != 0 }
    let isOther = offsets.indices.contains { offsets[$0].isReference && wrong.contains($0) }
    return isOther && wrong.count * 2 < speaking.count ? found : nil
  }

  private mutating func readOptions() {
    var zones: [String: ClockZone] = [:]
    for (source, name) in options.zones.sorted(by: { $0.key < $1.key }) {
      if let zone = ClockZone(named: name) {
        zones[source] = zone
      } else {
        warnings.append("The time zone '\(name)' given for \(source) is not known and is ignored.")
      }
    }
    for lane in lanes.indices where !lanes[lane].printsZone {
      lanes[lane].option = zones[table.sources[lanes[lane].source].name] ?? zones["*"]
    }
  }

  // MARK: Settling a lane

  /// Gives every mark of a lane its time.
  ///
  /// - Parameters:
  ///   - index: the lane.
  ///   - offsets: the zone offsets to choose from where neither line nor user tells one; not empty then.
  ///   - origin: what tells them.
  ///   - brackets: for each mark of the lane where its time must lie, if that is known.
  ///   - startingPoint: a time near the first mark, where no bracket tells its date.
  mutating func settle(
    _ index: Int,
    offsets: [Int64],
    origin: ZoneOrigin,
    brackets: [TimeBracket?],
    startingPoint: Int64? = nil
  ) {
    var lane = lanes[index]
    let start = brackets.lazy.compactMap { $0 }.first?.middle ?? startingPoint ?? 0
    var readings = readings(of: lane, offsets: offsets, brackets: brackets, startingPoint: start)
    readings.bringBeforeTheRepeatedHour()
    var run: (offset: Int64, count: Int) = (0, 0)
    for reading in readings {
      if lane.isOuter {
        table.marks[reading.mark].outerTime = reading.time
      } else {
        table.marks[reading.mark].ownTime = reading.time
      }
      if reading.offset != run.offset {
        if run.count > 0 { lane.offsets[run.offset, default: 0] += run.count }
        run = (reading.offset, 0)
      }
      run.count += 1
    }
    if run.count > 0 { lane.offsets[run.offset, default: 0] += run.count }
    lane.origin = lane.printsZone ? .explicit : lane.option != nil ? .option : origin
    lanes[index] = lane
  }

  /// Reads the stamps of a lane, line by line.
  private func readings(
    of lane: ClockLane,
    offsets: [Int64],
    brackets: [TimeBracket?],
    startingPoint: Int64
  ) -> [StampReading] {
    var current = offsets.first ?? 0
    var readings: [StampReading] = []
    readings.reserveCapacity(lane.marks.count)
    for (position, mark) in lane.marks.enumerated() {
      guard let stamp = lane.isOuter ? table.marks[mark].outer : table.marks[mark].own else { continue }
      let bracket = brackets.indices.contains(position) ? brackets[position] : nil
      let previous = readings.last?.time
      if lane.option == nil, stamp.zoneOffset == nil, let bracket, !Self.fits(stamp, current, bracket) {
        // Daylight-saving time may end or begin next to so few lines that they found no offset of their own.
        let summerAndWinter = [current - 3_600_000, current + 3_600_000]
        current = (offsets + summerAndWinter).first { Self.fits(stamp, $0, bracket) } ?? current
      }
      if bracket == nil, let previous, lane.option == nil, Self.fallsBackAnHour(stamp, current, previous) {
        current -= 3_600_000
      }
      let (time, offset) = Self.time(
        of: stamp,
        lane: lane,
        inferred: current,
        near: bracket?.middle,
        previous,
        startingPoint
      )
      let isFree = bracket == nil && lane.option == nil && stamp.zoneOffset == nil && stamp.missing == .nothing
      readings.append(StampReading(mark: mark, time: time, offset: offset, isFree: isFree))
    }
    return readings
  }

  /// Whether a clock that prints no zone was set from summer to winter time before this line.
  private static func fallsBackAnHour(_ stamp: Stamp, _ offset: Int64, _ previous: Int64) -> Bool {
    guard stamp.missing == .nothing, stamp.zoneOffset == nil else { return false }
    return (3_000_000...4_200_000).contains(previous - (stamp.milliseconds - offset))
  }

  /// The time of a stamp and the zone offset in it.
  private static func time(
    of stamp: Stamp,
    lane: ClockLane,
    inferred: Int64,
    near target: Int64?,
    _ previous: Int64?,
    _ start: Int64
  ) -> (time: Int64, offset: Int64) {
    func wall(_ offset: (Int64) -> Int64) -> Int64 {
      if let target { return stamp.wallTime(near: target + offset(target)) }
      if let previous { return stamp.wallTime(following: previous + offset(previous)) }
      return stamp.wallTime(near: start + offset(start))
    }
    if let printed = stamp.zoneOffset {
      let offset = Int64(printed) * 1000
      return (wall { _ in offset } - offset, offset)
    }
    if let zone = lane.option {
      let wall = wall { zone.offset(at: $0) }
      let offset = zone.offset(atWall: wall, previous: previous)
      return (wall - offset, offset)
    }
    return (wall { _ in inferred } - inferred, inferred)
  }

  private static func fits(_ stamp: Stamp, _ offset: Int64, _ bracket: TimeBracket) -> Bool {
    let time = stamp.wallTime(near: bracket.middle + offset) - offset
    return time >= bracket.lower - ZoneVotes.slack && time <= bracket.upper + ZoneVotes.slack
  }
}
