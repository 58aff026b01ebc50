import Testing

@testable import Ingestion

@Suite struct NamingTests {
  @Test(arguments: [
    ("pg1.log", "pg1", "pg"),
    ("haproxy.log", "haproxy", "haproxy"),
    ("logs/pgbouncer-1.log", "pgbouncer-1", "pgbouncer"),
    ("etcd3.log", "etcd3", "etcd"),
    ("pg1/postgresql-2026-11-23_000000.csv", "pg1", "postgresql"),
    ("pg2/patroni.log", "pg2", "patroni"),
    ("var/log/pg3/postgresql-17-main.log", "pg3", "postgresql-17-main"),
    ("/var/log/postgresql/postgresql-17-main.log", "postgresql-17-main", "postgresql-17-main"),
    ("/var/log/patroni/patroni.log", "patroni", "patroni"),
    ("pg1-patroni.log", "pg1", "patroni"),
    ("postgresql_pg1.log.2.gz", "pg1", "postgresql"),
    ("app.log-20261123.zst", "app", "app"),
    ("app.log.2026-11-23", "app", "app"),
  ])
  func files(path: String, name: String, program: String) {
    let source = SourceName(file: LogFileName(path: path), isFolderTelling: true)
    #expect(source.name == name)
    #expect(source.program == program)
  }

  @Test func containersOfTheRuntime() {
    let id = String(repeating: "4f3c2b1a", count: 8)
    let names = [
      "/var/lib/docker/containers/\(id)/\(id)-json.log",
      "/var/log/containers/pg-cluster-0_default_postgres-\(id).log",
      "/var/log/pods/default_pg2-0_1b2c3d4e/pg2/0.log",
    ]
    let sources = names.map { SourceName(file: LogFileName(path: $0), isFolderTelling: true).name }
    #expect(sources == ["4f3c2b1a4f3c", "pg-cluster-0", "pg2"])
  }

  @Test(arguments: [
    ("app.log", "app.log.1"),
    ("app.log.1", "app.log.2.gz"),
    ("app.log", "app.log-20261123.gz"),
    ("pg/postgresql-2026-11-22_000000.log", "pg/postgresql-2026-11-23_000000.log"),
    ("postgresql-Mon.log", "postgresql-Tue.log"),
    ("/var/log/pods/d_pg-0_1b/pg/0.log", "/var/log/pods/d_pg-0_1b/pg/1.log"),
    ("2026-11-22.log", "2026-11-23.log"),
  ])
  func piecesOfOneLog(first: String, second: String) {
    #expect(LogFileName(path: first).key == LogFileName(path: second).key)
  }

  @Test(arguments: [
    ("pg1.log", "pg2.log"),
    ("pg-1.log", "pg-2.log"),
    ("a/app.log", "b/app.log.1"),
    ("1.log", "2.log"),
    ("postgresql-2026-11-22.log", "postgresql-2026-11-22.csv"),
  ])
  func differentLogs(first: String, second: String) {
    #expect(LogFileName(path: first).key != LogFileName(path: second).key)
  }

  @Test func ranksOfPieces() {
    let names = ["a.log", "a.log.1", "a.log.10.gz", "a.log.2", "a.log-20261122", "a.log-20261121"]
    let sorted = names.sorted { LogFileName(path: $0).piece.place < LogFileName(path: $1).piece.place }
    #expect(sorted == ["a.log-20261121", "a.log-20261122", "a.log.10.gz", "a.log.2", "a.log.1", "a.log"])
  }
}
