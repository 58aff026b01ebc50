import Ingestion
import Model
import Testing

@Suite struct DatedFramingTests {
  private let patroni = "2025-08-10 21:57:43,740 INFO: promoted self to leader by acquiring session lock"

  @Test func dockerLogsWithTimes() {
    let lines = ReadLine.read(
      """
      2025-08-10T21:57:43.742913446Z \(patroni)
      2025-08-10T21:57:43.742913446Z Lock owner: pg2; I am pg2
      2025-08-10T21:57:43.742913446Z
      """
    )
    #expect(lines.map(\.payload) == [patroni, "Lock owner: pg2; I am pg2", ""])
    #expect(lines.allSatisfy { $0.framing == .dockerTimestamps && $0.outer == utc("2025-08-10T21:57:43.742Z") })
  }

  @Test func dockerEventsKeepTheirTime() {
    let event = "2025-08-10T21:57:23.702004112Z container die 4f3c2b1a0d9e (exitCode=137, image=patroni, name=pg1)"
    #expect(ReadLine.read(event).map(\.payload) == [event])
  }

  @Test func dockerDesktop() {
    let lines = ReadLine.read(
      """
      2024-10-19 09:51:17 2024-10-19 07:51:17,742 INFO: no action.
      2024-10-19 09:51:18 server promoting
      """
    )
    #expect(lines.map(\.payload) == ["2024-10-19 07:51:17,742 INFO: no action.", "server promoting"])
    let outer = CivilTime(year: 2024, month: 10, day: 19, hour: 9, minute: 51, second: 17).milliseconds
    #expect(lines[0].outer == Stamp(milliseconds: outer, resolution: 1000))
  }

  @Test func svlogd() {
    let lines = ReadLine.read(
      """
      2020-10-12_09:51:11.41870 INFO: no action.  i am the leader with the lock
      2018-01-29_10:13:01.21047 postgres02 postgresql: 2018-01-29 10:13:01 GMT [91066]: [2-1] FATAL:  no
      2018-01-29_10:13:01.21047 Lock owner: pg2; I am pg2
      @400000005f842f7f18f7c6bc INFO: no action.
      """
    )
    #expect(lines[0].payload == "INFO: no action.  i am the leader with the lock")
    #expect(lines[0].outer == utc("2020-10-12T09:51:11.418Z"))
    #expect(lines[1].source == "postgres02")
    #expect(lines[1].program == "postgresql")
    #expect(lines[1].payload == "2018-01-29 10:13:01 GMT [91066]: [2-1] FATAL:  no")
    #expect(lines[2].payload == "Lock owner: pg2; I am pg2")
    #expect(lines[3].payload == "INFO: no action.")
    #expect(lines[3].outer == utc("2020-10-12T10:27:01.418Z"))
  }

  @Test(arguments: [
    "2025-08-10 21:57:43,740 INFO: no action.",
    "2025-08-10 21:57:43.742 UTC [33] LOG:  received promote request",
    "2020-04-01 20:29:57.905 UTC  2020-04-01 20:29:57 UTC   0 00000: LOG:",
    "2025-08-10 21:57:43 [WARNING] something",
    "[21:57:54] WRITE ERROR: cannot execute INSERT in a read-only transaction",
    "[WARNING]  (8) : Server postgres_primary/pg1 is DOWN",
    "raft2026/11/23 01:02:03 INFO: became candidate at term 9",
    "localhost:5432 - accepting connections",
    "$ docker compose logs",
    "```",
    "",
    "\tDETAIL:  x",
  ])
  func componentsLines(line: String) {
    let lines = ReadLine.read(line + "\n")
    #expect(lines.map(\.payload) == [line])
    #expect(lines.map(\.framing) == [.plain])
    #expect(lines.map(\.outer) == [nil])
  }

  @Test func headingsOfTail() {
    let lines = ReadLine.read(
      """
      ==> /var/log/pg1/postgresql-17-main.log <==
      \(patroni)

      ==> pg2.log <==
      \(patroni)
      pg3.log:118:\(patroni)
      """
    )
    #expect(lines.map(\.source) == ["stdin", "pg1", "pg1", "stdin", "pg2", "pg3"])
    #expect(lines[5].payload == patroni)
  }

  @Test func mixedInOneInput() {
    let lines = ReadLine.read(
      """
      pg1  | \(patroni)
      Aug 10 21:57:43 pg2 patroni[812]: \(patroni)
      [pod/pg3-0/pg3] \(patroni)
      2025-08-10T21:57:43.742913446Z stdout F \(patroni)
      pg1  | \(patroni)
      \(patroni)
      """
    )
    #expect(lines.map(\.source) == ["pg1", "pg2", "pg3", "stdin", "pg1", "stdin"])
    #expect(lines.allSatisfy { $0.payload == patroni })
  }
}
