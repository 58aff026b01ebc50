/// Why there is no connection or no answer, by what is known of the statement's effect.
package enum PostgresError: Error, Hashable, Sendable {
  /// libpq cannot be loaded on this machine; the loader's words.
  case libraryMissing(reason: String)
  /// The connection string cannot be read; nothing of it is quoted, since it may hold a password.
  case invalidConnectionString(reason: String)
  /// There is no connection, so that no statement was sent.
  case notConnected(Report)
  /// The server refused the statement: it is not in effect.
  case refused(Report)
  /// The connection broke or the time was up while the statement was under way: it may be in effect or not.
  case interrupted(Report)

  /// What the server, or libpq in its place, has said.
  package struct Report: Hashable, Sendable {
    /// The five characters of the SQLSTATE; nil if the words are libpq's or failscope's own.
    package var sqlState: String?
    /// The primary message, without severity, place or hint.
    package var message: String
    /// Whether nobody answered in time.
    package var isTimeout: Bool

    /// A report in the server's words unless `isTimeout` says otherwise.
    package init(sqlState: String? = nil, message: String, isTimeout: Bool = false) {
      self.sqlState = sqlState
      self.message = message
      self.isTimeout = isTimeout
    }

    /// libpq's own words for a deadline that passed (`connectDBComplete` in fe-connect.c).
    static let timeout = Report(message: "timeout expired", isTimeout: true)
  }

  /// What was said; nil for the cases that no server had a part in.
  package var report: Report? {
    switch self {
    case .libraryMissing, .invalidConnectionString: nil
    case .notConnected(let report), .refused(let report), .interrupted(let report): report
    }
  }

  /// A clause for people, without a password.
  package var reason: String {
    switch self {
    case .libraryMissing(let reason): "libpq cannot be loaded (\(reason)); install libpq5 (Fedora: libpq)"
    case .invalidConnectionString(let reason): "the connection string cannot be read: \(reason)"
    case .notConnected(let report), .refused(let report), .interrupted(let report): report.message
    }
  }
}
