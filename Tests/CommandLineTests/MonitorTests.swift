import Foundation
import TestSupport
import Testing

/// Runs against real servers, each made for one test; `RunningProgram` is the real binary.
@Suite("monitor", .serialized)
struct MonitorTests {
  private func monitor(_ connection: String, _ more: [String] = []) throws -> RunningProgram {
    try RunningProgram(["monitor", "--dsn", connection, "--interval", "0.05"] + more, hasInput: false)
  }

  /// The number of lines that are exactly of a form.
  private func count(_ form: Regex<Substring>, in text: String) -> Int {
    text.split(separator: "\n").count { $0.wholeMatch(of: form) != nil }
  }

  @Test("its lines are those of the client that failscope reads, in both forms, and it recognises each")
  func lines() throws {
    let server = try PostgresServer()
    let environment = ["PGPASSWORD": PostgresServer.password]
    let arguments = ["monitor", "--dsn", server.place, "--interval", "0", "--count", "3", "--verify"]
    let text = try failscope(arguments, environment: environment)
    #expect(text.status == 0, "\(text.errors)")
    #expect(count(#/\[\d\d:\d\d:\d\d\] WRITE: ID=[123], Data='Test data #[123]'/#, in: text.output) == 3)
    let read = #/\[\d\d:\d\d:\d\d\] READ: Total records=[123], Latest: ID=[123], Data='Test data #[123]'/#
    #expect(count(read, in: text.output) == 3)
    #expect(
      text.output.contains("] SUMMARY: Writes=3, Acknowledged=3, Refused=0, Unknown=0, Reads=3, Failed reads=0\n")
    )
    let verified = "] VERIFY: Acknowledged=3, Found=3, Lost=0, Duplicated=0, Phantom=0, of unknown outcome=0\n"
    #expect(text.output.hasSuffix(verified))

