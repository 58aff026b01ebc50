/// What the client knows of each of its writes.
package struct Ledger: Hashable, Sendable {
  /// What is known of one attempt.
  package enum Entry: Hashable, Sendable {
    case acknowledged(id: Int, number: Int)
    /// Refused or never sent.
    case refused(number: Int)
    case unknown(number: Int)
  }

  /// By attempt, the first of which is 1.
  package private(set) var entries: [Entry] = []
  package private(set) var acknowledged = 0
  package private(set) var refused = 0
  package private(set) var unknown = 0
  package private(set) var reads = 0
  package private(set) var failedReads = 0
  /// Operations that failed since the last success of a write.
  private var failures = 0
  /// The number of the text that comes next.
  private var number = 1

  package init() {}

  /// The row to write next.
  ///
  /// A text is used again while its writes are refused, so that texts count the writes that may be there.
  package func nextRow(of run: String) -> MonitorRow {
    MonitorRow(run: run, attempt: entries.count + 1, data: Self.text(number))
  }

  /// The text of a row by its number.
  package static func text(_ number: Int) -> String { "Test data #\(number)" }

  /// Takes in what became of the row that came next; returns how many failures it has ended, if it is a success.
  package mutating func note(_ outcome: WriteOutcome) -> Int? {
    switch outcome {
    case .acknowledged(let id):
      entries.append(.acknowledged(id: id, number: number))
      acknowledged += 1
      number += 1
      defer { failures = 0 }
      return failures > 0 ? failures : nil
    case .notSent, .refused:
      entries.append(.refused(number: number))
      refused += 1
    case .unknown:
      entries.append(.unknown(number: number))
      unknown += 1
      number += 1
    }
    failures += 1
    return nil
  }

  /// Takes in what became of a read.
  package mutating func note(_ outcome: ReadOutcome) {
    reads += 1
    guard case .failed = outcome else { return }
    failedReads += 1
    failures += 1
  }
}
