import Model

extension Placement {
  /// The marks with a time around one without, in order of arrival.
  private struct Neighbours {
    var beforeInSource: Int?
    var afterInSource: Int?
    var before: Int?
    var after: Int?
  }

  /// Puts the lines that carry no time at all between those that do.
  mutating func placeUntimed(events: [Event]) {
    for (input, range) in table.inputs.enumerated() {
      let untimed = range.filter { times[$0] == nil }
      guard !untimed.isEmpty else { continue }
      if untimed.count == range.count {
        placeWholeInput(input, range)
        continue
      }
      let neighbours = neighbours(in: range)
      let placed = untimed.map { index in
        let role = table.marks[index].event.map { events[$0].component.role }
        return (index, time(of: index, among: neighbours[index - range.lowerBound], isRuntime: role == .runtime))
      }
      for (index, time) in placed { place(index, at: time) }
    }
  }

  private func neighbours(in range: Range<Int>) -> [Neighbours] {
    var result = [Neighbours](repeating: Neighbours(), count: range.count)
    var last: Int?
    var lastOfSource: [Int: Int] = [:]
    for index in range {
      result[index - range.lowerBound].before = last
      result[index - range.lowerBound].beforeInSource = lastOfSource[table.marks[index].source]
      if times[index] != nil {
        last = index
        lastOfSource[table.marks[index].source] = index
      }
    }
    last = nil
    lastOfSource = [:]
    for index in range.reversed() {
      result[index - range.lowerBound].after = last
      result[index - range.lowerBound].afterInSource = lastOfSource[table.marks[index].source]
      if times[index] != nil {
        last = index
        lastOfSource[table.marks[index].source] = index
      }
    }
    return result
  }

  private func time(of index: Int, among found: Neighbours, isRuntime: Bool) -> Time {
    let mark = table.marks[index]
    let hasOwnNeighbours = found.beforeInSource != nil || found.afterInSource != nil
    let countsAll = isOrdered[mark.input] || !hasOwnNeighbours
    let before = [found.beforeInSource, countsAll ? found.before : nil].compactMap { $0 }.compactMap { times[$0] }
    let after = [found.afterInSource, countsAll ? found.after : nil].compactMap { $0 }.compactMap { times[$0] }
    var lower = before.map(\.at).max()
    var upper = after.map(\.at).min()
    if let from = lower, let to = upper, from > to { (lower, upper) = (to, from) }
    let earliest = lower ?? upper ?? 0
    let latest = upper ?? lower ?? 0
    var at = earliest
    if !isRuntime {
      at = nearest(to: mark, among: found) ?? (lower != nil && upper != nil ? earliest + (latest - earliest) / 2 : earliest)
    }
    return Time(at: min(max(at, earliest), latest), earliest: earliest, latest: latest)
  }

  /// The time of the line of the same source that a line stands next to: tool output follows the line that announces
  /// it, and HAProxy prints the same message to its console and to syslog.
  private func nearest(to mark: Mark, among found: Neighbours) -> Int64? {
    let distanceBefore = found.beforeInSource.map { mark.arrival - table.marks[$0].arrival } ?? Int.max
    let distanceAfter = found.afterInSource.map { table.marks[$0].arrival - mark.arrival } ?? Int.max
    guard min(distanceBefore, distanceAfter) <= 4 else { return nil }
    let neighbour = distanceBefore <= distanceAfter ? found.beforeInSource : found.afterInSource
    return neighbour.flatMap { times[$0]?.at }
  }

  /// An input without any time comes after the input before it, or before all others.
  private mutating func placeWholeInput(_ input: Int, _ range: Range<Int>) {
    let ends = table.inputs.map { range -> (first: Int64, last: Int64)? in
      let timed = range.compactMap { times[$0] }
      guard let first = timed.map(\.at).min(), let last = timed.map(\.at).max() else { return nil }
      return (first, last)
    }
    let previous = ends[..<input].last { $0 != nil } ?? nil
    let next = ends[(input + 1)...].first { $0 != nil } ?? nil
    let time: Time
    if let previous {
      time = Time(at: previous.last, earliest: previous.last, latest: max(previous.last, next?.first ?? previous.last))
    } else if let next {
      time = Time(at: next.first - 1, earliest: next.first - 1, latest: next.first)
    } else {
      time = Time(at: 0, earliest: 0, latest: 0)
    }
    for index in range { place(index, at: time) }
  }
}
