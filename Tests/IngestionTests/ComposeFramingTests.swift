import Ingestion
import Model
import Testing

@Suite struct ComposeFramingTests {
  private let patroni = "2025-08-10 21:57:43,740 INFO: promoted self to leader by acquiring session lock"

  @Test(arguments: [
    ("pg2        | ", "pg2"),
    ("pg1-1  | ", "pg1-1"),
    ("pg1_1        | ", "pg1_1"),
    ("app_monitor_run_1b2c3d4e5f6a | ", "app_monitor_run_1b2c3d4e5f6a"),
    ("\u{1B}[33mpg2  | \u{1B}[0m", "pg2"),
    ("\u{1B}[1;31mpg2_1  |\u{1B}[0m ", "pg2_1"),
    ("postgres-ha_pg2.1.x7k2m9@node-3    | ", "postgres-ha_pg2.1.x7k2m9@node-3"),
    ("[pg2]      | ", "pg2"),
    ("  pg2  | ", "pg2"),
    ("7-zip | ", "7-zip"),
  ])
  func prefix(prefix: String, name: String) throws {
    let line = try #require(ReadLine.read(prefix + patroni).first)
    #expect(line.source == name)
    #expect(line.payload == patroni)
    #expect(line.framing == .compose)
    #expect(line.isNamedByPrefix)
  }

  @Test func timestamps() {
    let lines = ReadLine.read(
      """
      pg2      | 2025-08-10T21:57:43.742913446Z 2025-08-10 21:57:43.742 UTC [33] LOG:  received promote request
      haproxy  | 2025-08-10T21:57:47.100000000Z [WARNING]  (8) : Server postgres_primary/pg2 is UP
      pg2      | 2025-08-10T21:57:48.000000000Z
      """
    )
    #expect(lines.map(\.framing) == [.composeTimestamps, .composeTimestamps, .composeTimestamps])
    #expect(lines[0].payload == "2025-08-10 21:57:43.742 UTC [33] LOG:  received promote request")
    #expect(lines[0].outer == utc("2025-08-10T21:57:43.742Z"))
    #expect(lines[1].payload == "[WARNING]  (8) : Server postgres_primary/pg2 is UP")
    #expect(lines[2].payload == "")
  }

  @Test func componentTimesStay() {
    let lines = ReadLine.read(
      """
      consul   | 2025-08-10T21:57:43.742Z [INFO]  agent: Synced service
      haproxy  | <134>Aug 10 21:57:24 haproxy[8]: Connect from 192.168.100.8:59828 to 192.168.100.7:5432
      etcd1    | {"level":"info","ts":"2025-08-10T21:57:43.742913Z","msg":"elected"}
      """
    )
    #expect(lines.allSatisfy { $0.outer == nil })
    #expect(lines[0].payload.hasPrefix("2025-08-10T21:57:43.742Z [INFO]"))
    #expect(lines[1].payload.hasPrefix("<134>Aug 10 21:57:24 haproxy[8]: Connect"))
    #expect(lines[2].payload.hasPrefix("{\"level\""))
  }

  @Test func continuationsAndWiderColumns() {
    let lines = ReadLine.read(
      """
      pg2  | 2025-08-10 21:57:23.629 UTC [50] FATAL:  could not receive data from WAL stream
      pg2  | \t\tThis probably means the server terminated abnormally
      pg2  |
      pgbouncer  | 2025-08-10 21:57:23.629 UTC [1] LOG S-0x1: closing
      pg2        | server promoting
      monitor    | ...
      """
    )
    #expect(lines.map(\.source) == ["pg2", "pg2", "pg2", "pgbouncer", "pg2", "monitor"])
    #expect(lines[1].payload == "\t\tThis probably means the server terminated abnormally")
    #expect(lines[2].payload == "")
    #expect(lines[5].payload == "...")
  }

  @Test func linesOutsideTheFraming() {
    let lines = ReadLine.read(
      """
      $ docker exec pg2 patronictl -c /etc/patroni.yml list
      | Member | Host | Role    | State     | TL | Lag in MB |
      | pg1    | pg1  | Leader  | running   |  1 |           |
      pg1        | 2025-08-10 21:57:21,333 INFO: no action. I am (pg1), the leader with the lock
      pg1 exited with code 137
       Member | Host | Role
      Member | Host | Role
      pg2        | 2025-08-10 21:57:24,880 INFO: no action.
      """,
      input: InputIdentity(path: "notes/ticket.md", index: 3, name: "ticket")
    )
    #expect(lines.map(\.source) == ["ticket", "ticket", "ticket", "pg1", "ticket", "ticket", "ticket", "pg2"])
    #expect(lines[4].payload == "pg1 exited with code 137")
    #expect(!lines[4].isNamedByPrefix)
    #expect(lines[4].framing == .plain)
    #expect(lines.map(\.number) == Array(1...8))
  }

  @Test func tablesAreNoPrefixes() {
    let lines = ReadLine.read(
      """
      2025-08-10 21:57:21,333 INFO: no action.
      name | setting
      wal_level | replica
      """
    )
    #expect(lines.allSatisfy { $0.framing == .plain && $0.source == "stdin" })
  }

  @Test func rowsOfMembersAreNoPrefixes() {
    let lines = ReadLine.read(
      """
      pg2        | \(patroni)
      pg1        | \(patroni)
       application_name | state     | sync_state
       pg2              | streaming | async
      pg1 | running | leader
      """
    )
    #expect(lines.map(\.source) == ["pg2", "pg1", "stdin", "stdin", "stdin"])
  }

  @Test func pastedAndIndented() {
    let lines = ReadLine.read(
      """
      Then this happened:

          pg2  | \(patroni)
          Aug 10 21:57:43 pg3 patroni[812]: \(patroni)
          \(patroni)
            File "/usr/lib/patroni/api.py", line 1
      """
    )
    #expect(lines.map(\.source) == ["stdin", "stdin", "pg2", "pg3", "stdin", "stdin"])
    #expect(lines[2...4].allSatisfy { $0.payload == patroni })
    #expect(lines[5].payload.hasPrefix("      File"))
  }

  @Test func oneSourceForOneNameInSeveralInputs() {
    var table = SourceTable()
    for index in 0...1 {
      var scanner = InputScanner(input: InputIdentity(path: "\(index).log", index: index, name: "\(index)"))
      _ = scanner.feed(Array("pg1  | \(patroni)\npg2  | \(patroni)\n".utf8), into: &table)
      let batch = scanner.finish(into: &table)
      #expect(batch?.firstArrival == index * 2)
    }
    #expect(table.sources.map(\.name) == ["pg1", "pg2"])
  }

  @Test func namesThatShareTheirEnds() {
    let names = ["cluster-node-a-postgres", "cluster-node-b-postgres", "cluster-node-a-postgres"]
    let lines = ReadLine.read(names.map { "\($0)  | \(patroni)\n" }.joined())
    #expect(lines.map(\.source) == names)
  }
}
