import Model

extension Classified {
  /// The same events, each told once.
  ///
  /// An agent with two handlers prints every record twice: in Python's own form without a time (`INFO:patroni.ha:…`), and
  /// in the dated one, which is kept. A log that two collectors feed has each line twice, to the millisecond.
  package var withoutEchoes: Classified {
    var recent: [RecentEvents] = []
    var echoes: Set<Int> = []
    for position in events.indices {
      let event = events[position]
      let source = max(0, event.source.index)
      while recent.count <= source { recent.append(RecentEvents()) }
      if let echo = echo(of: event, among: recent[source]) { echoes.insert(echo) }
      recent[source].append(position, stamp: event.stamp)
    }
    guard !echoes.isEmpty else { return self }
    var result = self
    result.events = events.filter { !echoes.contains($0.arrival) }
    for event in events where echoes.contains(event.arrival) && result.tallies.indices.contains(event.source.index) {
      result.tallies[event.source.index].events -= 1
    }
    return result
  }

  /// The arrival of the event that says what another one says as well: of an earlier one, or of the event itself.
  private func echo(of event: Event, among recent: RecentEvents) -> Int? {
    guard let stamp = event.stamp else {
      return recent.last { $1 != nil && Self.isEcho(event, of: events[$0]) }.map { _ in event.arrival }
    }
    // Only lines without a time and lines of the same time come into question.
    if let twin = recent.last(where: { $1 == nil && Self.isEcho(events[$0], of: event) }) {
      return events[twin].arrival
    }
    return recent.last { $1 == stamp && Self.isCopy(event, of: events[$0]) }.map { _ in event.arrival }
  }

  /// Whether `event` is the undated form of `other`.
  private static func isEcho(_ event: Event, of other: Event) -> Bool {
    guard event.stamp == nil, other.stamp != nil, event.message == other.message, event.fields == other.fields else {
      return false
    }
    let level = event.text.prefix { $0.isLetter && $0.isASCII }
    return !level.isEmpty && event.text.dropFirst(level.count).hasPrefix(":patroni.")
  }

  /// Whether `event` is the same line once more; times in whole seconds do not tell that.
  private static func isCopy(_ event: Event, of other: Event) -> Bool {
    guard let stamp = event.stamp, stamp == other.stamp, stamp.resolution == 1, stamp.missing == .nothing else {
      return false
    }
    return event.line != other.line && event.message == other.message && event.text == other.text
  }
}

/// The latest events of a source: as far away as an echo may be.
private struct RecentEvents {
  private static let reach = 8

  private var positions: [Int] = []
  private var stamps: [Stamp?] = []
  /// Where the oldest one is, once there are enough.
  private var oldest = 0

  mutating func append(_ position: Int, stamp: Stamp?) {
    guard positions.count == Self.reach else {
      positions.append(position)
      stamps.append(stamp)
      return
    }
    positions[oldest] = position
    stamps[oldest] = stamp
    oldest = (oldest + 1) % Self.reach
  }

  /// The position of the latest event that meets a condition on its position and its stamp.
  func last(where fits: (_ position: Int, _ stamp: Stamp?) -> Bool) -> Int? {
    for age in positions.indices {
      let place = (oldest + positions.count - 1 - age) % positions.count
      if fits(positions[place], stamps[place]) { return positions[place] }
    }
    return nil
  }
}
