package import Postgres

/// What became of a write, as far as the client knows.
package enum WriteOutcome: Hashable, Sendable {
  /// The server confirmed the commit; `id` is the row's.
  case acknowledged(id: Int)
  /// There was no connection to send it on: it is not in effect.
  case notSent(PostgresError.Report)
  /// The server said that it is not in effect.
  case refused(PostgresError.Report)
  /// The connection broke or the time was up before the answer: it may be in effect or not.
  case unknown(PostgresError.Report)

  /// The outcome that an error leaves.
  init(_ error: PostgresError) {
    switch error {
    case .notConnected(let report): self = .notSent(report)
    case .refused(let report): self = .refused(report)
    case .interrupted(let report): self = .unknown(report)
    case .libraryMissing, .invalidConnectionString: self = .notSent(PostgresError.Report(message: error.reason))
    }
  }

  /// What was said about it; nil for an acknowledged write.
  package var report: PostgresError.Report? {
    switch self {
    case .acknowledged: nil
    case .notSent(let report), .refused(let report), .unknown(let report): report
    }
  }
}

/// What became of a read.
package enum ReadOutcome: Hashable, Sendable {
  /// The number of rows in the table, and the row with the highest id.
  case answered(total: Int, latest: Latest?)
  case failed(PostgresError.Report)

  /// The newest row.
  package struct Latest: Hashable, Sendable {
    package var id: Int
    package var data: String
  }
}
