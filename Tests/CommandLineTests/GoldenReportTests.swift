import Foundation
import TestSupport
import Testing

/// The golden files of this suite are recorded with `make golden`.
@Suite("Golden reports and help texts")
struct GoldenReportTests {
  /// A command line whose output is kept.
  struct Case: CustomTestStringConvertible {
    var arguments: [String]
    /// The file below `Golden`.
    var file: String
    var testDescription: String { file }
  }

  private static let formats = [("terminal", "txt"), ("markdown", "md"), ("json", "json")]
  private static let helpTopics = [
    "", "analyze", "tail", "events", "parsers", "explain", "schema", "diff", "stats", "bundle", "monitor", "check",
  ]

  static let reports: [Case] = Sample.allCases.flatMap { sample in
    formats.map { format, ending in
      Case(
        arguments: ["analyze", "samples/\(sample.rawValue)", "--format", format],
        file: "\(sample.rawValue)/report.\(ending)"
      )
    }
  }

  static let others: [Case] =
    helpTopics.map { topic in
      Case(
        arguments: (topic.isEmpty ? [] : [topic]) + ["--help"],
        file: "help/\(topic.isEmpty ? "failscope" : topic).txt"
      )
    } + [
      Case(arguments: ["events", "samples/seed-failover"], file: "seed-failover/events.txt"),
      Case(arguments: ["events", "samples/seed-failover", "--format", "ndjson"], file: "seed-failover/events.ndjson"),
    ]

  @Test(arguments: reports + others)
  func output(_ example: Case) throws {
    let outcome = try failscope(example.arguments)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let golden = GoldenText("Tests/CommandLineTests/Golden/\(example.file)")
    #expect(golden.difference(from: outcome.output) == nil)
  }

  @Test("every sample has its golden reports, and none is left over")
  func samplesAreCovered() throws {
    let folder = Repository.root.appendingPathComponent("samples").path
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != "README.md" }
    #expect(names.sorted() == Sample.allCases.map(\.rawValue).sorted())
    let readme = try Repository.text("samples/README.md")
    for name in names { #expect(readme.contains("`\(name)`")) }
  }
}
