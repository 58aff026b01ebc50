import Model

extension Placement {
  /// The marks with a time around one without, in order of arrival.
  private struct Neighbours {
    var beforeInSource: Int?
    var afterInSource: Int?
    var before: Int?
    var after: Int?
  }

  /// The last mark with a time on the way through all, and that of each source.
  private struct Nearest {
    var mark: Int?
    var markOfSource: [Int?]

    init(sources: Int) {
      markOfSource = Array(repeating: nil, count: sources)
    }

    mutating func note(_ index: Int, of source: Int) {
      mark = index
      markOfSource[source] = index
    }
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
      let placed = zip(untimed, neighbours(of: untimed, in: range)).map { index, neighbours in
        (index, time(of: index, among: neighbours, events: events))
      }
      for (index, time) in placed { place(index, at: time) }
    }
  }

  /// The neighbours of the marks without a time, which are given in order.
  private func neighbours(of untimed: [Int], in range: Range<Int>) -> [Neighbours] {
    var result = [Neighbours](repeating: Neighbours(), count: untimed.count)
    var nearest = Nearest(sources: table.sources.count)
    var next = 0
    for index in range {
      if times[index] != nil {
        nearest.note(index, of: table.marks[index].source)
      } else {
        result[next].before = nearest.mark
        result[next].beforeInSource = nearest.markOfSource[table.marks[index].source]
        next += 1
      }
    }
    nearest = Nearest(sources: table.sources.count)
    for index in range.reversed() {
      if times[index] != nil {
        nearest.note(index, of: table.marks[index].source)
      } else {
        next -= 1
        result[next].after = nearest.mark
        result[next].afterInSource = nearest.markOfSource[table.marks[index].source]
      }
    }
    return result
  }

  private func time(of index: Int, among found: Neighbours, events: [Event]) -> Time {
    let mark = table.marks[index]
    let hasOwnNeighbours = found.beforeInSource != nil || found.afterInSource != nil
    let countsAll = isOrdered[mark.input] || !hasOwnNeighbours
    let before = [found.beforeInSource, countsAll ? found.before : nil].compactMap { $0 }.compactMap { times[$0] }
    let after = [found.afterInSource, countsAll ? found.after : nil].compactMap { $0 }.compactMap { times[$0] }
    var lower = before.map(\.at).max()
    var upper = after.map(\.at).min()
    if let from = lower, let to = upper, from > to { (lower, upper) = (to, from) }
    let first = lower ?? upper ?? 0
    let last = upper ?? lower ?? 0
    var at = first
    if mark.event.map({ events[$0].component.role }) != .runtime {
      at = besideItsLine(index, found, events: events) ?? (lower == nil ? first : first + (last - first) / 2)
    }
    at = min(max(at, first), last)
    let earliest = min(at, before.map(\.earliest).max() ?? at)
    let latest = max(at, after.map(\.latest).min() ?? at)
    return Time(at: at, earliest: earliest, latest: latest)
  }

  /// The time of the line of the same source that a line belongs to.
  ///
  /// Tool output follows the line that announces it; HAProxy prints the same message to its console and to syslog.
  private func besideItsLine(_ index: Int, _ found: Neighbours, events: [Event]) -> Int64? {
    let candidates = [found.beforeInSource, found.afterInSource].compactMap { $0 }
    if let twin = candidates.first(where: { saysTheSame($0, index, events: events) }) { return times[twin]?.at }
    let near = candidates.filter { distance($0, index) <= 4 }
    let adjacent = near.filter { $0 == found.before || $0 == found.after }
    let nearest = (adjacent.isEmpty ? near : adjacent).min { distance($0, index) < distance($1, index) }
    return nearest.flatMap { times[$0]?.at }
  }

  private func distance(_ one: Int, _ other: Int) -> Int {
    abs(table.marks[one].arrival - table.marks[other].arrival)
  }

  private func saysTheSame(_ one: Int, _ other: Int, events: [Event]) -> Bool {
    guard let first = table.marks[one].event, let second = table.marks[other].event, distance(one, other) <= 20 else {
      return false
    }
    let (left, right) = (events[first], events[second])
    return left.kind == right.kind && left.component == right.component
      && [Field.backend, .server, .frontend].allSatisfy { left.fields[$0] == right.fields[$0] }
      && (left.fields[.backend] ?? left.fields[.frontend]) != nil
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
