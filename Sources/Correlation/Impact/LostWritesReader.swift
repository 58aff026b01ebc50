import Contract
import Model

/// Judges whether writes that were acknowledged before a failover are missing after it.
///
/// `none` is said only on a proof: equal ends of WAL after a clean shutdown, a last replayed transaction after the
/// last acknowledged write, or a later row count that covers every acknowledged write.
struct LostWritesReader {
  let facts: IncidentFacts

  func lostWrites() -> LostWrites {
    guard let change = facts.change else {
      return withoutChange
    }
    let counted = countedRows()
    if let counted, counted.verdict == .confirmed { return counted }
    if let proven = cleanHandover(change) ?? synchronous(change) { return proven }
    let judged = counted ?? byLastTransaction(change)
    return judged.verdict == .none ? doubted(judged, change) : judged
  }

  /// The log's client lost nothing, but a fork that discards more than a shutdown checkpoint may hold others' writes.
  private func doubted(_ judged: LostWrites, _ change: LeadershipChange) -> LostWrites {
    guard let bytes = walBytes, bytes > TimelineFork.shutdownCheckpointBytes else { return judged }
    return LostWrites(
      verdict: .possible,
      lower: 0,
      upper: nil,
      walBytes: bytes,
      explanation: "\(judged.explanation) But the fork discards \(bytes) bytes of \(change.oldPrimary)'s WAL, "
        + "in which writes of others may lie.",
      evidence: judged.evidence
        + (TimelineFork.ofOldPrimary(in: facts)?.evidence ?? []).map(facts.observations.evidence)
    )
  }

  /// No hand-over is shown: that proves something only where the leader is known and no new timeline began.
  private var withoutChange: LostWrites {
    if let counted = countedRows() { return counted }
    let hasLeader = !facts.observations.leadership.terms.isEmpty
    let forks = facts.of(.timelineSelected, .timelineDiverged)
    guard hasLeader, forks.isEmpty else {
      return LostWrites(
        verdict: .unknown,
        explanation: "The log does not show whether leadership moved.",
        evidence: facts.observations.evidence(forks, limit: 2)
      )
    }
    return LostWrites(
      verdict: .none,
      lower: 0,
      upper: 0,
      explanation: "Leadership did not move: no history was discarded."
    )
  }

  private var walBytes: Int? {
    TimelineFork.ofOldPrimary(in: facts)?.discardedBytes
  }

  // MARK: - Proofs

  /// The old primary wrote its shutdown checkpoint and the standby received the end of the WAL.
  private func cleanHandover(_ change: LeadershipChange) -> LostWrites? {
    let window = Window(from: change.faultAt.advanced(bySeconds: -1), to: change.acquiredAt.advanced(bySeconds: 1))
    let occurrences = facts.observations.occurrences
    guard let down = occurrences.first(.serverShutDown, member: change.oldPrimary, in: window),
      let ended = occurrences.of(.replicationTerminated, .timelineEnded, member: change.newPrimary, in: window).last
    else { return nil }
    guard walBytes ?? 0 <= TimelineFork.shutdownCheckpointBytes else { return nil }
    return LostWrites(
      verdict: .none,
      lower: 0,
      upper: 0,
      walBytes: walBytes,
      explanation:
        "\(change.oldPrimary) shut down in order and \(change.newPrimary) received its WAL up to the end before it was promoted.",
      evidence: [down, ended].map(facts.observations.evidence)
    )
  }

  /// The new primary had been a synchronous standby: no commit was acknowledged before it was there too.
  private func synchronous(_ change: LeadershipChange) -> LostWrites? {
    guard let line = SynchronousProof(change: change, observations: facts.observations).line else { return nil }
    return LostWrites(
      verdict: .none,
      lower: 0,
      upper: 0,
      walBytes: walBytes,
      explanation: "\(change.newPrimary) was a synchronous standby: each acknowledged commit had reached it.",
      evidence: [facts.observations.evidence(line)]
    )
  }

  /// Compares the client's row counts before and after, if only the client's own writes change them.
  private func countedRows() -> LostWrites? {
    let clients = facts.observations.clients
    guard let outage = facts.writeOutages.first, let lastGood = outage.lastGood, let firstGood = outage.firstGood else {
      return nil
    }
    guard let before = clients.readsSucceeded.before(index: lastGood.index).last,
      let rowsBefore = before.fields.integer(.total), RowCounts(facts: facts).areOwn(upTo: lastGood.index)
    else { return nil }
    guard let after = clients.readsSucceeded.after(index: firstGood.index).first,
      let rowsAfter = after.fields.integer(.total)
    else { return nil }
    let acknowledged = clients.writesSucceeded.after(index: before.index).before(index: after.index).count
    let missing = rowsBefore + acknowledged - rowsAfter
    // More rows than this client can account for: somebody else writes too, and the counts prove nothing.
    guard missing >= 0, RowCounts(facts: facts).areOwn(from: firstGood.index) else { return nil }
    let evidence = [before, after].map(facts.observations.evidence)
    if missing == 0 {
      return LostWrites(
        verdict: .none,
        lower: 0,
        upper: 0,
        walBytes: walBytes,
        explanation: "A later row count covers every acknowledged write.",
        evidence: evidence
      )
    }
    return LostWrites(
      verdict: .confirmed,
      lower: missing,
      upper: missing,
      walBytes: walBytes,
      explanation: "A later row count is \(missing) below what the client had been told.",
      evidence: evidence
    )
  }

