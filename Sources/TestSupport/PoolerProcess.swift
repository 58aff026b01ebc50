import Foundation

/// A PgBouncer in transaction pooling with one connection to a server, for one test.
package final class PoolerProcess {
  private let process = Process()
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
      """
    let file = folder.appendingPathComponent("pgbouncer.ini")
    try Data(configuration.utf8).write(to: file)
    try PostgresServer.giveToServer(folder)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = PostgresServer.asServer + ["pgbouncer", "-q", file.path]
    process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// How to connect through it.
  package var connectionString: String {
    "host=127.0.0.1 port=\(port) user=\(PostgresServer.user) dbname=postgres password=\(PostgresServer.password)"
  }
}
