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
    struct Key: Hashable {
      var source: Int
      var isOuter: Bool
      var missing: Stamp.Missing
      var printsZone: Bool
      var isCoarse: Bool
    }
    var indices: [Key: Int] = [:]
    var lanes: [ClockLane] = []
    func add(_ mark: Int, _ stamp: Stamp, isOuter: Bool) {
      let key = Key(
        source: marks[mark].source,
        isOuter: isOuter,
        missing: stamp.missing,
        printsZone: stamp.zoneOffset != nil,
        isCoarse: stamp.resolution >= 1000
      )
      if let lane = indices[key] {
        lanes[lane].marks.append(mark)
      } else {
        indices[key] = lanes.count
        lanes.append(
          ClockLane(
            source: key.source,
            isOuter: isOuter,
            missing: key.missing,
            printsZone: key.printsZone,
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
