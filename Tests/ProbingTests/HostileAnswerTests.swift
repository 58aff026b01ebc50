import Contract
import Foundation
import TestSupport
import Testing

/// Real HTTP servers that want to harm whoever asks them.
@Suite("Answers that want to harm")
struct HostileAnswerTests {
  private func ask(_ kind: String, format: String = "json") async throws -> (run: CheckRun, hits: String) {
    let script = try Script("hostile_server.py", [kind])
    defer { script.end() }
    let port = try #require(try await script.line())
    let run = try await CheckRun(["--patroni", "127.0.0.1:\(port)", "--timeout", "2"], format: format)
    script.closeInput()
    return (run, try await script.line() ?? "")
  }

  @Test(
    "are no answers, and take no longer than one may",
    arguments: ["redirect", "endless", "slow", "deep", "binary"]
  )
  func useless(kind: String) async throws {
    let (run, hits) = try await ask(kind)
    #expect(run.outcome == "no_answer")
    #expect(run.status == 4)
    #expect(run.errors.isEmpty)
    #expect(run.seconds < 60)
    #expect(hits.contains("/patroni") && !hits.contains("elsewhere"))
  }

  @Test("act on no terminal and in no ticket", arguments: ["terminal", "json", "markdown"])
  func escaped(format: String) async throws {
    let run = try await ask("escapes", format: format).run
    #expect(run.output.contains("owned"))
    #expect(
      run.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    )
    #expect(!run.output.contains("\u{202e}"))
    if format == "markdown" { #expect(!run.output.contains("<script>") && !run.output.contains("@everyone")) }
  }

  @Test("a host that is not there is told, with what it is asked by")
  func absent() async throws {
    let run = try await CheckRun(["--patroni", "http://user:hidden-secret@127.0.0.1:9", "--timeout", "2"])
    #expect(run.status == 4)
    #expect(!(run.output + run.errors).contains("hidden-secret"))
  }
}
