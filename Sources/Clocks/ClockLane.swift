import Contract
import Model

/// The lines of one source that print their time in the same way, and so leave out the same parts of it.
///
/// A source may have several: a Patroni container prints PostgreSQL's `%m` with a zone and Patroni's own time without.
struct ClockLane {
  let source: Int
  let isOuter: Bool
  let missing: Stamp.Missing
  let printsZone: Bool
  /// Indices of the marks, in order of arrival.
  var marks: [Int] = []
  /// Where the zone comes from; nil until date and zone are known.
  var origin: ZoneOrigin?
  /// The zone that the user named, for a lane that prints none.
  var option: ClockZone?
  /// How many lines were taken to print which offset, in milliseconds east of Greenwich.
  var offsets: [Int64: Int] = [:]
  /// Whether the date is a guess.
  var isDateGuessed = false

  /// The offset that most lines print, in milliseconds east of Greenwich.
  var mainOffset: Int64? {
    offsets.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }
}

extension ClockTable {
  /// The lanes of all sources: sources in order, own times before the collector's.
  func lanes() -> [ClockLane] {
    var lanes: [ClockLane] = []
    var isCoarse: [Bool] = []
    // A source has one or two lanes, so that looking through them is quicker than a table.
    var lanesOfSource = [[Int]](repeating: [], count: sources.count + 1)
    func add(_ mark: Int, _ stamp: Stamp, isOuter: Bool) {
      let source = marks[mark].source
      let coarse = stamp.resolution >= 1000
      let known = lanesOfSource[source].first { lane in
        lanes[lane].isOuter == isOuter && lanes[lane].missing == stamp.missing
          && lanes[lane].printsZone == (stamp.zoneOffset != nil) && isCoarse[lane] == coarse
      }
      if let known {
        lanes[known].marks.append(mark)
      } else {
        lanesOfSource[source].append(lanes.count)
        isCoarse.append(coarse)
        lanes.append(
          ClockLane(
            source: source,
            isOuter: isOuter,
            missing: stamp.missing,
            printsZone: stamp.zoneOffset != nil,
            marks: [mark]
          )
        )
      }
    }
    for (index, mark) in marks.enumerated() {
      if let own = mark.own { add(index, own, isOuter: false) }
      if let outer = mark.outer { add(index, outer, isOuter: true) }
    }
    return lanes
  }
}
