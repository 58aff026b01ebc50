package import Postgres

/// The client whose writes and reads show what users see.
///
/// Each operation is one statement and with it one transaction, and nothing is prepared or set in the session, so that a
/// pooler may give each of them another server.
package actor MonitorClient {
  /// How it connects, and to which table it writes.
  package struct Settings: Sendable {
    package var target: ConnectionString
    package var table: Identifier
    /// How long each host may take to connect to.
    package var connectTimeout: Duration
    package var statementTimeout: Duration
    /// Whether the table is made if it is missing.
    package var createsTable: Bool
    /// Whether each operation connects anew, as short-lived requests do.
    package var connectsAnew: Bool

    /// All of it.
    package init(
      target: ConnectionString,
      table: Identifier,
      connectTimeout: Duration,
      statementTimeout: Duration,
      createsTable: Bool,
      connectsAnew: Bool
    ) {
      self.target = target
      self.table = table
      self.connectTimeout = connectTimeout
      self.statementTimeout = statementTimeout
      self.createsTable = createsTable
      self.connectsAnew = connectsAnew
    }
  }

  /// SQLSTATE of a write that met a server that only reads.
  private static let readOnly = "25006"
  /// Two sessions that make one table at once: `duplicate_table`, or `unique_violation` in the catalogue.
  private static let isThere: Set = ["42P07", "23505"]
  private static let undefinedTable = "42P01"

  private let settings: Settings
  private let library: Library
  private var connection: Connection?
  private var tableIsThere: Bool

  package init(_ settings: Settings, library: Library) {
    self.settings = settings
    self.library = library
    tableIsThere = !settings.createsTable
  }

  // MARK: Operations

  /// Writes one row.
  package func write(_ row: MonitorRow) async -> WriteOutcome {
    do throws(PostgresError) {
      let rows = try await withConnection { connection, settings throws(PostgresError) in
        try await self.ensureTable(connection)
        return try await connection.query(
          "INSERT INTO \(settings.table.quoted) (run, attempt, data) VALUES ($1, $2, $3) RETURNING id",
          [row.run, String(row.attempt), row.data],
          timeout: settings.statementTimeout
        )
      }
      return .acknowledged(id: rows.value(0).flatMap { Int($0) } ?? 0)
    } catch {
      return WriteOutcome(error)
    }
  }

  /// Counts the rows and reads the newest one.
  package func read() async -> ReadOutcome {
    do throws(PostgresError) {
      let rows = try await withConnection { connection, settings throws(PostgresError) in
        let table = settings.table.quoted
        return try await connection.query(
          "SELECT count(*), max(id), (SELECT data FROM \(table) ORDER BY id DESC LIMIT 1) FROM \(table)",
          timeout: settings.statementTimeout
        )
      }
      let latest = rows.value(1).flatMap { Int($0) }.map { ReadOutcome.Latest(id: $0, data: rows.value(2) ?? "") }
      return .answered(total: rows.value(0).flatMap { Int($0) } ?? 0, latest: latest)
    } catch {
      return .failed(error.report ?? PostgresError.Report(message: error.reason))
    }
  }

  /// The rows of a run, as the table holds them now.
  ///
  /// Throws `PostgresError`.
  package func storedRows(of run: String) async throws(PostgresError) -> StoredRows {
    do throws(PostgresError) {
      let rows = try await withConnection { connection, settings throws(PostgresError) in
        // One row at least, so that the server says what it is even if it has none of the run.
        try await connection.query(
          """
          SELECT pg_is_in_recovery(), attempt, id, data FROM (SELECT 1) AS one \
          LEFT JOIN \(settings.table.quoted) ON run = $1 ORDER BY attempt, id
          """,
          [run],
          timeout: settings.statementTimeout
        )
      }
      return StoredRows(rows)
    } catch {
      // A table that is gone has lost all its rows.
      if error.report?.sqlState == Self.undefinedTable { return StoredRows() }
      throw error
    }
  }

  // MARK: Connection

  private func withConnection(
    _ work: (Connection, Settings) async throws(PostgresError) -> Rows
  ) async throws(PostgresError) -> Rows {
    let open = try await openConnection()
    do throws(PostgresError) {
      let rows = try await work(open, settings)
      if settings.connectsAnew { await leave(open) }
      return rows
    } catch {
      // Whoever only reads now may not be the primary any more: the next connection goes to where writes go.
      if settings.connectsAnew || error.report?.sqlState == Self.readOnly { await leave(open) }
      throw error
    }
  }

  private func openConnection() async throws(PostgresError) -> Connection {
    if let connection, await connection.isOpen { return connection }
    connection = nil
    let opened = try await Connection.open(settings.target, timeout: settings.connectTimeout, library: library)
    connection = opened
    return opened
  }

  private func leave(_ open: Connection) async {
    connection = nil
    await open.close()
  }

  // MARK: Table

  private func ensureTable(_ connection: Connection) async throws(PostgresError) {
    guard !tableIsThere else { return }
    let table = settings.table.quoted
    let timeout = settings.statementTimeout
    // Looked for first: to make what is there needs no right to make anything.
    let found = try await connection.query("SELECT to_regclass($1)", [table], timeout: timeout)
    if found.value(0) == nil {
      do throws(PostgresError) {
        _ = try await connection.query(
          """
          CREATE TABLE IF NOT EXISTS \(table) (id bigserial PRIMARY KEY, run text NOT NULL, attempt bigint NOT NULL, \
          data text NOT NULL, created_at timestamptz NOT NULL DEFAULT now())
          """,
          timeout: timeout
        )
      } catch {
        guard let state = error.report?.sqlState, Self.isThere.contains(state) else { throw Self.beforeTheWrite(error) }
      }
    }
    tableIsThere = true
  }

  /// Whatever became of the table, the write itself was not sent.
  private static func beforeTheWrite(_ error: PostgresError) -> PostgresError {
    error.report.map { .refused($0) } ?? error
  }
}
