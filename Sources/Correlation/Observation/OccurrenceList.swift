import Model

/// Some of the occurrences of a log in time order, by their positions among all of them: none is copied for a list.
package struct OccurrenceList: RandomAccessCollection, Sendable {
  private let all: [Occurrence]
  private let positions: ArraySlice<Int32>

  init(_ positions: ArraySlice<Int32> = [], of all: [Occurrence] = []) {
    self.all = all
    self.positions = positions
  }

  package var startIndex: Int { positions.startIndex }
  package var endIndex: Int { positions.endIndex }

  package subscript(index: Int) -> Occurrence { all[Int(positions[index])] }

  package subscript(bounds: Range<Int>) -> OccurrenceList { OccurrenceList(positions[bounds], of: all) }

  /// The seconds between each and the one before it, but for those that do not meet a condition.
  func gaps(before isTaken: (Occurrence) -> Bool) -> [Double] {
    var gaps: [Double] = []
    var last: Instant?
    for occurrence in self {
      if let last, isTaken(occurrence) { gaps.append(occurrence.at.seconds(since: last)) }
      last = occurrence.at
    }
    return gaps
  }

  /// Those that meet a condition, as a list.
  func those(where condition: (Occurrence) -> Bool) -> OccurrenceList {
    OccurrenceList(positions.filter { condition(all[Int($0)]) }[...], of: all)
  }
}
