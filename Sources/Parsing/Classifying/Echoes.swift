import Model

extension Classified {
  /// The same events, each told once.
  ///
  /// An agent with two handlers prints every record twice: in Python's own form without a time (`INFO:patroni.ha:…`), and
  /// in the dated one, which is kept. A log that two collectors feed has each line twice, to the millisecond.
  package var withoutEchoes: Classified {
    // The positions of each source's latest events.
    var recent: [SourceID: [Int]] = [:]
    var echoes: Set<Int> = []
    for (position, event) in events.enumerated() {
      let earlier = recent[event.source, default: []]
      if let twin = earlier.last(where: { Self.isEcho(events[$0], of: event) }) {
        echoes.insert(events[twin].arrival)
      } else if earlier.contains(where: { Self.isEcho(event, of: events[$0]) || Self.isCopy(event, of: events[$0]) }) {
        echoes.insert(event.arrival)
      }
      recent[event.source] = earlier.suffix(Self.reach - 1) + [position]
    }
    guard !echoes.isEmpty else { return self }
    var result = self
    result.events = events.filter { !echoes.contains($0.arrival) }
    for event in events where echoes.contains(event.arrival) && result.tallies.indices.contains(event.source.index) {
      result.tallies[event.source.index].events -= 1
    }
    return result
  }

  /// How many events of a source an echo may be away.
  private static let reach = 8

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
