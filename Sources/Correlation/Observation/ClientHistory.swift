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
  /// Whether nothing of the client's had worked yet, so that it waited for a cluster to be set up, if nothing else happened.
  package var isBeforeFirstUse = false

  /// The window from the last success to the first success.
  package var window: Window {
    let start = lastGood?.at ?? failures.first?.at ?? firstGood?.at ?? Instant(milliseconds: 0)
    return Window(from: start, to: firstGood?.at)
  }
}

/// The operations of all clients in the log, and when they did not work.
package struct ClientHistory: Sendable {
  package let writesSucceeded: OccurrenceList
  package let writesFailed: OccurrenceList
  package let readsSucceeded: OccurrenceList
  package let readsFailed: OccurrenceList
  /// What is certainly an outage, by the client's own lines.
  package let outages: ClientOutages
  /// Gaps a little longer than usual: an outage only where a server is shown to have been down meanwhile.
  package let hesitations: ClientOutages

  package init(_ occurrences: Occurrences, logEnd: Instant?) {
    writesSucceeded = occurrences.list(of: .clientWriteSucceeded)
    writesFailed = occurrences.list(of: .clientWriteFailed)
    readsSucceeded = occurrences.list(of: .clientReadSucceeded)
    readsFailed = occurrences.list(of: .clientReadFailed)
    let firstUse = Self.firstUse(writesSucceeded, readsSucceeded)
    let found =
      Self.outages(
        of: .write,
        good: writesSucceeded,
        bad: occurrences.list(of: .clientWriteFailed, .clientConnectFailed),
        firstUse: firstUse,
        logEnd: logEnd
      )
      + Self.outages(
        of: .read,
        good: readsSucceeded,
        bad: occurrences.list(of: .clientReadFailed, .clientConnectFailed),
        firstUse: firstUse,
        logEnd: logEnd
      )
    outages = ClientOutages(found.filter(\.isCertain))
    hesitations = ClientOutages(found.filter { !$0.isCertain })
  }

  /// Whether a client's lines are in the log.
  package var isObserved: Bool { !writesSucceeded.isEmpty || !writesFailed.isEmpty }

  /// Where a client writes the first row of its table, if nothing succeeded before: what failed until then had not worked yet, as
  /// while a cluster is set up.
  private static func firstUse(_ writes: OccurrenceList, _ reads: OccurrenceList) -> Int? {
    guard let first = writes.first, first.fields.integer(.rowID) == 1 else { return nil }
    return reads.first.map { $0.index > first.index } ?? true ? first.index : nil
  }

  /// Walks through successes; a failure between two, or a gap far beyond the rhythm, makes an outage.
  private static func outages(
    of operation: ClientOperation,
    good: OccurrenceList,
    bad: OccurrenceList,
    firstUse: Int?,
    logEnd: Instant?
  ) -> [ClientOutage] {
    let folds = FoldedSpans(good)
    let rhythm = Self.rhythm(of: good, folds)
    let patience = max(rhythm * 3, rhythm + 2)
    let restlessness = max(rhythm * 1.8, rhythm + 0.8)
    var result: [ClientOutage] = []
    var remaining = bad
    for place in good.indices {
      let next = place + 1 < good.endIndex ? place + 1 : nil
      let failures = take(&remaining, from: good.position(at: place), upTo: next.map(good.position) ?? Int.max)
      let start = good.instant(at: place)
      let end = next.map(good.instant)
      let gap = (end ?? logEnd ?? start).seconds(since: start)
      guard !failures.isEmpty || gap > restlessness else { continue }
      // Silence at the end may only mean that this log was fetched earlier than the others.
      let isFolded = end.map { folds.touch(start, $0) } ?? false
      let isSilent = gap > patience && next != nil && !isFolded
      let isHesitant = gap > restlessness && !isFolded
      guard !failures.isEmpty || isSilent || isHesitant else { continue }
      result.append(
        ClientOutage(
          operation: operation,
          lastGood: good[place],
          firstGood: next.map { good[$0] },
          failures: failures,
          rhythm: rhythm,
          isCertain: !failures.isEmpty || isSilent
        )
      )
    }
    let before = Array(good.first.map { bad.before(index: $0.index) } ?? bad)
    if let last = before.last {
      result.insert(
        ClientOutage(
          operation: operation,
          lastGood: nil,
          firstGood: good.first,
          failures: before,
          rhythm: rhythm,
          isCertain: true,
          isBeforeFirstUse: firstUse.map { last.index < $0 } ?? false
        ),
        at: 0
      )
    }
    return result
  }

  /// The usual time between two successes, in seconds.
  private static func rhythm(of good: OccurrenceList, _ folds: FoldedSpans) -> Double {
    var gaps: [Double] = []
    gaps.reserveCapacity(good.count)
    var passed = 0
    for place in good.indices.dropFirst() {
      let (last, next) = (good.instant(at: place - 1), good.instant(at: place))
      guard next > last else { continue }
      passed = folds.passed(at: last, from: passed)
      if !folds.begins(passed, before: next) { gaps.append(next.seconds(since: last)) }
    }
    return gaps.median ?? 1
  }

  private static func take(_ remaining: inout OccurrenceList, from previous: Int, upTo next: Int) -> [Occurrence] {
    guard !remaining.isEmpty, remaining.position(at: remaining.startIndex) < next else { return [] }
    let later = remaining.after(index: previous - 1)
    remaining = later.after(index: next - 1)
    return Array(later.dropLast(remaining.count))
  }
}

/// Spans in which operations succeeded that were not kept.
struct FoldedSpans {
  /// From the first operation that was not kept to the one that tells of it, merged and in time order.
  private var spans: [(from: Instant, to: Instant)] = []

  init(_ occurrences: OccurrenceList) {
    for place in occurrences.indices {
      guard let folded = occurrences.folded(at: place) else { continue }
      let at = occurrences.instant(at: place)
      let from = at.advanced(bySeconds: -Double(folded.milliseconds) / 1000)
      var start = from
      while let last = spans.last, last.to >= from {
        start = min(start, last.from)
        spans.removeLast()
      }
      spans.append((start, at))
    }
  }

  /// How many spans are over at an instant, where so many were before.
  func passed(at instant: Instant, from before: Int) -> Int {
    var passed = before
    while passed < spans.count, spans[passed].to <= instant { passed += 1 }
    return passed
  }

  /// Whether the span behind some that are over has begun before an instant.
  func begins(_ passed: Int, before instant: Instant) -> Bool {
    passed < spans.count && spans[passed].from < instant
  }

  /// Whether a span lies, in part at least, between two instants.
  func touch(_ from: Instant, _ to: Instant) -> Bool {
    guard !spans.isEmpty else { return false }
    let next = spans.partition { $0.to > from }
    return next < spans.endIndex && spans[next].from < to
  }
}
