import CLibpq

/// A result of libpq's, cleared when it goes out of scope.
struct QueryResult: ~Copyable {
  private let pointer: OpaquePointer
  private let library: Library

  init(owning pointer: OpaquePointer, library: Library) {
    self.pointer = pointer
    self.library = library
  }

  deinit {
    library.functions.pointee.PQclear(pointer)
  }

  private var functions: libpq { library.functions.pointee }

  /// Whether the command did what it was asked.
  var isSuccess: Bool {
    switch functions.PQresultStatus(pointer) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: true
    default: false
    }
  }

  /// Whether it begins a COPY, which nobody here goes on with.
  var isCopy: Bool {
    switch functions.PQresultStatus(pointer) {
    case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: true
    default: false
    }
  }

  /// The rows, copied.
  var rows: Rows {
    let columns = functions.PQnfields(pointer)
    return Rows(
      columns: (0..<columns).map { column in functions.PQfname(pointer, column).map { String(cString: $0) } ?? "" },
      values: (0..<functions.PQntuples(pointer)).map { row in (0..<columns).map { value(row: row, column: $0) } },
      affected: functions.PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) }
    )
  }

  private func value(row: Int32, column: Int32) -> String? {
    guard functions.PQgetisnull(pointer, row, column) == 0 else { return nil }
    guard let bytes = functions.PQgetvalue(pointer, row, column) else { return nil }
    let count = Int(functions.PQgetlength(pointer, row, column))
    return String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  /// The primary message and the SQLSTATE of an error.
  var report: PostgresError.Report {
    let whole = functions.PQresultErrorMessage(pointer).map { String(cString: $0) } ?? ""
    let message = field("M") ?? ErrorText(whole).message
    return PostgresError.Report(sqlState: field("C"), message: message)
  }

  /// Whether the server ended the session with it: the severity in English, which servers tell since PostgreSQL 9.6.
  var endsSession: Bool {
    let severity = field("V") ?? field("S")
    return severity == "FATAL" || severity == "PANIC"
  }

  /// A field of an error by its code (postgres_ext.h, `PG_DIAG_*`).
  private func field(_ code: Unicode.Scalar) -> String? {
    functions.PQresultErrorField(pointer, Int32(code.value)).map { String(cString: $0) }
  }
}
