import Ingestion
import Testing

/// Logs of several nodes, one after the other, with headings between them.
@Suite struct NodeHeadingTests {
  private static let record = "2025-08-10 21:57:43.740 UTC [33] LOG:  database system is ready to accept connections"

  @Test(arguments: [
    ("node1:", "node1"),
    ("### pg-2", "pg-2"),
    ("**Logs of node pg3 (old leader)**", "pg3"),
    ("Node 2 log:", "node2"),
    ("1. db1.example.org:", "db1.example.org"),
    ("===== pg2 =====", "pg2"),
    ("<details><summary>pg4 postgres logs</summary>", "pg4"),
    ("PostgreSQL log on pg5:", "pg5"),
    ("### Old leader:", "old leader"),
    ("postgres@pg6:~$ tail -n 100 postgresql.log", "pg6"),
    ("[root@pg7 ~]# journalctl -u patroni", "pg7"),
    ("$ docker logs --since 1h pg8", "pg8"),
    ("$ kubectl logs -n db pg-cluster-0 -c postgres", "pg-cluster-0"),
    ("root@docker-host:/srv# docker compose logs pg9", "pg9"),
  ])
  func namesTheLinesBelowIt(heading: String, name: String) {
    let lines = ReadLine.read("\(heading)\n\n```\n\(Self.record)\n\(Self.record)\n```\n")
    #expect(lines.filter { $0.payload == Self.record }.map(\.source) == [name, name])
  }

  @Test(arguments: [
    "Thank you for the help, here is more:",
    "During handling of the above exception, another exception occurred:",
    "```shell",
    "-- Boot 3f2a --",
    "+ Cluster: demo (7537073505429905430) --+----+-----------+",
    "postgres@orders 2025-08-10 21:57:43 UTC LOG:  statement: SELECT $1",
    "Result:",
    "DETAIL:",
  ])
  func isNotTakenFromOtherText(line: String) {
    let lines = ReadLine.read("\(Self.record)\n\(line)\n\(Self.record)\n")
    #expect(Set(lines.map(\.source)) == ["stdin"])
  }

  @Test func countsOnlyBeforeARecord() {
    let lines = ReadLine.read("pg1:\n  host: 10.0.0.1\n\(Self.record)\n")
    #expect(Set(lines.map(\.source)) == ["stdin"])
  }

  @Test func headsOneNodeAfterTheOther() {
    let lines = ReadLine.read("pg1:\n\(Self.record)\npg2:\n\(Self.record)\n### PostgreSQL logs\n\(Self.record)\n")
    #expect(lines.filter { $0.payload == Self.record }.map(\.source) == ["pg1", "pg2", "stdin"])
  }
}
