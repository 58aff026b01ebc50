import Contract
import TestSupport
import Testing

@Suite("Help, versions and explanations")
struct HelpTests {
  @Test("the version is that of the change log")
  func version() throws {
    let version = try failscope("--version").output.split(separator: "\n").joined()
    #expect(try Repository.text("CHANGELOG.md").contains("## \(version)"))
  }

  @Test("the help tells the exit statuses", arguments: ["--help", "analyze --help", "events --help"])
  func statuses(line: String) throws {
    let output = try failscope(line).output
    for status in ["  0   done", "  1   could not analyze", "  2   done, and what --fail-on", "  64  the arguments"] {
      #expect(output.contains(status), "\(output)")
    }
  }

  @Test(
    "every command has examples that it accepts",
    arguments: ["", "analyze", "events", "parsers", "explain", "schema", "diff", "stats", "bundle", "monitor", "check"]
  )
  func examples(command: String) throws {
    let output = try failscope("\(command) --help").output
    #expect(output.contains("EXAMPLE"))
    #expect(output.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }

  @Test("completion scripts are written", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let outcome = try failscope("--generate-completion-script \(shell)")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("analyze"))
  }

  @Test("every code of the contract is explained and listed")
  func explanations() throws {
    let list = try failscope("explain").output
    var codes = IncidentKind.allCases.map(\.rawValue) + PhaseName.allCases.map(\.rawValue)
    codes += RootCauseCode.allCases.map(\.rawValue) + FindingCode.allCases.map(\.rawValue)
    codes += RemedyCode.allCases.map(\.rawValue)
    for code in codes { #expect(list.contains("  \(code) ") || list.contains("  \(code)\n"), "\(code)") }
    let one = try failscope("explain timeline-split")
    #expect(one.status == 0)
    #expect(one.output.hasPrefix("timeline_split (phase)"))
  }
}