    let objects = try failscope(arguments + ["--format", "ndjson"], environment: environment).output
    for output in [text.output, objects] {
      let events = try failscope("events --format ndjson", input: .text(output)).output
      #expect(events.components(separatedBy: "\"client.write_succeeded\"").count == 4)
      #expect(events.components(separatedBy: "\"client.read_succeeded\"").count == 4)
      let report = try failscope("analyze --format json", input: .text(output)).output
      #expect(report.contains("\"unrecognised_lines\": 0,"))
    }
    let first = try #require(objects.split(separator: "\n").first)
    #expect(
      first.firstMatch(
        of: #/"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","operation":"write","outcome":"acknowledged"/#
      ) != nil
    )
    #expect(first.firstMatch(of: #/"latency_ms":[0-9.]+,"id":4/#) != nil)
  }

  @Test("a table is named as in SQL, and made only if that is wanted")
  func table() throws {
    let server = try PostgresServer()
    let environment = ["PGPASSWORD": PostgresServer.password]
    let arguments = ["monitor", "--dsn", server.place, "--count", "1", "--table", "\"Odd \"\"; name\""]
    let missing = try failscope(arguments + ["--no-create"], environment: environment)
    #expect(missing.output.contains("] WRITE ERROR: relation \"Odd \"; name\" does not exist\n"))
    #expect(try server.query("SELECT count(*) FROM pg_class WHERE relname LIKE 'Odd%'").hasPrefix("0"))
    let made = try failscope(arguments, environment: environment)
    #expect(made.output.contains("] WRITE: ID=1, Data='Test data #1'\n"))
    #expect(try server.query("SELECT count(*) FROM \"Odd \"\"; name\"") == "1\n")
  }

  @Test("a host that does not answer leaves its time to the next one")
  func hosts() throws {
    let server = try PostgresServer()
    let silent = try SilentListener()
    let hosts = "host=127.0.0.1,127.0.0.1 port=\(silent.port),\(server.port) dbname=postgres"
    let outcome = try failscope(
      ["monitor", "--dsn", "\(hosts) user=\(PostgresServer.user)", "--connect-timeout", "0.3", "--count", "1"],
      environment: ["PGPASSWORD": PostgresServer.password]
    )
    #expect(outcome.output.contains("] WRITE: ID=1, "), "\(outcome.output)")
  }

  @Test("a restart is told as errors, then as restored, with their number; through a pooler of transactions, too")
  func restart() throws {
    let server = try PostgresServer()
    let pooler = try PoolerProcess(for: server)
    defer { withExtendedLifetime(pooler) {} }
    for connection in [server.connectionString, pooler.connectionString] {
      let run = try monitor(connection, ["--statement-timeout", "0.5", "--connect-timeout", "0.5", "--verify"])
      #expect(run.waitFor("] WRITE: ID="))
      try server.stop()
      #expect(run.waitFor("] WRITE ERROR: "))
      try server.start()
      #expect(run.waitFor("] Connection restored after "))
      #expect(run.end(SIGTERM) == 0, "\(run.output)")
      let lines = run.output.split(separator: "\n")
      let restored = try #require(lines.firstIndex { $0.contains("restored") })
      let errors = lines[..<restored].count { $0.contains(" ERROR: ") }
      #expect(lines[restored].hasSuffix("] Connection restored after \(errors) failures"))
      #expect(lines[restored - 2].contains("] WRITE: ID="))
    }
  }

  @Test(
    "a server that does not answer never holds it up; a write that was done after all is a phantom of unknown outcome"
  )
  func frozen() throws {
    let server = try PostgresServer()
    let timeouts = ["--statement-timeout", "0.3", "--connect-timeout", "0.3", "--verify"]
    let run = try monitor(server.connectionString, timeouts)
    #expect(run.waitFor("] READ: "))
    server.freeze(all: true)
    #expect(run.waitUntil(seconds: 8) { run.output.components(separatedBy: "ERROR: timeout expired").count > 4 })
    server.thaw()
    #expect(run.waitFor("] Connection restored after "))

    // The statement goes on in the server, which cannot be asked to cancel it.
    try server.query(
      """
      CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1.5); RETURN new; END';
      CREATE TRIGGER slow BEFORE INSERT ON failscope_monitor FOR EACH ROW EXECUTE FUNCTION slow();
      """
    )
    let before = run.output.count
    server.freeze(all: false)
    #expect(run.waitUntil { run.output.dropFirst(before).contains("WRITE ERROR: timeout expired") })
    Thread.sleep(forTimeInterval: 1.6)
    server.thaw()
    try server.query("DROP TRIGGER slow ON failscope_monitor")
    #expect(run.end(SIGINT) == 0, "\(run.output)")
    let phantom = #/\[\d\d:\d\d:\d\d\] VERIFY PHANTOM: ID=\d+, Data='Test data #\d+', its outcome was unknown/#
    #expect(count(phantom, in: run.output) >= 1)
    #expect(run.output.contains("Lost=0, Duplicated=0, "))
  }

  @Test("verify finds what is lost, duplicated and a phantom")
  func verify() throws {
    let server = try PostgresServer()
    let run = try monitor(server.connectionString, ["--verify"])
    #expect(run.waitFor("Data='Test data #4'"))
    try server.query(
      """
      INSERT INTO failscope_monitor (run, attempt, data) SELECT run, attempt, data FROM failscope_monitor WHERE id = 1;
      INSERT INTO failscope_monitor (run, attempt, data) SELECT run, 1000000, 'nobody' FROM failscope_monitor WHERE id = 2;
      INSERT INTO failscope_monitor (run, attempt, data) VALUES ('another', 1, 'of another run');
      DELETE FROM failscope_monitor WHERE id = 3;
      """
    )
    #expect(run.end(SIGINT) == 2, "\(run.output)")
    #expect(count(#/\[.{8}\] VERIFY LOST: ID=3, Data='Test data #3'/#, in: run.output) == 1)
    #expect(count(#/\[.{8}\] VERIFY DUPLICATED: IDs=1,\d+, Data='Test data #1'/#, in: run.output) == 1)
    #expect(count(#/\[.{8}\] VERIFY PHANTOM: ID=\d+, Data='nobody', it was never sent/#, in: run.output) == 1)
    #expect(run.output.hasSuffix("Lost=1, Duplicated=1, Phantom=1, of unknown outcome=0\n"))
  }

  @Test("a password is in no output and in no list of processes")
  func password() throws {
    let server = try PostgresServer()
    let wrong = "postgresql://app:wrong-horse-8@127.0.0.1:\(server.port)/postgres"
    for (connection, secret) in [(server.connectionString, PostgresServer.password), (wrong, "wrong-horse-8")] {
      let run = try monitor(connection)
      #expect(run.waitFor("WRITE"))
      let list = try #require(FileManager.default.contents(atPath: "/proc/\(run.process.processIdentifier)/cmdline"))
      #expect(String(decoding: list, as: UTF8.self).contains("monitor"))
      #expect(!String(decoding: list, as: UTF8.self).contains(secret))
      #expect(run.end(SIGINT) == 0)
      #expect(!(run.output + run.errors).contains(secret))
    }
    let broken = try failscope(["monitor", "--dsn", "host=x password=correct horse-7"])
    #expect(broken.status == 64)
    #expect(broken.hasOneComplaint)
    #expect(!broken.errors.contains("horse"))
  }

  @Test("without libpq there is one line and status 69, and logs are analyzed as ever")
  func withoutLibpq() throws {
    let scratch = try ScratchDirectory()
    _ = try scratch.write("no library", to: "libpq.so.5")
    let environment = ["LD_LIBRARY_PATH": scratch.url.path]
    let outcome = try failscope("monitor --count 1", environment: environment)
    #expect(outcome.status == 69)
    #expect(outcome.hasOneComplaint)
    #expect(outcome.errors.contains("install libpq5"))
    #expect(try failscope(["analyze", failover], environment: environment).status == 0)
  }
}
