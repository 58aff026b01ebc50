package import Model

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

  // A copy of an occurrence costs more than most questions to it: these look at it where it is.

  /// The instant of one.
  func instant(at place: Int) -> Instant { all[Int(positions[place])].at }

  /// The position of one among all.
  func position(at place: Int) -> Int { Int(positions[place]) }

  /// What was folded away before one.
  func folded(at place: Int) -> FoldedRun? { all[Int(positions[place])].folded }

  /// Those in a window.
  package func within(_ window: Window) -> OccurrenceList {
    self[indices.range(of: window) { instant(at: $0) }]
  }

  /// Those up to an instant.
  package func upTo(_ instant: Instant) -> OccurrenceList {
    self[..<indices.partition { self.instant(at: $0) > instant }]
  }

  /// Those after an instant.
  package func after(_ instant: Instant) -> OccurrenceList {
    self[indices.partition { self.instant(at: $0) > instant }...]
  }

  /// The last one up to an instant.
  package func last(upTo instant: Instant) -> Occurrence? { upTo(instant).last }

  /// The first one after an instant.
  package func first(after instant: Instant) -> Occurrence? { after(instant).first }

  /// Those before a position among all events.
  package func before(index position: Int) -> OccurrenceList {
    self[..<positions.partition { Int($0) >= position }]
  }

  /// Those after a position among all events.
  package func after(index position: Int) -> OccurrenceList {
    self[positions.partition { Int($0) > position }...]
  }

  /// The seconds between each and the one before it, where nothing was folded away between them.
  var gaps: [Double] {
    indices.dropFirst().compactMap { place in
      folded(at: place) == nil ? instant(at: place).seconds(since: instant(at: place - 1)) : nil
    }
  }

  /// Those that meet a condition, as a list.
  func those(where condition: (Occurrence) -> Bool) -> OccurrenceList {
    OccurrenceList(positions.filter { condition(all[Int($0)]) }[...], of: all)
  }
}
