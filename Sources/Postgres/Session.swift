import CLibpq

/// A connection of libpq's, closed when nobody holds it any more.
///
/// Its calls return when something has come or the deadline has passed, so they belong on a thread that may wait. One
/// call alone may take longer than its deadline: libpq looks names up while it connects, and no deadline bounds that.
final class Session {
  /// How long an answer to a cancelled statement is waited for: it says that the statement is not in effect.
  private static let graceAfterCancel = Duration.milliseconds(300)

  private let connection: OpaquePointer
  private let library: Library

  /// Begins to connect.
  ///
  /// Throws `PostgresError.notConnected`.
  init(_ settings: ConnectionString.Settings, library: Library) throws(PostgresError) {
    let keywords = CStrings(Array(settings.keys), endsWithNull: true)
    let values = CStrings(Array(settings.values), endsWithNull: true)
    guard let connection = library.functions.pointee.PQconnectStartParams(keywords.start, values.start, 0) else {
      throw .notConnected(PostgresError.Report(message: "out of memory"))
    }
    self.connection = connection
    self.library = library
    _ = functions.PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
    _ = functions.PQsetNoticeProcessor(connection, libpq_ignore_notice, nil)
  }

  deinit {
    functions.PQfinish(connection)
  }

  private var functions: libpq { library.functions.pointee }

  /// The server's version, such as 150020; 0 if it did not say.
  var serverVersion: Int { Int(functions.PQserverVersion(connection)) }

  /// A setting that the server reports of its own accord, such as `in_hot_standby`.
  func parameter(_ name: String) -> String? {
    functions.PQparameterStatus(connection, name).map { String(cString: $0) }
  }

  /// Whether the connection still stands.
  ///
  /// Takes in what the server has sent meanwhile: its last words, and the end of the connection. Waits for nothing.
  var isAlive: Bool {
    while functions.PQstatus(connection) == CONNECTION_OK, Readiness.isReady(functions.PQsocket(connection)) {
      guard functions.PQconsumeInput(connection) == 1 else { return false }
      // Makes libpq look at what has come.
      guard functions.PQisBusy(connection) == 0 else { return false }
    }
    return functions.PQstatus(connection) == CONNECTION_OK
  }

  // MARK: Connecting

  /// Brings the connection about (`PQconnectPoll`, libpq 34.1).
  ///
  /// Throws `PostgresError.notConnected`.
  func establish(until deadline: ContinuousClock.Instant) throws(PostgresError) {
    var wanted = PGRES_POLLING_WRITING
    while wanted != PGRES_POLLING_OK {
      guard functions.PQstatus(connection) != CONNECTION_BAD, wanted != PGRES_POLLING_FAILED else {
        throw .notConnected(reportInWords)
      }
      let direction = wanted == PGRES_POLLING_READING ? Readiness.Direction.readable : .writable
      guard Readiness.wait(for: functions.PQsocket(connection), direction, until: deadline) else {
        throw .notConnected(.timeout)
      }
      wanted = functions.PQconnectPoll(connection)
    }
    guard functions.PQsetnonblocking(connection, 1) == 0 else { throw .notConnected(reportInWords) }
  }

  // MARK: Statements

  /// Runs one statement and returns what it returned, once the server is ready for the next one.
  ///
  /// The result of a statement comes before its transaction is committed (`exec_execute_message` and the `Sync` after it in
  /// postgres.c), so that only the end of all results acknowledges it.
  ///
  /// Throws `PostgresError.refused` if it is not in effect, `interrupted` if that is not known. After `interrupted` the session
  /// is of no further use.
  func run(
    _ statement: String,
    _ parameters: [String?],
    until deadline: ContinuousClock.Instant
  ) throws(PostgresError) -> Rows {
    try send(statement, parameters)
    var wait = StatementWait(deadline: deadline)
    try flush(&wait)
    var answer = StatementAnswer()
    do throws(PostgresError) {
      while !answer.isUnusable, let result = try nextResult(&wait) { answer.add(result) }
    } catch {
      // The server's last words tell more than the end of the connection that follows them.
      guard answer.hasFailed else { throw error }
    }
    return try answer.outcome()
  }

  private func send(_ statement: String, _ parameters: [String?]) throws(PostgresError) {
    let values = CStrings(parameters)
    let send = functions.PQsendQueryParams
    guard send(connection, statement, Int32(parameters.count), nil, values.start, nil, nil, 0) == 1 else {
      throw .interrupted(reportInWords)
    }
  }

  /// Sends what is in libpq's buffer, reading meanwhile, since the server may have to write first.
  private func flush(_ wait: inout StatementWait) throws(PostgresError) {
    while true {
      switch functions.PQflush(connection) {
      case 0: return
      case 1: try awaitSocket(.either, &wait)
      default: throw .interrupted(reportInWords)
      }
      guard functions.PQconsumeInput(connection) == 1 else { throw .interrupted(reportInWords) }
    }
  }

  private func nextResult(_ wait: inout StatementWait) throws(PostgresError) -> QueryResult? {
    while functions.PQisBusy(connection) != 0 {
      try awaitSocket(.readable, &wait)
      guard functions.PQconsumeInput(connection) == 1 else { throw .interrupted(reportInWords) }
    }
    return functions.PQgetResult(connection).map { QueryResult(owning: $0, library: library) }
  }

  /// Waits for the socket.
  ///
  /// When the time is up the server is asked to cancel, and given a moment to answer.
  private func awaitSocket(_ direction: Readiness.Direction, _ wait: inout StatementWait) throws(PostgresError) {
    while !Readiness.wait(for: functions.PQsocket(connection), direction, until: wait.deadline) {
      guard !wait.isCancelled else { throw .interrupted(.timeout) }
      Cancellation(of: connection, library: library)?.send()
      wait = StatementWait(deadline: .now + Self.graceAfterCancel, isCancelled: true)
    }
  }

  /// What libpq says of the connection as a whole.
  private var reportInWords: PostgresError.Report {
    let text = ErrorText(functions.PQerrorMessage(connection).map { String(cString: $0) } ?? "")
    return PostgresError.Report(sqlState: text.sqlState, message: text.message)
  }
}

/// Until when a statement is waited for.
private struct StatementWait {
  var deadline: ContinuousClock.Instant
  var isCancelled = false
}
