import Clocks
import Model

/// Positions in a list, put together by what is there: each group is a run of one array, in ascending order.
struct PositionGroups: Sendable {
  private let positions: [Int32]
  /// Where each group begins; behind them, where the last one ends.
  private let starts: [Int32]

  /// Puts together positions of equal keys.
  ///
  /// - Parameters:
  ///   - keys: the group of each position; a negative one is in none.
  ///   - count: how many groups there are.
  init(by keys: [Int32], count: Int) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for key in keys where key >= 0 { starts[Int(key) + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    var next = starts
    var positions = [Int32](repeating: 0, count: Int(starts[count]))
    for (position, key) in keys.enumerated() where key >= 0 {
      positions[Int(next[Int(key)])] = Int32(position)
      next[Int(key)] += 1
    }
    self.positions = positions
    self.starts = starts
  }

  /// The positions of a group.
  subscript(group: Int) -> ArraySlice<Int32> {
    positions[Int(starts[group])..<Int(starts[group + 1])]
  }
}

extension ArraySlice<Int32> {
  /// The positions of several groups as one, in ascending order.
  init(merging groups: [ArraySlice<Int32>]) {
    if groups.count == 1 {
      self = groups[0]
    } else {
      var merged: [Int32] = []
      merged.reserveCapacity(groups.reduce(0) { $0 + $1.count })
      for group in groups { merged += group }
      merged.sort()
      self = merged[...]
    }
  }
}

/// Where in a log the events of each kind are.
struct KindIndex: Sendable {
  private let groups: PositionGroups

  init(_ events: [TimedEvent]) {
    groups = PositionGroups(by: events.indices.map { Int32(events[$0].event.kind.number) }, count: EventKind.count)
  }

  /// The positions of the events of a kind.
  subscript(kind: EventKind) -> ArraySlice<Int32> { groups[kind.number] }

  /// The positions of the events of some kinds.
  subscript(kinds: [EventKind]) -> ArraySlice<Int32> {
    ArraySlice(merging: kinds.map { self[$0] })
  }
}
