import Model

/// The same thing said once or several times.
struct StoryFold {
  var first: Occurrence
  var last: Occurrence
  var count: Int
  var rank: StoryRank
}

/// Folds what one source says again, in one pass over the occurrences in time order.
struct StoryFolding {
  private(set) var folds: [StoryFold] = []
  private var latest: [Saying: Int] = [:]

  /// Repetitions farther apart than this are told anew, in seconds.
  private static let reach = 30.0
  /// A proxy prints a change to standard error and to syslog within this time, in seconds.
  private static let twinDistance = 2.0

  /// What makes two events the same saying.
  private struct Saying: Hashable {
    var kind: EventKind
    var source: SourceID
    var member: String?
    var backend: String?
    var server: String?
    var reason: String?
  }

  /// Takes in the next occurrence.
  mutating func add(_ occurrence: Occurrence, rank: StoryRank) {
    let saying = Saying(
      kind: occurrence.kind,
      source: occurrence.source,
      member: occurrence.member,
      backend: occurrence.fields[.backend],
      server: occurrence.fields[.server],
      reason: occurrence.role == .proxy ? nil : occurrence.reason
    )
    if let index = latest[saying] {
      let distance = occurrence.at.seconds(since: folds[index].last.at)
      if isTwin(occurrence, distance) { return }
      if distance <= Self.reach, StoryRank.isFoldable(occurrence.kind) {
        folds[index].count += 1
        folds[index].last = occurrence
        return
      }
    }
    latest[saying] = folds.count
    folds.append(StoryFold(first: occurrence, last: occurrence, count: 1, rank: rank))
  }

  private func isTwin(_ occurrence: Occurrence, _ distance: Double) -> Bool {
    occurrence.role == .proxy && occurrence.fields[.backend] != nil && distance <= Self.twinDistance
  }
}
