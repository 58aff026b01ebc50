import Model

/// Two lines of different sources of which one tells the cause, or the same happening, of the other.
struct CausalPair: Hashable {
  /// Index of the mark that happened first.
  var earlier: Int
  /// Index of the mark that happened later, or at the same time.
  var later: Int
  /// True milliseconds from the earlier to the later one, at least; a little below zero allows for jitter.
  var minimumDelay: Int64
  /// At most; nil where the effect may come any time after.
  var maximumDelay: Int64?
  var weight = 1

  /// Two lines about the same moment.
  static func sameInstant(_ one: Int, _ other: Int, within tolerance: Int64) -> CausalPair {
    CausalPair(earlier: one, later: other, minimumDelay: -tolerance, maximumDelay: tolerance, weight: 2)
  }

  /// Two lines of which one cannot come before the other, however late either was written.
  ///
  /// They count more than what the order of arrival suggests, which a line that was queued belies.
  static func order(_ earlier: Int, _ later: Int, minimumDelay: Int64) -> CausalPair {
    CausalPair(earlier: earlier, later: later, minimumDelay: minimumDelay, weight: 3)
  }

  /// What the pair allows for the later source's clock offset less the earlier one's.
  func offsetInterval(in table: ClockTable) -> OffsetInterval? {
    let first = table.marks[earlier]
    let second = table.marks[later]
    guard let firstTime = first.ownTime, let secondTime = second.ownTime else { return nil }
    let difference = secondTime - firstTime
    return OffsetInterval(
      lower: maximumDelay.map { difference - first.ownWidth - $0 } ?? -OffsetInterval.unbounded,
      upper: difference + second.ownWidth - minimumDelay,
      weight: weight,
      mark: later
    )
  }
}

/// Finds lines of different sources that belong together.
///
/// Only events are looked at, and only their fields.
struct CausalPairs {
  let events: [Event]
  let table: ClockTable
  /// The mark of each event.
  private var marks: [Int]
  /// By the number of a kind its events, in order of arrival.
  private var eventsOfKind: [[Int]]
  /// The member that each source's agent says it is.
  private var memberOfSource: [Int: String] = [:]

  init(events: [Event], table: ClockTable) {
    self.events = events
    self.table = table
    marks = [Int](repeating: -1, count: events.count)
    eventsOfKind = [[Int]](repeating: [], count: EventKind.count)
    var names: [Int: [String: Int]] = [:]
    for index in table.marks.indices {
      guard let event = table.marks[index].event else { continue }
      marks[event] = index
      guard table.marks[index].own != nil else { continue }
      let kind = events[event].kind
      eventsOfKind[kind.number].append(event)
      if kind == .agentHeartbeat || kind == .agentLockOwner, let name = events[event][.name] {
        names[table.marks[index].source, default: [:]][name, default: 0] += 1
      }
    }
    memberOfSource = names.compactMapValues { counts in
      counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
  }

  func events(of kind: EventKind) -> [Int] { eventsOfKind[kind.number] }

  func member(ofSource source: Int) -> String? { memberOfSource[source] }

  func mark(of event: Int) -> Int { marks[event] }

  func source(of event: Int) -> Int { table.marks[marks[event]].source }

  /// Pairs events that share a key, in order, where both sides have equally many and the sources differ.
  func matched(_ left: [Int], _ right: [Int], key: (Event) -> String?) -> [(left: Int, right: Int)] {
    var rightByKey: [String: [Int]] = [:]
    for event in right {
      if let key = key(events[event]) { rightByKey[key, default: []].append(event) }
    }
    var leftByKey: [String: [Int]] = [:]
    for event in left {
      if let key = key(events[event]), rightByKey[key] != nil { leftByKey[key, default: []].append(event) }
    }
    var pairs: [(left: Int, right: Int)] = []
    for (key, lefts) in leftByKey.sorted(by: { $0.value[0] < $1.value[0] }) {
      guard let rights = rightByKey[key], rights.count == lefts.count else { continue }
      pairs += zip(lefts, rights).filter { source(of: $0) != source(of: $1) }.map { (left: $0, right: $1) }
    }
    return pairs
  }
}
