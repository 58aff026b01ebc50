import Model

/// Where the upstream's timeline forked off, and how far a member had written beyond that point.
struct TimelineFork {
  /// A shutdown checkpoint record with its padding and page header; no client's data can lie in so few bytes.
  static let shutdownCheckpointBytes = 160

  /// The position at which the new timeline begins.
  let forkedAt: LSN?
  /// The end of the member's own WAL on the old timeline.
  let ownEnd: LSN?
  /// The lines that tell the two.
  let evidence: [Occurrence]
  /// Whether the server itself says that its WAL is not part of the new history.
  let isStated: Bool
  /// Whether the member's position lies beyond the fork, even where it does not tell how many bytes of records do.
  let isBeyond: Bool

  /// The fork between the old primary and the new one, if there was a hand-over.
  static func ofOldPrimary(in facts: IncidentFacts) -> TimelineFork? {
    facts.change.map { TimelineFork(of: $0.oldPrimary, facts: facts) }
  }

  /// The fork between a member and the leader that it should follow.
  init(of member: String, facts: IncidentFacts) {
    let change = facts.change.flatMap { $0.oldPrimary == member ? $0 : nil }
    let after = Window(from: change?.faultAt ?? facts.draft.start.advanced(bySeconds: -1), to: facts.window.to)
    let occurrences = facts.observations.occurrences
    // A tool's answer pasted after the log names no member: it speaks of the one that was lost.
    let stated = occurrences.of(.timelineDiverged, in: after).filter {
      $0.member == member || $0.member == nil && change != nil
    }
    let fork = Self.fork(of: member, since: change?.acquiredAt ?? after.from, in: after, occurrences: occurrences)
    let own = Self.ownEnd(of: member, in: after, occurrences: occurrences)
    forkedAt = fork.lsn
    ownEnd = own.flatMap { Self.isPadded($0.lsn, by: $0.by) ? nil : $0.lsn }
    isBeyond = own.flatMap { own in fork.lsn.map { own.lsn > $0 } } ?? false
    isStated = stated.contains {
      ["forked_before", "min_recovery", "not_child", "not_in_history", "sequence"].contains($0.reason ?? "")
    }
    evidence = Self.distinct([stated.first, own?.by, fork.by].compactMap { $0 })
  }

  /// Bytes of the member's WAL that the new history does not contain; nil if the log does not tell.
  var discardedBytes: Int? {
    guard let forkedAt, let ownEnd else { return nil }
    return ownEnd > forkedAt ? Int(clamping: ownEnd.bytes - forkedAt.bytes) : 0
  }

  /// Whether the position is the first of a WAL segment, after a recovery by the agent.
  ///
  /// With archiving on, a shutdown ends the segment early; how much of it held records is not told.
  private static func isPadded(_ lsn: LSN, by line: Occurrence) -> Bool {
    line.kind == .timelineLocal && lsn.bytes % (16 << 20) == 0x28
  }

  private static func distinct(_ lines: [Occurrence]) -> [Occurrence] {
    let sorted = lines.sorted { $0.index < $1.index }
    return sorted.enumerated().filter { $0.offset == 0 || sorted[$0.offset - 1].index != $0.element.index }
      .map(\.element)
  }

  private static func fork(
    of member: String,
    since elected: Instant,
    in window: Window,
    occurrences: Occurrences
  ) -> (lsn: LSN?, by: Occurrence?) {
    let ended = occurrences.of(.timelineEnded, .rewindDiverged, member: member, in: window)
    if let line = ended.first(where: { $0.at >= elected && $0.fields.lsn(.lsn) != nil }) {
      return (line.fields.lsn(.lsn), line)
    }
    let rows = occurrences.of(.timelineHistory, member: member, in: window)
    let local = occurrences.first(.timelineLocal, member: member, in: window)?.fields.integer(.timeline)
    let row = local.map { local in rows.first { timeline(in: $0.fields[.text] ?? "") == local } } ?? rows.first
    if let row, let lsn = lastLSN(in: row.fields[.text] ?? row.text) { return (lsn, row) }
    let refused = occurrences.of(.timelineDiverged, member: member, in: window).first { $0.fields.lsn(.endLSN) != nil }
    return (refused?.fields.lsn(.endLSN), refused)
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

  private static func ownEnd(of member: String, in window: Window, occurrences: Occurrences) -> (
    lsn: LSN, by: Occurrence
  )? {
    let told = occurrences.of(.timelineDiverged, .timelineLocal, member: member, in: window)
    for line in told {
      if let lsn = line.fields.lsn(.lsn), lsn.bytes > 0 { return (lsn, line) }
    }
    return nil
  }
}

/// A member that holds WAL beyond a fork.
struct TimelineSplit {
  let member: String
  let isShown: Bool
  let bytes: Int?
  let evidence: [Occurrence]

  init(of member: String, facts: IncidentFacts) {
    let fork = TimelineFork(of: member, facts: facts)
    self.member = member
    bytes = fork.discardedBytes
    isShown = fork.isStated || fork.isBeyond
    evidence = fork.evidence
  }

  /// The splits of all members that the incident lost, the old primary's first.
  static func all(in facts: IncidentFacts) -> [TimelineSplit] {
    let others = facts.draft.lostMembers.filter { $0 != facts.change?.oldPrimary }
    return ([facts.change?.oldPrimary].compactMap { $0 } + others).map { TimelineSplit(of: $0, facts: facts) }
      .filter(\.isShown)
  }
}
