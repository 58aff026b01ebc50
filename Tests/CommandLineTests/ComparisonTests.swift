import Foundation
import TestSupport
import Testing

@Suite("diff and stats on the command line")
struct ComparisonTests {
  /// The reports on two samples, as files.
  private static func reports(in scratch: borrowing ScratchDirectory) throws -> (failover: String, switchover: String) {
    let failover = try failscope("analyze samples/seed-failover --format json").output
    let switchover = try failscope("analyze samples/switchover --format json").output
    return (try scratch.write(failover, to: "failover.json"), try scratch.write(switchover, to: "switchover.json"))
  }

  @Test("A report does not differ from itself")
  func same() throws {
    let scratch = try ScratchDirectory()
    let reports = try Self.reports(in: scratch)
    let outcome = try failscope(["diff", reports.failover, reports.failover, "--fail-on-worse"])
    #expect(outcome.status == 0)
    #expect(!outcome.output.contains("new"))
  }

  @Test("A new incident is worse, and the status tells it on demand")
  func worse() throws {
    let scratch = try ScratchDirectory()
    let reports = try Self.reports(in: scratch)
    let outcome = try failscope(["diff", reports.switchover, reports.failover])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Failover pg1 → pg2"))
    #expect(try failscope(["diff", reports.switchover, reports.failover, "--fail-on-worse"]).status == 2)
  }

  @Test("What is no report is refused in one line")
  func noReport() throws {
    let scratch = try ScratchDirectory()
    let other = try scratch.write("{\"schema\": \"else/1\"}", to: "other.json")
    for arguments in [["diff", other, other], ["stats", other], ["diff", "no-such-file", other]] {
      let outcome = try failscope(arguments)
      #expect(outcome.status == 1)
      #expect(outcome.hasOneComplaint)
    }
  }

  @Test("Statistics count each incident once")
  func statistics() throws {
    let scratch = try ScratchDirectory()
    let files = try Self.reports(in: scratch)
    let outcome = try failscope(["stats", files.failover, files.failover, files.switchover, "--format", "json"])
    #expect(outcome.status == 0)
    let value = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let (reports, incidents) = (value["reports"] as? Int, value["incidents"] as? Int)
    #expect(reports == 3)
    #expect(incidents == 2)
  }
}