  /// Compares the last acknowledged writes with the last transaction that the new primary had replayed.
  private func byLastTransaction(_ change: LeadershipChange) -> LostWrites {
    let window = Window(from: change.acquiredAt.advanced(bySeconds: -2), to: facts.window.to)
    guard
      let line = facts.observations.occurrences.first(.recoveryLastTransaction, member: change.newPrimary, in: window),
      let printed = line.fields[.time].flatMap({ Instant(rfc3339: $0) })
    else { return unknown }
    let last = CommitTime(printed: printed, by: change.oldPrimary, in: facts.observations)
    let until = facts.milestones.writableAt ?? change.acquiredAt
    let acknowledged = facts.observations.clients.writesSucceeded.within(
      Window(from: last.earliest.advanced(bySeconds: -600), to: until)
    )
    guard !acknowledged.isEmpty else { return unknown }
    let maybe = acknowledged.those { $0.latest.seconds(since: last.earliest) > 0.3 }
    // Whatever is surely later may be.
    let surely = maybe.those { write in
      write.earliest.seconds(since: last.latest) - facts.observations.mostAhead(write.source) > 0.3
    }
    let evidence = [line] + (surely.isEmpty ? maybe : surely).suffix(3)
    // One write at most is in doubt, and the last replayed transaction falls into its very instant: it is that write.
    let isSame =
      surely.isEmpty && maybe.count == 1
      && maybe.allSatisfy { $0.earliest <= last.earliest.advanced(bySeconds: 0.05) && $0.uncertainty < 1 }
    let upper = isSame ? 0 : maybe.count
    return verdict(lower: surely.count, upper: upper, last: printed, evidence: evidence, change: change)
  }

  private func verdict(
    lower: Int,
    upper: Int,
    last: Instant,
    evidence: [Occurrence],
    change: LeadershipChange
  ) -> LostWrites {
    let cited = evidence.map(facts.observations.evidence)
    let replayed = "\(change.newPrimary) had replayed transactions up to \(last.timeOfDay)"
    if lower > 0 {
      return LostWrites(
        verdict: .confirmed,
        lower: lower,
        upper: upper,
        walBytes: walBytes,
        explanation: "\(replayed); \(lower) acknowledged \(lower == 1 ? "write is" : "writes are") later than that.",
        evidence: cited
      )
    }
    if upper > 0 {
      return LostWrites(
        verdict: .possible,
        lower: 0,
        upper: upper,
        walBytes: walBytes,
        explanation: "\(replayed); the clocks do not tell whether the last acknowledged write came before or after.",
        evidence: cited
      )
    }
    return LostWrites(
      verdict: .none,
      lower: 0,
      upper: 0,
      walBytes: walBytes,
      explanation: "\(replayed), not before the last acknowledged write.",
      evidence: cited
    )
  }

  private var unknown: LostWrites {
    if let bytes = walBytes, bytes > TimelineFork.shutdownCheckpointBytes {
      return LostWrites(
        verdict: .possible,
        walBytes: bytes,
        explanation:
          "The fork discards \(bytes) bytes of WAL of the old primary; nobody's lines tell what was in them.",
        evidence: (TimelineFork.ofOldPrimary(in: facts)?.evidence ?? []).map(facts.observations.evidence)
      )
    }
    return LostWrites(
      verdict: .unknown,
      walBytes: walBytes,
      explanation: "The log holds no acknowledged writes, or not the new primary's last replayed transaction."
    )
  }
}

/// The row counts that a client's reads tell.
struct RowCounts {
  let facts: IncidentFacts

  /// Whether counts before a position grow by the client's own writes only.
  func areOwn(upTo index: Int) -> Bool {
    isConsistent(facts.observations.clients.readsSucceeded.before(index: index).suffix(6))
  }

  /// Whether counts from a position on grow by the client's own writes only.
  func areOwn(from index: Int) -> Bool {
    isConsistent(facts.observations.clients.readsSucceeded.after(index: index).prefix(6))
  }

  private func isConsistent(_ reads: some BidirectionalCollection<Occurrence>) -> Bool {
    let reads = Array(reads)
    guard reads.count >= 2 else { return false }
    return zip(reads, reads.dropFirst()).allSatisfy { earlier, later in
      guard let before = earlier.fields.integer(.total), let after = later.fields.integer(.total) else { return false }
      let written = facts.observations.clients.writesSucceeded.after(index: earlier.index).before(index: later.index)
        .count
      return after - before == written
    }
  }
}
