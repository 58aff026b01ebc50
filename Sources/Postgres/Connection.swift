/// A connection to PostgreSQL, or to a pooler in front of it.
///
/// Every step has a deadline, also against a server that is frozen or behind a network that drops packets. It keeps no state
/// in the server between statements (no prepared statements, no settings), so that it works through a pooler that gives each
/// transaction another server.
package actor Connection {
  private nonisolated let thread = WaitingThread(label: "connection to PostgreSQL")
  package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  private let library: Library
  private var session: Session?

  private init(library: Library) {
    self.library = library
  }

  /// Connects to the first host that answers.
  ///
  /// - Parameters:
  ///   - target: where to.
  ///   - timeout: how long each host may take, with the look-up of its name.
  ///   - library: libpq.
  /// - Returns: the connection, ready for statements.
  /// - Throws: `PostgresError.notConnected`, of the last host.
  package static func open(
    _ target: ConnectionString,
    timeout: Duration,
    library: Library
  ) async throws(PostgresError) -> Connection {
    var failure = PostgresError.notConnected(.timeout)
    for settings in target.attempts {
      let connection = Connection(library: library)
      let deadline = ContinuousClock.now + timeout
      // The session keeps its own deadline; this one is for a look-up that hangs.
      let outcome = await result(by: deadline + .milliseconds(100)) {
        await connection.establish(settings, until: deadline)
      }
      switch outcome {
      case .success: return connection
      case .failure(let error): failure = error
      case nil: failure = .notConnected(.timeout)
      }
    }
    throw failure
  }

  /// Runs one statement as a transaction of its own and returns its rows as text.
  ///
  /// - Parameters:
  ///   - statement: one statement of SQL, with `$1`, `$2` … for the parameters.
  ///   - parameters: their values as text; nil is null.
  ///   - timeout: how long it may take. Then the server is asked to cancel it, and has a moment to say that it did.
  /// - Returns: the rows, once the transaction is committed.
  /// - Throws: `PostgresError.refused` if it is not in effect, `interrupted` if that is not known, `notConnected` if an
  ///   earlier statement has cost the connection.
  package func query(
    _ statement: String,
    _ parameters: [String?] = [],
    timeout: Duration
  ) async throws(PostgresError) -> Rows {
    guard let session else { throw .notConnected(PostgresError.Report(message: "the connection is closed")) }
    do {
      return try session.run(statement, parameters, until: .now + timeout)
    } catch {
      if case .interrupted = error { self.session = nil }
      if !session.isAlive { self.session = nil }
      throw error
    }
  }

  /// Closes the connection; also done when nobody holds it any more.
  package func close() {
    session = nil
  }

  /// Whether statements can be sent, as far as is known without sending one.
  package var isOpen: Bool {
    if let session, !session.isAlive { self.session = nil }
    return session != nil
  }

  /// The server's version as PostgreSQL numbers it, such as 150020; 0 if it is closed.
  package var serverVersion: Int { session?.serverVersion ?? 0 }

  /// A setting that the server reports of its own accord, such as `in_hot_standby` (PostgreSQL 14 and newer).
  package func reportedSetting(_ name: String) -> String? {
    session?.parameter(name)
  }

  private func establish(
    _ settings: ConnectionString.Settings,
    until deadline: ContinuousClock.Instant
  ) -> Result<Void, PostgresError> {
    do throws(PostgresError) {
      let session = try Session(settings, library: library)
      try session.establish(until: deadline)
      self.session = session
      return .success(())
    } catch {
      return .failure(error)
    }
  }
}
