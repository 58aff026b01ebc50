import Contract
import Model

/// When a transaction was committed that a standby names as the last one it replayed.
///
/// The time in that line comes from the commit's WAL record (`xact_time`), so that it is by the clock of the primary that wrote
/// it, not by that of the standby that prints it.
struct CommitTime {
  let earliest: Instant
  let latest: Instant
  /// A clock that nothing bounds may be in another zone, or a day behind: it proves nothing.
  private static let unboundedDoubt = 86_400.0

  /// - Parameters:
  ///   - printed: the time in the line.
  ///   - primary: the member that wrote the WAL.
  ///   - observations: what is known of the clocks.
  init(printed: Instant, by primary: String, in observations: Observations) {
    let clock = observations.directory.source(of: primary).flatMap { observations.clock(of: $0) }
    guard let clock, let offset = clock.offset, offset != 0, let upper = clock.upper else {
      // A clock that nothing shows to be off is taken as it is, but it proves nothing beyond its bounds.
      let behind = clock?.lower.map { max(0, -$0) } ?? Self.unboundedDoubt
      (earliest, latest) = (printed, printed.advanced(bySeconds: behind))
      return
    }
    earliest = printed.advanced(bySeconds: -upper)
    latest = printed.advanced(bySeconds: -(clock.lower ?? offset))
  }
}

extension Observations {
  /// What was found out about a source's clock.
  func clock(of source: SourceID) -> SourceClock? {
    source.index < clocks.count ? clocks[source.index] : nil
  }

  /// By how many seconds a source's clock may be ahead although its times are not corrected.
  func mostAhead(_ source: SourceID) -> Double {
    guard let clock = clock(of: source), clock.offset == 0 else { return 0 }
    return max(0, clock.upper ?? 0)
  }
}
