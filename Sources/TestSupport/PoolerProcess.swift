import Foundation

/// A PgBouncer in transaction pooling with one connection to a server, for one test.
package final class PoolerProcess {
  private let folder: URL
  package let port: Int

  /// Starts it in front of `server`.
  ///
  /// Throws what Foundation throws, or `PostgresServer.Unavailable`.
  package init(for server: PostgresServer) throws {
    port = try SilentListener().port
    folder = URL(fileURLWithPath: "/tmp/failscope-pooler-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let users = folder.appendingPathComponent("users")
    try Data("\"\(PostgresServer.user)\" \"\(PostgresServer.password)\"\n".utf8).write(to: users)
    let configuration = """
      [databases]
      postgres = host=127.0.0.1 port=\(server.port)
      [pgbouncer]
      listen_addr = 127.0.0.1
      listen_port = \(port)
      unix_socket_dir =
      auth_type = scram-sha-256
      auth_file = \(users.path)
      pool_mode = transaction
      default_pool_size = 1
      server_login_retry = 1
      logfile = \(folder.path)/log
      pidfile = \(folder.path)/pid
      """
    let file = folder.appendingPathComponent("pgbouncer.ini")
    try Data(configuration.utf8).write(to: file)
    try PostgresServer.giveToServer(folder)
    try PostgresServer.output(of: PostgresServer.asServer + ["pgbouncer", "-q", "-d", file.path])
    // It goes to the background before it has written its number.
    for _ in 0..<100 where process == nil { usleep(100_000) }
  }

  private var process: Int32? {
    let text = try? String(contentsOf: folder.appendingPathComponent("pid"), encoding: .utf8)
    return text.flatMap { Int32($0.split(separator: "\n").first ?? "") }
  }

  deinit {
    // Foundation's threads block signals, and what they start inherits that: it would never hear of a SIGTERM.
    if let process { kill(process, SIGKILL) }
    try? FileManager.default.removeItem(at: folder)
  }

  /// How to connect through it.
  package var connectionString: String {
    "host=127.0.0.1 port=\(port) user=\(PostgresServer.user) dbname=postgres password=\(PostgresServer.password)"
  }
}
