import TestSupport
import Testing

@Suite("Nothing that a log or a name contains acts on the terminal")
struct HostileTextTests {
  private static let hostile = "\u{1b}]0;owned\u{07}\u{1b}[2J\u{9b}31m\u{202e}"

  /// The recorded failover with escape sequences in every message.
  private static func log() throws -> String {
    try Repository.text(failover).replacing("no action", with: "no action\(hostile)")
      .replacing("FATAL:  ", with: "FATAL:  \(hostile)").replacing("ERROR", with: "ERROR\(hostile)")
  }

  @Test(arguments: [
    "analyze", "analyze --format json", "analyze --format markdown", "analyze --format html",
    "analyze --format jira", "analyze --format gitlab", "analyze --format pagerduty", "analyze --format otlp",
    "analyze --format chrome-trace", "analyze --format cloudevents", "analyze --redact all", "events",
    "events --format ndjson",
  ])
  func log(line: String) throws {
    let outcome = try failscope(line, input: .text(try Self.log()))
    #expect(!outcome.output.isEmpty)
    #expect(!outcome.hasControls)
    #expect(!outcome.output.contains("\u{202e}"))
  }

  @Test func fileName() throws {
    let outcome = try failscope(["analyze", "no\(Self.hostile)\nsuch.log"])
    #expect(outcome.status == 1)
    #expect(outcome.hasOneComplaint)
    #expect(!outcome.hasControls)
  }

  @Test func existingFileName() throws {
    let scratch = try ScratchDirectory()
    let path = try scratch.write(try Repository.text(failover), to: "pg\u{1b}[31m.log")
    for line in [["analyze", path], ["analyze", "--format", "json", path], ["events", path]] {
      let outcome = try failscope(line)
      #expect(outcome.status == 0)
      #expect(!outcome.hasControls)
    }
  }

  @Test func argument() throws {
    let outcome = try failscope(["analyze", "--\(Self.hostile)"])
    #expect(outcome.status == 64)
    #expect(!outcome.hasControls)
  }

  @Test func matchedLine() throws {
    let outcome = try failscope(["parsers", "match", "2025-08-10 21:57:43,740 INFO: \(Self.hostile)"])
    #expect(!outcome.hasControls)
  }
}
