import Contract
import Foundation
import Postgres
import TestSupport
import Testing

/// A real primary, pg2, and a real standby that streams from it, pg1.
@Suite("Servers that are asked", .serialized)
struct ServerProbeTests {
  /// Waits until something holds, ten seconds at most.
  private func waitUntil(_ isTrue: () async throws -> Bool) async throws {
    let end = Date().addingTimeInterval(10)
    while try await !isTrue(), Date() < end { try await Task.sleep(for: .milliseconds(50)) }
  }

  @Test("a standby that streams, is frozen, is gone, and is promoted beside its primary")
  func life() async throws {
    let primary = try await apart { try PostgresServer(settings: PostgresServer.replication + ["log_statement = all"]) }
    let standby = try await apart { try PostgresServer(standbyOf: primary, name: "pg1") }
    try primary.query(
      "CREATE ROLE monitor LOGIN PASSWORD 'monitor-secret-4711'; GRANT pg_monitor TO monitor; CREATE ROLE anybody LOGIN PASSWORD 'x'"
    )
    try await waitUntil {
      try primary.query("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'") == "1\n"
    }
    func dsn(_ server: PostgresServer, _ user: String = "monitor password=monitor-secret-4711") -> String {
      "host=127.0.0.1 port=\(server.port) dbname=postgres user=\(user)"
    }
    let both = ["--dsn", "pg2=\(dsn(primary))", "--dsn", dsn(standby), "--timeout", "2"]
    try await waitUntil { try await CheckRun(both).condition("pg1") == "streaming" }

    // The standby's name comes from its connection.
    let healthy = try await CheckRun(both)
    #expect(healthy.answer(.reinitMember) == "already_done")
    #expect(healthy.answer(.restartMember) == "already_done")
    #expect(healthy.answer(.fenceOldPrimary) == "already_done")
    #expect(healthy.answer(.resumeCluster) == "cannot_tell")
    #expect(healthy.condition("pg2") == "leader")
    #expect(healthy.fact("timeline", of: "pg1") == "1")
    #expect(healthy.fact("system_identifier", of: "pg1") == healthy.fact("system_identifier", of: "pg2"))
    #expect(healthy.status == 5)
    #expect(!(healthy.output + healthy.errors).contains("monitor-secret"))

    // Who may not see all is told so, and is no error.
    let blind = try await CheckRun(["--dsn", "pg2=\(dsn(primary, "anybody password=x"))", "--dsn", dsn(standby)])
    #expect(blind.notes.contains("incomplete_answer"))
    #expect(blind.condition("pg2") == "leader")
    let refused = try await CheckRun(["--dsn", "pg2=\(dsn(primary, "monitor password=wrong-secret-0815"))"])
    #expect(refused.status == 4)
    #expect(!(refused.output + refused.errors).contains("wrong-secret"))

    // Nothing but questions came over the wire.
    let statements = primary.log.split(separator: "\n").filter { $0.contains("execute <unnamed>:") }
    #expect(statements.count >= 5)
    #expect(statements.allSatisfy { $0.contains("execute <unnamed>: SELECT ") })

    standby.freeze(all: true)
    let frozen = try await CheckRun(["--dsn", "pg2=\(dsn(primary))", "--dsn", "pg1=\(dsn(standby))", "--timeout", "1"])
    standby.thaw()
    #expect(frozen.condition("pg1") == "unreachable")
    #expect(frozen.answer(.reinitMember) == "cannot_tell")
    #expect(frozen.answer(.restartMember) == "cannot_tell")
    #expect(frozen.notes.contains("member_unreachable"))
    // For ever, if nothing bounded it.
    #expect(frozen.seconds < 60)

    try await apart { try standby.stop() }
    let named = ["--dsn", "pg2=\(dsn(primary))", "--dsn", "pg1=\(dsn(standby))", "--timeout", "2"]
    let gone = try await CheckRun(named)
    #expect(gone.condition("pg1") == "down")
    #expect(gone.answer(.restartMember) == "still_needed")
    #expect(gone.answer(.reinitMember) == "cannot_tell")
    #expect(gone.status == 2)

    try await apart {
      try standby.start()
      try standby.promote()
    }
    let split = try await CheckRun(named)
    #expect(split.notes.contains("dual_primary"))
    #expect(split.answer(.reinitMember) == "now_dangerous")
    // Which of the two is to stay, Patroni would tell.
    #expect(split.answer(.fenceOldPrimary) == "cannot_tell")
    #expect(split.fact("timeline", of: "pg1") == "2")
    #expect(split.status == 3)
  }

  @Test("a session that asks cannot write, whatever its role may")
  func readOnly() async throws {
    let server = try await apart { try PostgresServer() }
    let library = try Library()
    let target = try ConnectionString(server.connectionString, library: library)
      .settingSession([("default_transaction_read_only", "on"), ("statement_timeout", "300")])
    let connection = try await Connection.open(target, timeout: .seconds(5), library: library)
    await #expect(throws: PostgresError.self) {
      try await connection.query("CREATE TABLE t (i int)", timeout: .seconds(5))
    }
    await #expect(throws: PostgresError.self) { try await connection.query("SELECT pg_sleep(5)", timeout: .seconds(5)) }
    #expect(try await connection.query("SHOW transaction_read_only", timeout: .seconds(5)).value(0) == "on")
    await connection.close()
  }
}
