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
  package let outages: [ClientOutage]
  /// Gaps a little longer than usual: an outage only where a server is shown to have been down meanwhile.
  package let hesitations: [ClientOutage]

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
    outages = found.filter(\.isCertain)
    hesitations = found.filter { !$0.isCertain }
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
    let rhythm = zip(good, good.dropFirst()).map { $1.at.seconds(since: $0.at) }.filter { $0 > 0 }.median ?? 1
    let patience = max(rhythm * 3, rhythm + 2)
    var result: [ClientOutage] = []
    var remaining = bad[...]
    for (previous, next) in zip(good.map(Optional.init) + [nil], good.map(Optional.init).dropFirst() + [nil]) {
      let failures = take(&remaining, from: previous, upTo: next)
      guard let previous else { continue }
      let gap = (next?.at ?? logEnd ?? previous.at).seconds(since: previous.at)
      // Silence at the end may only mean that this log was fetched earlier than the others.
      let isSilent = gap > patience && next != nil
      let isHesitant = gap > max(rhythm * 1.8, rhythm + 0.8)
      guard !failures.isEmpty || isSilent || isHesitant else { continue }
      result.append(
        ClientOutage(
          operation: operation,
          lastGood: previous,
          firstGood: next,
          failures: failures,
          rhythm: rhythm,
          isCertain: !failures.isEmpty || isSilent
        )
      )
    }
    let before = bad.filter { failure in good.first.map { failure.index < $0.index } ?? true }
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
    from previous: Occurrence?,
    upTo next: Occurrence?
  ) -> [Occurrence] {
    guard let previous else { return [] }
    remaining = remaining.drop { $0.index < previous.index }
    let failures = remaining.prefix { failure in next.map { failure.index < $0.index } ?? true }
    remaining = remaining.dropFirst(failures.count)
    return Array(failures)
  }
}
