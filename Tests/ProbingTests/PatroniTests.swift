import Contract
import Foundation
import TestSupport
import Testing

/// A real Patroni with a real etcd, where the lab has installed them (`lab/lab install`).
@Suite("A cluster under Patroni")
struct PatroniTests {
  private static let home = ProcessInfo.processInfo.environment["FAILSCOPE_LAB_HOME"] ?? "/opt/failscope-lab"
  static let patroni = folder(below: "\(home)/venv", with: "bin/patroni")
  static let postgres = folder(below: "/usr/lib/postgresql", with: "bin/postgres")
  static let hasAll = patroni != nil && postgres != nil && FileManager.default.fileExists(atPath: "/usr/bin/etcd")

  /// The last folder that has a program.
  private static func folder(below top: String, with program: String) -> String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: top)) ?? []
    return names.sorted().map { "\(top)/\($0)" }
      .last { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
      .map { "\($0)/bin" }
  }

  @Test("is asked before, while and after its old primary is away", .enabled(if: hasAll), .timeLimit(.minutes(3)))
  func life() async throws {
    let folder = "/tmp/failscope-cluster-\(UUID().uuidString)"
    let script = try Script(
      "patroni_cluster.py",
      [folder, try #require(Self.patroni), try #require(Self.postgres)]
    )
    defer { script.end() }
    let line = try #require(try await script.line())
    let ports = try JSONDecoder().decode([String: [String: Int]].self, from: Data(line.utf8))
    func api(_ name: String) throws -> String { "127.0.0.1:\(try #require(ports[name]?["api"]))" }
    let report = Report.failover(timeline: 1, scope: "shop")
    // A member whose key has expired is listed no more, so that its address alone does not tell who it is.
    let both = ["--patroni", "pg1=\(try api("pg1"))", "--patroni", "http://\(try api("pg2"))/"]

    let healthy = try await CheckRun(both, report: report)
    #expect(healthy.answer(.reinitMember) == "now_dangerous")
    #expect(healthy.answer(.resumeCluster) == "already_done")
    #expect(healthy.answer(.enableFailsafe) == "still_needed")
    #expect(healthy.condition("pg1") == "leader" && healthy.condition("pg2") == "streaming")
    #expect(healthy.status == 3)

    let other = try await CheckRun(both, report: .failover(scope: "orders"))
    #expect(other.notes.contains("other_cluster"))
    #expect(other.answer(.enableFailsafe) == "now_dangerous")

    try await script.tell("kill pg1")
    try await script.tell("leads pg2")
    let degraded = try await CheckRun(both, report: report)
    #expect(degraded.condition("pg1") == "down" && degraded.condition("pg2") == "leader")
    #expect(degraded.answer(.restartMember) == "still_needed")
    #expect(degraded.answer(.fenceOldPrimary) == "already_done")
    #expect(degraded.notes.contains("promoted_since"))

    try await script.tell("start pg1")
    try await script.tell("streams pg1")
    let repaired = try await CheckRun(both, report: report)
    #expect(repaired.answer(.reinitMember) == "already_done")
    #expect(repaired.answer(.restartMember) == "already_done")
    #expect(repaired.fact("timeline", of: "pg1") == "2")

    try await script.tell("pause")
    let paused = try await CheckRun(both, report: report)
    #expect(paused.answer(.resumeCluster) == "still_needed")
    #expect(paused.notes.contains("cluster_paused"))
  }
}
