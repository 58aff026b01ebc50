import Contract
import Testing

@testable import Reporting

@Suite("The terminal report")
struct TerminalTests {
  private static let reports: [Report] = [.failover, .quiet, .threeIncidents]

  @Test(arguments: [40, 59, 60, 61, 79, 80, 99, 100, 120, 200, 400])
  func noLineButACommandIsWiderThanTheTerminal(_ width: Int) {
    for report in Self.reports {
      let commands = Set(report.incidents.flatMap(\.remediation).flatMap(\.commands))
      let lines = terminal(report, options: TerminalOptions(width: width)).split(separator: "\n")
      let wide = lines.first { line in
        DisplayWidth.of(line) > width && !commands.contains { line.hasSuffix($0) }
      }
      #expect(wide == nil, "\(wide ?? "")")
    }
  }

  @Test func aNarrowerTerminalThanTheLeastGetsTheLeast() {
    #expect(TerminalOptions(width: 3).width == 40)
  }

  @Test func theFirstScreenAnswersTheFiveQuestions() {
    let screen = terminal(.failover).split(separator: "\n", omittingEmptySubsequences: false).prefix(24)
      .joined(separator: "\n")
    for text in [
      "What happened", "container of pg1", "No writes", "36.3 s", "Is it over?", "pg1 is stopped", "Data lost?", "No.",
      "Type now", "docker start pg1",
    ] {
      #expect(screen.contains(text), "\(text)")
    }
  }

  @Test func aLongSummaryDoesNotPushTheCommandOffTheScreen() {
    var report = Report.failover
    report.incidents[0].summary = String(repeating: "Many words about little. ", count: 100)
    let screen = terminal(report).split(separator: "\n", omittingEmptySubsequences: false).prefix(24)
    #expect(screen.contains { $0.hasSuffix("docker start pg1") })
    #expect(screen.contains { $0.hasSuffix("…") })
  }

  @Test func wordyAnswersDoNotPushTheCommandOffTheScreenEither() {
    let wordy = String(repeating: "Many words about little. ", count: 20)
    var report = Report.failover
    report.incidents[0].summary = wordy
    report.incidents[0].title = wordy
    report.incidents[0].impact.lostWrites.explanation = wordy
    report.incidents[0].remediation[0].risk = wordy
    report.incidents[0].remediation[0].preconditions = [wordy, wordy]
    report.incidents[0].remediation[0].commands = ["docker start pg1", "second", "third", "fourth"]
    report.verdict.headline = wordy
    let screen = terminal(report).split(separator: "\n", omittingEmptySubsequences: false).prefix(24)
    #expect(screen.contains { $0.hasSuffix("docker start pg1") })
  }

  @Test func commandsAreWholeOnEveryWidth() {
    let text = terminal(.failover, options: TerminalOptions(width: 40))
    for command in Incident.failover.remediation.flatMap(\.commands) {
      #expect(text.split(separator: "\n").contains { $0.hasSuffix(command) }, "\(command)")
    }
  }

  @Test func severalIncidentsBeginWithAList() {
    let text = terminal(.threeIncidents, options: TerminalOptions(width: 300))
    #expect(text.contains("3 incidents"))
    #expect(text.contains("INCIDENT 3"))
    #expect(text.contains("NO: it goes on at the end of the log"))
    #expect(text.contains("Perhaps, up to 3 acknowledged writes."))
    #expect(text.contains("18 kB of WAL lie beyond the fork."))
    #expect(text.contains("Two members may have been writable at once."))
    #expect(text.contains("not over at the end of the log, at least 4 min 02 s"))
    #expect(text.contains("2025-08-10 23:00:00 to 23:00:02 UTC: 2.0 s (1.0 to 3.0 s)"))
  }

  @Test func withoutColorThereIsNoEscape() {
    for report in Self.reports {
      #expect(!terminal(report).contains("\u{1b}"))
    }
  }

  @Test func colorAddsNothingButColor() {
    let plain = terminal(.failover)
    let colored = terminal(.failover, options: TerminalOptions(color: true))
    #expect(colored.replacing(#/\e\[[0-9;]*m/#, with: "").withoutTrailingBlanks == plain.withoutTrailingBlanks)
  }

  @Test func asciiIsASCII() {
    #expect(terminal(.threeIncidents, options: TerminalOptions(ascii: true)).utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func repetitionIsFolded() {
    #expect(terminal(.failover).contains("×5 until"))
  }
}

extension String {
  fileprivate var withoutTrailingBlanks: String {
    replacing(#/ +\n/#, with: "\n")
  }
}
