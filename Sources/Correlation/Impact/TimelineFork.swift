import Model

/// Where the new timeline forked off, and how far the old primary had written beyond that point.
struct TimelineFork {
  /// A shutdown checkpoint record with its padding and page header; no client's data can lie in so few bytes.
  static let shutdownCheckpointBytes = 160

  /// The position at which the new timeline begins.
  let forkedAt: LSN?
  /// The end of the old primary's own WAL on the old timeline.
  let ownEnd: LSN?
  /// The lines that tell the two.
  let evidence: [Occurrence]
  /// Whether the server itself says that its WAL is not part of the new history.
  let isStated: Bool

  init(facts: IncidentFacts) {
    guard let change = facts.change else {
      (forkedAt, ownEnd, evidence, isStated) = (nil, nil, [], false)
      return
    }
    let after = Window(from: change.faultAt, to: facts.window.to)
    let occurrences = facts.observations.occurrences
    let old = change.oldPrimary
    // A tool's answer pasted after the log names no member: it speaks of the one that was lost.
    let stated = occurrences.of(.timelineDiverged, in: after).filter { $0.member == old || $0.member == nil }
    let fork = Self.fork(of: change, in: after, occurrences: occurrences)
    let own = Self.ownEnd(of: old, in: after, occurrences: occurrences, fork: fork.lsn)
    forkedAt = fork.lsn
    ownEnd = own?.lsn
    isStated = stated.contains {
      ["forked_before", "min_recovery", "not_child", "not_in_history", "sequence"].contains($0.reason ?? "")
    }
    evidence = ([stated.first, own?.by, fork.by].compactMap { $0 }).sorted { $0.index < $1.index }
  }

  /// Bytes of the old primary's WAL that the new history does not contain; nil if the log does not tell.
  var discardedBytes: Int? {
    guard let forkedAt, let ownEnd else { return nil }
    return ownEnd > forkedAt ? Int(clamping: ownEnd.bytes - forkedAt.bytes) : 0
  }

  private static func fork(
    of change: LeadershipChange,
    in window: Window,
    occurrences: Occurrences
  ) -> (lsn: LSN?, by: Occurrence?) {
    let ended = occurrences.of(.timelineEnded, .rewindDiverged, in: window).filter { $0.at >= change.acquiredAt }
    if let line = ended.first(where: { $0.member == change.oldPrimary && $0.fields.lsn(.lsn) != nil }) {
      return (line.fields.lsn(.lsn), line)
    }
    let rows = occurrences.of(.timelineHistory, member: change.oldPrimary, in: window)
    let local = occurrences.first(.timelineLocal, member: change.oldPrimary, in: window)?.fields.integer(.timeline)
    let row = local.map { local in rows.first { timeline(in: $0.fields[.text] ?? "") == local } } ?? rows.first
    guard let row, let lsn = lastLSN(in: row.fields[.text] ?? row.text) else { return (nil, nil) }
    return (lsn, row)
  }

  /// The timeline that a row of a history tells the end of: the number that it begins with.
  private static func timeline(in row: String) -> Int? {
    Int(row.prefix { $0.isNumber })
  }

  /// The switch point of the last entry of a history, such as `1 0/30210C8 no recovery target specified`.
  private static func lastLSN(in text: String) -> LSN? {
    text.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "=" }.last { $0.contains("/") && LSN($0) != nil }
      .flatMap { LSN($0) }
  }

  private static func ownEnd(
    of member: String,
    in window: Window,
    occurrences: Occurrences,
    fork: LSN?
  ) -> (lsn: LSN, by: Occurrence)? {
    let told = occurrences.of(.timelineDiverged, .timelineLocal, member: member, in: window)
    for line in told {
      if let lsn = line.fields.lsn(.lsn), lsn.bytes > 0 { return (lsn, line) }
    }
    return nil
  }
}
