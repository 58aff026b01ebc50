/// The results of one statement, put together.
struct StatementAnswer {
  private var rows = Rows()
  private var failure: PostgresError.Report?
  private var hasSucceeded = false
  private var endedSession = false
  /// Whether more results would never end.
  private(set) var isUnusable = false

  /// Whether an error was among the results.
  var hasFailed: Bool { failure != nil }

  /// Takes the next result.
  mutating func add(_ result: borrowing QueryResult) {
    if result.isSuccess {
      rows = result.rows
      hasSucceeded = true
    } else if result.isCopy {
      failure = PostgresError.Report(message: "the statement begins a COPY")
      isUnusable = true
    } else if failure == nil {
      failure = result.report
      endedSession = result.endsSession || result.report.sqlState == nil
    }
  }

  /// The rows of a statement that is in effect.
  ///
  /// Throws `refused` or `interrupted` if it is not, or may not be.
  func outcome() throws(PostgresError) -> Rows {
    guard let failure else { return rows }
    guard !isUnusable, !isInDoubt(failure) else { throw .interrupted(failure) }
    throw .refused(failure)
  }

  /// Whether the statement may be in effect in spite of the error.
  ///
  /// An error that the session survives has rolled it back. One that ends the session may have come after the commit,
  /// or from a pooler that lost the server (`server conn crashed?`). The exceptions come before anything is run, or from the
  /// server's own hand before the statement was complete.
  private func isInDoubt(_ failure: PostgresError.Report) -> Bool {
    guard endedSession else { return false }
    if hasSucceeded { return true }
    return failure.sqlState != "57P01" && !Self.beforeAnything.contains { failure.message.hasPrefix($0) }
  }

  /// What PgBouncer tells a client that it has not yet given a server to (janitor.c, objects.c, client.c; 1.12 to 1.25).
  private static let beforeAnything = [
    "query_wait_timeout", "pgbouncer cannot connect to server", "server login has been failing",
    "client_login_timeout", "the database system is shutting down",
  ]
}
