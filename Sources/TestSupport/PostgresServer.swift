package import Foundation

/// A PostgreSQL server of its own for one test, on a port of the loopback address.
///
/// PostgreSQL does not run as root: there it is run as `postgres`, the user of Debian's packages.
package final class PostgresServer: Sendable {
  /// The password of `user`.
  package static let password = "correct-horse-7"
  package static let user = "app"

  package let port: Int
  private let folder: URL
  private let bin: String

  /// Makes a cluster and starts it.
  ///
  /// Throws `Unavailable` with what a program of PostgreSQL's has said.
  package init(settings: [String] = []) throws {
    guard let bin = Self.programs else { throw Unavailable(reason: "no /usr/lib/postgresql/*/bin/postgres") }
    self.bin = bin
    port = try SilentListener().port
    // Not in a user's own temporary folder, which the server's user may not enter.
    folder = URL(fileURLWithPath: "/tmp/failscope-server-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data((Self.password + "\n").utf8).write(to: folder.appendingPathComponent("password"))
    try Self.giveToServer(folder)
    try run(
      "initdb",
      [
        "-D", path("data"), "-U", Self.user, "-A", "scram-sha-256", "--pwfile", path("password"), "-N", "-E", "UTF8",
        "--locale=C",
      ]
    )
    let usual = [
      "port = \(port)", "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", "fsync = off",
      "shared_buffers = 16MB", "max_wal_senders = 0", "wal_level = minimal",
    ]
    let configuration = try FileHandle(forWritingTo: folder.appendingPathComponent("data/postgresql.auto.conf"))
    try configuration.seekToEnd()
    try configuration.write(contentsOf: Data(((usual + settings).joined(separator: "\n") + "\n").utf8))
    try start()
  }

  /// What a server needs that others stream from.
  package static let replication = ["wal_level = replica", "max_wal_senders = 5", "hot_standby = on"]

  /// Makes a standby of `primary` and starts it; it streams as the member `name`, as Patroni has it.
  ///
  /// Throws `Unavailable` with what a program of PostgreSQL's has said.
  package init(standbyOf primary: PostgresServer, name: String) throws {
    bin = primary.bin
    port = try SilentListener().port
    folder = URL(fileURLWithPath: "/tmp/failscope-server-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Self.giveToServer(folder)
    let source = "\(primary.connectionString) application_name=\(name)"
    try run("pg_basebackup", ["-d", source, "-D", path("data"), "-R", "-N", "-c", "fast"])
    let configuration = try FileHandle(forWritingTo: folder.appendingPathComponent("data/postgresql.auto.conf"))
    try configuration.seekToEnd()
    try configuration.write(contentsOf: Data("port = \(port)\n".utf8))
    try start()
  }

  deinit {
    thaw()
    try? stop()
    try? FileManager.default.removeItem(at: folder)
  }

  /// A program of the server's could not do its work.
  package struct Unavailable: Error, CustomStringConvertible {
    package var reason: String
    package var description: String { reason }
  }

  /// How to connect, without the password.
  package var place: String { "host=127.0.0.1 port=\(port) user=\(Self.user) dbname=postgres" }

  /// How to connect.
  package var connectionString: String { "\(place) password=\(Self.password)" }

  // MARK: Life

  package func start() throws {
    try run("pg_ctl", ["-D", path("data"), "-l", path("log"), "-w", "start"])
  }

  /// Ends it without a checkpoint, as a crash would.
  package func stop() throws {
    try run("pg_ctl", ["-D", path("data"), "-m", "immediate", "-w", "stop"])
  }

  /// Makes a standby a primary, whatever others do.
  package func promote() throws {
    try run("pg_ctl", ["-D", path("data"), "-w", "promote"])
  }

  /// What it has logged.
  package var log: String { (try? String(contentsOfFile: path("log"), encoding: .utf8)) ?? "" }

  /// Stops the postmaster from running, and with `all` every process of the server; connections are not closed.
  package func freeze(all: Bool) {
    guard let postmaster else { return }
    kill(postmaster, SIGSTOP)
    if all { for child in Self.children(of: postmaster) { kill(child, SIGSTOP) } }
  }

  /// Lets them run again.
  package func thaw() {
    guard let postmaster else { return }
    for process in Self.children(of: postmaster) + [postmaster] { kill(process, SIGCONT) }
  }

  // MARK: Asking

  /// The output of one or more statements, one value a line.
  @discardableResult
  package func query(_ statements: String) throws -> String {
    try Self.output(
      of: ["\(bin)/psql", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-c", statements, place],
      environment: ["PGPASSWORD": Self.password]
    )
  }

  // MARK: Programs

  private var postmaster: Int32? {
    let text = try? String(contentsOfFile: path("data/postmaster.pid"), encoding: .utf8)
    return text?.split(separator: "\n").first.flatMap { Int32($0) }
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func run(_ program: String, _ arguments: [String]) throws {
    _ = try Self.output(of: Self.asServer + ["\(bin)/\(program)"] + arguments)
  }

  private static var programs: String? {
    let top = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: top)) ?? []
    return versions.compactMap { Int($0) }.sorted().map { "\(top)/\($0)/bin" }
      .last { FileManager.default.isExecutableFile(atPath: "\($0)/postgres") }
  }

  /// What goes before a command that the server's user is to run.
  ///
  /// What it leaves running must not hold the descriptors by which Foundation learns that some process has ended.
  package static var asServer: [String] {
    let closing = "for f in /proc/self/fd/*; do n=${f##*/}; if [ $n -gt 2 ]; then eval \"exec $n>&-\"; fi; done"
    let user = getuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : []
    return ["bash", "-c", "(\(closing); exec \"$@\"); exit $?", "run"] + user
  }

  /// Makes the server's user the owner of a folder and what is in it.
  package static func giveToServer(_ folder: URL) throws {
    guard getuid() == 0 else { return }
    _ = try output(of: ["chown", "-R", "postgres:postgres", folder.path])
  }

  /// What a command prints; its errors go to nowhere but a thrown reason.
  @discardableResult
  package static func output(of words: [String], environment: [String: String] = [:]) throws -> String {
    let scratch = try ScratchDirectory()
    let (output, errors) = (try scratch.write("", to: "output"), try scratch.write("", to: "errors"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"].merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let words = try String(contentsOfFile: errors, encoding: .utf8) + String(contentsOfFile: output, encoding: .utf8)
      throw Unavailable(reason: "\(process.arguments ?? []): \(words)")
    }
    return try String(contentsOfFile: output, encoding: .utf8)
  }

  private static func children(of process: Int32) -> [Int32] {
    let path = "/proc/\(process)/task/\(process)/children"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: " ").compactMap { Int32($0) }
  }
}
