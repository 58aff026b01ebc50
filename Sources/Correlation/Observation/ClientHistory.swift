package import Model

/// What a client did.
package enum ClientOperation: Hashable, Sendable {
  case write
  case read
}

/// A span in which no operation of one kind succeeded although the client tried, or should have tried.
package struct ClientOutage: Hashable, Sendable {
  package var operation: ClientOperation
  /// The last success before; nil if the log begins inside the outage.
  package var lastGood: Occurrence?
  /// The first success after; nil if there is none.
  package var firstGood: Occurrence?
  package var failures: [Occurrence]
  /// The client's usual time between operations, in seconds.
  package var rhythm: Double
  /// Whether the client's own lines make it an outage; if not, the gap is only a little longer than usual.
  package var isCertain: Bool

  /// The window from the last success to the first success.
  package var window: Window {
    let start = lastGood?.at ?? failures.first?.at ?? firstGood?.at ?? Instant(milliseconds: 0)
    return Window(from: start, to: firstGood?.at)
  }
}

/// The operations of all clients in the log, and when they did not work.
package struct ClientHistory: Sendable {
  package let writesSucceeded: [Occurrence]
  package let writesFailed: [Occurrence]
  package let readsSucceeded: [Occurrence]
  package let readsFailed: [Occurrence]
  /// What is certainly an outage, by the client's own lines.
  package let outages: ClientOutages
  /// Gaps a little longer than usual: an outage only where a server is shown to have been down meanwhile.
  package let hesitations: ClientOutages

  package init(_ occurrences: Occurrences, logEnd: Instant?) {
    writesSucceeded = occurrences.of(.clientWriteSucceeded)
    writesFailed = occurrences.of(.clientWriteFailed)
    readsSucceeded = occurrences.of(.clientReadSucceeded)
    readsFailed = occurrences.of(.clientReadFailed)
    let connections = occurrences.of(.clientConnectFailed)
    let lastSign = [writesSucceeded.last, readsSucceeded.last, writesFailed.last, readsFailed.last].compactMap {
      $0?.at
    }.max()
    let found =
      Self.outages(
        of: .write,
        good: writesSucceeded,
        bad: writesFailed + connections,
        lastSign: lastSign,
        logEnd: logEnd
      )
      + Self.outages(
        of: .read,
        good: readsSucceeded,
        bad: readsFailed + connections,
        lastSign: lastSign,
        logEnd: logEnd
      )
    outages = ClientOutages(found.filter(\.isCertain))
    hesitations = ClientOutages(found.filter { !$0.isCertain })
  }

  /// Whether a client's lines are in the log.
  package var isObserved: Bool { !writesSucceeded.isEmpty || !writesFailed.isEmpty }

  /// Walks through successes; a failure between two, or a gap far beyond the rhythm, makes an outage.
  private static func outages(
    of operation: ClientOperation,
    good: [Occurrence],
    bad: [Occurrence],
    lastSign: Instant?,
    logEnd: Instant?
  ) -> [ClientOutage] {
    let bad = bad.sorted { ($0.at, $0.index) < ($1.at, $1.index) }
    let folds = FoldedSpans(good)
    let times = good.map(\.at)
    let rhythm =
      zip(times, times.dropFirst()).filter { !folds.touch($0, $1) }
      .map { $1.seconds(since: $0) }.filter { $0 > 0 }.median ?? 1
    let patience = max(rhythm * 3, rhythm + 2)
    var result: [ClientOutage] = []
    var remaining = bad[...]
    for (position, start) in times.enumerated() {
      let end = position + 1 < times.count ? times[position + 1] : nil
      let index = position + 1 < good.count ? good[position + 1].index : Int.max
      let failures = take(&remaining, from: good[position].index, upTo: index)
      let gap = (end ?? logEnd ?? start).seconds(since: start)
      // Silence at the end may only mean that this log was fetched earlier than the others.
      let isFolded = end.map { folds.touch(start, $0) } ?? false
      let isSilent = gap > patience && end != nil && !isFolded
      let isHesitant = gap > max(rhythm * 1.8, rhythm + 0.8) && !isFolded
      guard !failures.isEmpty || isSilent || isHesitant else { continue }
      result.append(
        ClientOutage(
          operation: operation,
          lastGood: good[position],
          firstGood: end == nil ? nil : good[position + 1],
          failures: failures,
          rhythm: rhythm,
          isCertain: !failures.isEmpty || isSilent
        )
      )
    }
    let before = good.first.map { Array(bad.before(index: $0.index)) } ?? bad
    if !before.isEmpty {
      result.insert(
        ClientOutage(
          operation: operation,
          lastGood: nil,
          firstGood: good.first,
          failures: before,
          rhythm: rhythm,
          isCertain: true
        ),
        at: 0
      )
    }
    return result
  }

  private static func take(
    _ remaining: inout ArraySlice<Occurrence>,
    from previous: Int,
    upTo next: Int
  ) -> [Occurrence] {
    guard !remaining.isEmpty else { return [] }
    remaining = remaining.drop { $0.index < previous }
    let failures = remaining.prefix { $0.index < next }
    remaining = remaining.dropFirst(failures.count)
    return Array(failures)
  }
}

/// Spans in which operations succeeded that were not kept.
struct FoldedSpans {
  /// From the first operation that was not kept to the one that tells of it, merged and in time order.
  private var spans: [(from: Instant, to: Instant)] = []

  init(_ occurrences: [Occurrence]) {
    for occurrence in occurrences {
      guard let folded = occurrence.folded else { continue }
      let from = occurrence.at.advanced(bySeconds: -Double(folded.milliseconds) / 1000)
      var start = from
      while let last = spans.last, last.to >= from {
        start = min(start, last.from)
        spans.removeLast()
      }
      spans.append((start, occurrence.at))
    }
  }

  /// Whether a span lies, in part at least, between two instants.
  func touch(_ from: Instant, _ to: Instant) -> Bool {
    guard !spans.isEmpty else { return false }
    let next = spans.partition { $0.to > from }
    return next < spans.endIndex && spans[next].from < to
  }
}
