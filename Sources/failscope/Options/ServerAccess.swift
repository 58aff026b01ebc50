import Postgres

/// How the commands that ask servers get at them.
enum ServerAccess {
  /// libpq.
  ///
  /// Throws `Failure` with status `unavailable` if this machine has none.
  static func library() throws -> Library {
    do throws(PostgresError) {
      return try Library()
    } catch {
      throw Failure("\(error.reason).", status: .unavailable)
    }
  }

  /// Where to connect, from what stands after `--dsn`; nil leaves everything to the environment.
  ///
  /// Throws `Failure`.
  static func target(_ dsn: String?, library: Library) throws -> ConnectionString {
    let isPlace = dsn.map { $0.hasPrefix("env:") || $0.hasPrefix("file:") } ?? false
    let text = try isPlace ? dsn.map { try SecretText.read($0, option: "--dsn") } : dsn
    do throws(PostgresError) {
      return try ConnectionString(text ?? "", library: library)
    } catch {
      throw Failure("--dsn: \(error.reason).", status: .usage)
    }
  }
}
