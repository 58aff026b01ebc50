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
      let source = max(0, events[position].source.index)
      let time = events[position].stamp?.milliseconds
      while recent.count <= source { recent.append(RecentEvents()) }
      if recent[source].hasAlike(time), let echo = echo(of: events[position], among: recent[source]) {
        echoes.insert(echo)
      }
      recent[source].append(position, time: time)
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
    let time = event.stamp?.milliseconds
    var own: Int?
    for age in 0..<RecentEvents.reach {
      let other = recent[age]
      // Only a line with a time and one without, or lines of the same time, come into question.
      let isAlike = (time == nil) != (other.time == nil) || time != nil && time == other.time
      guard other.position >= 0, isAlike else { continue }
      let earlier = events[other.position]
      if Self.isEcho(earlier, of: event) { return earlier.arrival }
      if own == nil, Self.isEcho(event, of: earlier) || Self.isCopy(event, of: earlier) { own = event.arrival }
    }
    return own
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
  static let reach = 8

  private var entries: [(position: Int, time: Int64?)] = Array(repeating: (-1, nil), count: reach)
  private var next = 0
  /// The latest time of all events, and how many of the next ones an event without a time stays among these.
  private var latest = Int64.min
  private var undated = 0

  mutating func append(_ position: Int, time: Int64?) {
    entries[next] = (position, time)
    next = (next + 1) % Self.reach
    latest = max(latest, time ?? latest)
    undated = time == nil ? Self.reach : max(0, undated - 1)
  }

  /// Whether it is worth a look among them: nearly every line is later than all before it.
  func hasAlike(_ time: Int64?) -> Bool {
    time.map { $0 <= latest || undated > 0 } ?? true
  }

  /// The events by age, the latest first; a negative position where there are not so many.
  subscript(age: Int) -> (position: Int, time: Int64?) {
    entries[(next + Self.reach - 1 - age) % Self.reach]
  }
}
