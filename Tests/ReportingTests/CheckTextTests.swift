import Contract
import Model
import Testing

@testable import Reporting

@Suite("A check as text")
struct CheckTextTests {
  private func remedy(_ code: RemedyCode, _ answer: CheckAnswer, reason: String, member: String? = "pg1")
    -> CheckedRemedy
  {
    CheckedRemedy(
      code: code,
      urgency: .now,
      summary: "Build pg1 anew from pg2: its history is not part of pg2's.",
      member: member,
      incidents: ["failover-1"],
      answer: answer,
      reasons: [reason],
      wouldTell: answer == .cannotTell ? "The proxy's own configuration." : nil,
      commands: answer == .stillNeeded ? ["patronictl -c /etc/patroni.yml reinit main pg1 --force"] : []
    )
  }

  private func check(_ remedies: [CheckedRemedy], notes: [CheckNote] = [], problem: String? = nil) -> Check {
    Check(
      generator: Generator(name: "failscope", version: "test"),
      checkedAt: Instant(milliseconds: 1_754_863_000_000),
      identity: .same,
      cluster: CheckedCluster(
        name: "main",
        members: [CheckedMember(name: "pg1", summary: "streams from pg2 on timeline 5", condition: "streaming")]
      ),
      asked: [AskedSource(kind: .patroni, place: "pg2:8008", problem: problem)],
      notes: notes,
      remedies: remedies
    )
  }

  @Test("the whole is its gravest answer")
  func outcome() {
    let done = remedy(.reinitMember, .alreadyDone, reason: "a.")
    let unclear = remedy(.tunePooler, .cannotTell, reason: "b.")
    let needed = remedy(.restartMember, .stillNeeded, reason: "c.")
    let dangerous = remedy(.fenceOldPrimary, .nowDangerous, reason: "d.")
    #expect(check([done]).outcome == .allDone)
    #expect(check([]).outcome == .allDone)
    #expect(check([done, unclear]).outcome == .cannotTell)
    #expect(check([done, unclear, needed]).outcome == .stillNeeded)
    #expect(check([done, unclear, needed, dangerous]).outcome == .nowDangerous)
    let note = CheckNote(code: .dualPrimary, severity: .critical, summary: "Two.")
    #expect(check([done], notes: [note]).outcome == .nowDangerous)
    #expect(check([done], problem: "refused").outcome == .noAnswer)
  }

  @Test("what is dangerous stands before what is needed, and that before the rest")
  func order() throws {
    let text = terminal(
      check([
        remedy(.reinitMember, .alreadyDone, reason: "It streams."),
        remedy(.tunePooler, .cannotTell, reason: "The pooler was not asked."),
        remedy(.restartMember, .stillNeeded, reason: "It is down."),
        remedy(.fenceOldPrimary, .nowDangerous, reason: "It leads."),
      ])
    )
    let places = try ["It leads.", "It is down.", "The pooler was not asked.", "It streams."].map {
      try #require(text.firstRange(of: $0)).lowerBound
    }
    #expect(places == places.sorted())
    #expect(text.hasPrefix("NOW DANGEROUS"))
  }

  @Test("what goes for several is said once")
  func repetition() {
    let text = terminal(
      check([
        remedy(.tunePooler, .cannotTell, reason: "Nobody was asked."),
        remedy(.tuneHealthCheck, .cannotTell, reason: "Nobody was asked."),
      ])
    )
    #expect(text.ranges(of: "Nobody was asked.").count == 1)
    #expect(text.contains("tune_pooler") && text.contains("tune_health_check"))
  }

  @Test("no line is wider than the terminal, but for commands", arguments: [40, 80, 120])
  func width(columns: Int) {
    let long = String(repeating: "a name that goes on and on ", count: 40)
    let value = check(
      [remedy(.restartMember, .stillNeeded, reason: long), remedy(.fenceOldPrimary, .nowDangerous, reason: long)],
      notes: [CheckNote(code: .noLeader, severity: .warning, summary: long)]
    )
    for ascii in [false, true] {
      let text = terminal(value, options: TerminalOptions(width: columns, ascii: ascii))
      for line in text.split(separator: "\n") where !line.contains("patronictl") {
        #expect(line.count <= columns, "\(line)")
      }
      #expect(!ascii || text.allSatisfy(\.isASCII))
    }
  }

  @Test("every key of the JSON form is there")
  func keys() throws {
    let value = try JSONValue(encoding: check([remedy(.tunePooler, .cannotTell, reason: "b.", member: nil)]))
    #expect(
      value.keys == [
        "schema", "generator", "checked_at", "reported_until", "identity", "outcome", "cluster", "asked", "notes",
        "remedies",
      ]
    )
    #expect(value["reported_until"] == .null)
    guard case .array(let remedies)? = value["remedies"] else {
      Issue.record("no remedies")
      return
    }
    #expect(
      remedies.first?.keys == [
        "code", "urgency", "summary", "member", "incidents", "answer", "reasons", "would_tell", "preconditions",
        "commands",
      ]
    )
    #expect(remedies.first?["member"] == .null)
  }
}
