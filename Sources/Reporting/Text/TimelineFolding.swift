import Contract
import Model

/// An event of the story, and how often it came again without anything else from its writer between.
struct FoldedEntry {
  let entry: TimelineEntry
  private(set) var count = 1
  private(set) var lastAt: Instant

  /// What happened, with the repetitions.
  var summary: String {
    count == 1 ? entry.summary : "\(entry.summary) ×\(count) until \(coarseClockText(lastAt))"
  }

  /// The story with repetitions of one writer folded into their first entry.
  static func fold(_ entries: [TimelineEntry]) -> [FoldedEntry] {
    var folded: [FoldedEntry] = []
    var lastOfWriter: [String: Int] = [:]
    for entry in entries {
      let writer = entry.writer
      if let index = lastOfWriter[writer], folded[index].entry.repeats(entry) {
        folded[index].count += 1
        folded[index].lastAt = entry.at
        continue
      }
      lastOfWriter[writer] = folded.count
      folded.append(FoldedEntry(entry: entry, lastAt: entry.at))
    }
    return folded
  }
}

extension TimelineEntry {
  /// The node that it belongs to, or what wrote it where no node is known.
  var group: String { member ?? component }

  /// The node and the component, such as `pg2 patroni`.
  var writer: String { member.map { $0 == component ? $0 : "\($0) \(component)" } ?? component }

  /// The time as the timeline prints it, 12 columns wide: `21:57:43.740` or `21:57:54±0.5`.
  var timeText: String {
    guard uncertainty >= coarseUncertainty else { return at.timeOfDay }
    return "\(coarseClockText(at))±\(shortNumber(uncertainty))"
  }

  fileprivate func repeats(_ other: TimelineEntry) -> Bool {
    kind == other.kind && summary == other.summary
  }
}
