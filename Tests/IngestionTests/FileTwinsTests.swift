import Ingestion
import Testing

/// Copies of files are read once.
@Suite struct FileTwinsTests {
  private static let log = (10..<60).map { "2026-11-23 01:50:\($0).000 UTC [1] LOG:  line \($0)\n" }.joined()

  private func plan(_ files: [(String, String)]) throws -> (paths: [String], diagnostics: [InputDiagnostic]) {
    let folder = try TemporaryFolder()
    let paths = try files.map { try folder.write($0.0, $0.1) }
    let plan = InputPlan(paths: paths)
    let names = plan.inputs.flatMap(\.files).map { String($0.dropFirst(folder.path.utf8.count + 1)) }
    return (names, plan.diagnostics)
  }

  @Test func theCopyIsLeftOutAndNamed() throws {
    let plan = try plan([("copy-of-pg1.log", Self.log), ("pg1.log", Self.log), ("pg2.log", Self.log + "more\n")])
    #expect(plan.paths == ["pg2.log"])
    #expect(plan.diagnostics.count == 2)
    #expect(plan.diagnostics.allSatisfy { $0.reason.contains("read once") })
  }

  @Test func anEarlierCopyHoldsNothingOfItsOwn() throws {
    let plan = try plan([("old.log", String(Self.log.prefix(900))), ("pg1.log", Self.log)])
    #expect(plan.paths == ["pg1.log"])
  }

  @Test func filesThatDifferInTheirLastLineAreBothRead() throws {
    let plan = try plan([("pg1.log", Self.log + "a\n"), ("pg2.log", Self.log + "b\n")])
    #expect(plan.paths.count == 2 && plan.diagnostics.isEmpty)
  }

  @Test func linesWithoutTimesMayBeTheSameOnTwoNodes() throws {
    let plan = try plan([("pg1.log", "starting\nready\n"), ("pg2.log", "starting\nready\n")])
    #expect(plan.paths.count == 2 && plan.diagnostics.isEmpty)
  }

  @Test func timesWithoutDatesTellCopies() throws {
    let text = "[01:50:00] WRITE: ID=1\n[01:50:01] WRITE: ID=2\n"
    let plan = try plan([("monitor.log", text), ("monitor-copy.log", text)])
    #expect(plan.paths == ["monitor.log"])
  }
}
