import TestSupport
import Testing

@Suite("check with arguments or files that are wrong")
struct BadInputTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var arguments: [String]
    var status: Int32
    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let cases = [
    Case(arguments: [], status: 64),
    Case(arguments: ["--patroni", "ftp://pg1"], status: 64),
    Case(arguments: ["--patroni", "http://pg1:8008?x"], status: 64),
    Case(arguments: ["--patroni", "http://pg1:8008?x=y"], status: 64),
    Case(arguments: ["--dsn", "host=pg1,pg2"], status: 64),
    Case(arguments: ["--dsn", "nonsense"], status: 64),
    Case(arguments: ["--dsn", "pg1=nonsense"], status: 64),
    Case(arguments: ["--dsn", "env:FAILSCOPE_NO_SUCH_VARIABLE"], status: 64),
    Case(arguments: ["--patronictl-list", "no-such-file"], status: 1),
    Case(arguments: ["--patronictl-list", "README.md"], status: 1),
    Case(arguments: ["--patroni", "pg1:8008", "--cacert", "no-such-file"], status: 1),
    Case(arguments: ["--patroni", "pg1:8008", "--timeout", "0"], status: 64),
  ]

  @Test(arguments: cases)
  func refused(_ example: Case) async throws {
    let run = try await CheckRun(example.arguments)
    #expect(run.status == example.status, "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(run.errors.hasPrefix("failscope: ") && run.errors.split(separator: "\n").count == 1)
  }

  @Test("a report that is none")
  func noReport() async throws {
    for path in ["no-such-file", "README.md", "Package.swift"] {
      let outcome = try await apart { try BuiltProgram(["check", "--report", path, "--patroni", "pg1"]).run() }
      #expect(outcome.status == 1)
      #expect(outcome.errors.split(separator: "\n").count == 1)
    }
  }
}
