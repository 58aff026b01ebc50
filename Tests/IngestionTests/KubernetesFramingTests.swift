import Ingestion
import Model
import Testing

@Suite struct KubernetesFramingTests {
  private let patroni = "2025-08-10 21:57:43,740 INFO: promoted self to leader by acquiring session lock"

  @Test(arguments: [
    ("pg2-0/pg2", "pg2"),
    ("pg-cluster-0/postgres", "pg-cluster-0"),
    ("postgres-1/postgres", "postgres-1"),
    ("haproxy-0/haproxy", "haproxy"),
    ("haproxy-7d9f8c6b5-x2x4z/haproxy", "haproxy"),
    ("acid-minimal-1/exporter", "acid-minimal-1"),
  ])
  func kubectl(label: String, name: String) throws {
    let plain = try #require(ReadLine.read("[pod/\(label)] \(patroni)").first)
    #expect(plain.source == name)
    #expect(plain.payload == patroni)
    #expect(plain.framing == .kubectl)
    let stamped = try #require(ReadLine.read("[pod/\(label)] 2025-08-10T21:57:43.742913446Z \(patroni)").first)
    #expect(stamped.payload == patroni)
    #expect(stamped.outer == utc("2025-08-10T21:57:43.742Z"))
  }

  @Test func podsOfOneDeploymentStayApart() {
    let lines = ReadLine.read(
      """
      [pod/haproxy-7d9f8c6b5-x2x4z/haproxy] [WARNING]  (8) : Server a is UP
      [pod/haproxy-7d9f8c6b5-m9c8q/haproxy] [WARNING]  (8) : Server a is UP
      """
    )
    #expect(lines.map(\.source) == ["haproxy", "haproxy-7d9f8c6b5-m9c8q"])
  }

  @Test func stern() {
    let lines = ReadLine.read(
      """
      + pg-cluster-0 › postgres
      + dbpod › postgres
      pg-cluster-0 postgres \(patroni)
      pg-cluster-0 postgres Traceback (most recent call last):
      dbpod postgres server promoting
      pg-cluster-1 postgres 2025-08-10T21:57:43.742913446Z \(patroni)
      - dbpod › postgres
      """
    )
    #expect(
      lines.map(\.source) == ["stdin", "stdin", "pg-cluster-0", "pg-cluster-0", "dbpod", "pg-cluster-1", "stdin"]
    )
    #expect(lines[3].payload == "Traceback (most recent call last):")
    #expect(lines[4].payload == "server promoting")
    #expect(lines[5].payload == patroni)
    #expect(lines[5].outer == utc("2025-08-10T21:57:43.742Z"))
  }

  @Test func sternByRepetition() {
    let lines = ReadLine.read("a-one db \(patroni)\nb-two db \(patroni)\na-one db \(patroni)\n")
    #expect(lines.map(\.source) == ["a-one", "b-two", "a-one"])
    let once = ReadLine.read("switchover at 2025-08-10 21:57:43,740\nswitchover at 2025-08-10 21:57:43,740\n")
    #expect(once.map(\.source) == ["stdin", "stdin"])
  }

  @Test func cri() {
    let lines = ReadLine.read(
      """
      2025-08-10T21:57:43.742913446Z stdout F \(patroni)
      2025-08-10T23:57:44.742913446+02:00 stderr P 2025-08-10 21:57:44.100 UTC [33] LOG:  begin
      2025-08-10T21:57:44.742913500Z stdout F another stream
      2025-08-10T23:57:44.742913600+02:00 stderr P  of a long
      2025-08-10T23:57:44.742913700+02:00 stderr F  line
      2025-08-10T21:57:45Z stdout F
      """
    )
    #expect(
      lines.map(\.payload) == [
        patroni, "another stream", "2025-08-10 21:57:44.100 UTC [33] LOG:  begin of a long line", "",
      ]
    )
    #expect(lines.map(\.number) == [1, 3, 2, 6])
    #expect(lines[2].outer?.zoneOffset == 7200)
    #expect(lines.allSatisfy { $0.framing == .cri && $0.source == "stdin" && !$0.isNamedByPrefix })
  }
}
