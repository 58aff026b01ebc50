import Clocks
import Model

/// A source in which the agents of several members speak: one stream of all containers without their names, or the logs
/// of several nodes pasted one after the other.
///
/// In the first case only lines that name their member have an owner. In the second each node's lines are one run: a few
/// changes of the speaker, at which time steps back.
struct SharedSource: Sendable {
  /// The members that name themselves, in the order of their first lines.
  let members: [String]
  private var runs: [(first: Int, member: String)] = []

  init(_ source: SourceID, in events: [TimedEvent]) {
    let lines = events.filter { $0.event.source == source }.sorted { $0.event.arrival < $1.event.arrival }
    let named = lines.indices.filter { Self.speaker(lines[$0]) != nil }
    var members: [String] = []
    for index in named {
      if let name = Self.speaker(lines[index]), !members.contains(name) { members.append(name) }
    }
    self.members = members
    let changes = zip(named, named.dropFirst()).filter { Self.speaker(lines[$0]) != Self.speaker(lines[$1]) }
    let steps = changes.map { Self.stepBack(in: lines, after: $0, upTo: $1) }
    guard let first = named.first, let speaker = Self.speaker(lines[first]), !steps.contains(nil) else { return }
    runs.append((lines[0].event.arrival, speaker))
    for (change, step) in zip(changes, steps) {
      guard let step, let next = Self.speaker(lines[change.1]) else { continue }
      runs.append((lines[step].event.arrival, next))
    }
  }

  /// The member whose run the line with this arrival ordinal is in; nil where members speak in turn.
  func member(at arrival: Int) -> String? {
    runs.last { $0.first <= arrival }?.member
  }

  private static func speaker(_ line: TimedEvent) -> String? {
    line.event.role == .agent ? line.event[.name] : nil
  }

  /// The line at which time steps back between two lines of different speakers.
  private static func stepBack(in lines: [TimedEvent], after first: Int, upTo last: Int) -> Int? {
    guard first < last else { return nil }
    return (first + 1...last).first { index in
      guard let before = lines[index - 1].event.stamp, let after = lines[index].event.stamp else { return false }
      return after.milliseconds < before.milliseconds - 1000
    }
  }
}
