import TestSupport
import Testing

@Suite("The exit status and the line on standard error")
struct ExitStatusTests {
  struct Case: CustomTestStringConvertible {
    var line: String
    var input = BuiltProgram.Input.nothing
    var status: Int32
    /// What the complaint must contain; nil if there must be none.
    var complaint: String?

    var testDescription: String { line.isEmpty ? "(no arguments)" : line }
  }

  static let cases: [Case] = [
    Case(line: "analyze \(failover)", status: 0),
    Case(line: failover, status: 0),
    Case(line: "--version", status: 0),
    Case(line: "--help", status: 0),
    Case(line: "help events", status: 0),
    Case(line: "schema", status: 0),
    Case(line: "", status: 1, complaint: "the input is empty"),
    Case(line: "analyze -", status: 1, complaint: "the input is empty"),
    Case(line: "analyze -", input: .text("what is this?\n"), status: 1, complaint: "the only line was not recognised"),
    Case(
      line: "analyze -",
      input: .text(String(repeating: "\0\u{1}", count: 600)),
      status: 1,
      complaint: "this is no text"
    ),
    Case(line: "analyze no/such.log", status: 1, complaint: "no/such.log: no such file or directory. Check the name"),
    Case(line: "analize", status: 1, complaint: "a command of 'failscope --help'"),
    Case(line: "analyze \(failover) no/such.log", status: 1, complaint: "no/such.log: no such file"),
    Case(line: "events no/such.log", status: 1, complaint: "no/such.log: no such file"),
    Case(line: "analyze --fail-on incident \(failover)", status: 2),
    Case(line: "analyze --fail-on degraded \(failover)", status: 2),
    Case(line: "analyze --fail-on outage \(failover)", status: 0),
    Case(line: "analyze --fail-on incident samples/healthy", status: 0),
    Case(line: "analyze --fail-on outage samples/paused-cluster", status: 2),
    Case(line: "analyze --nonsense", status: 64, complaint: "Run 'failscope analyze --help'"),
    Case(line: "--nonsense", status: 64, complaint: "Run 'failscope --help'"),
    Case(line: "analyze --format docx", status: 64, complaint: "docx"),
    Case(line: "analyze --fail-on monday", status: 64, complaint: "monday"),
    Case(line: "analyze --since yesterday", status: 64, complaint: "Write a time as 2026-11-23T01:54:00Z"),
    Case(line: "analyze --since 2026-01-02 --until 2026-01-01", status: 64, complaint: "lies before"),
    Case(line: "analyze --timezone pg1=Mars/Olympus", status: 64, complaint: "pg1=Europe/Berlin"),
    Case(line: "analyze --year 26", status: 64, complaint: "four digits"),
    Case(line: "analyze --width 10", status: 64, complaint: "at least 40"),
    Case(line: "analyze --quiet-period soon", status: 64, complaint: "such as 30"),
    Case(line: "analyze --what-if patroni.ttl=30 \(failover)", status: 0),
    Case(
      line: "analyze --what-if patroni.tll=30 \(failover)",
      status: 64,
      complaint: "known are patroni.ttl, patroni.loop_wait"
    ),
    Case(line: "analyze --what-if patroni.ttl=soon \(failover)", status: 64, complaint: "such as 15, 3s or 500ms"),
    Case(line: "analyze --what-if patroni \(failover)", status: 64, complaint: "patroni.ttl=15,haproxy.inter=1s"),
    Case(line: "events --what-if patroni.ttl=30 \(failover)", status: 64, complaint: "Run 'failscope events --help'"),
    Case(line: "analyze --parsers no/such", status: 64, complaint: "There is no directory 'no/such'"),
    Case(line: "events --kind leader.elected \(failover)", status: 64, complaint: "failscope parsers vocabulary"),
    Case(line: "explain timeline_splt", status: 64, complaint: "Did you mean timeline_split"),
    Case(line: "explain zzzzzzzzzz", status: 64, complaint: "'failscope explain' lists all"),
    Case(line: "parsers show nobody", status: 64, complaint: "'failscope parsers list' tells all"),
    Case(line: "parsers show patroni.nothing", status: 64, complaint: "there is no message 'patroni.nothing'"),
    Case(line: "parsers test no/such", status: 1, complaint: nil),
    Case(line: "schema --please", status: 64, complaint: "Run 'failscope schema --help'"),
  ]

  @Test(arguments: cases)
  func status(_ example: Case) throws {
    let outcome = try failscope(example.line, input: example.input)
    #expect(outcome.status == example.status, "\(outcome.errors)")
    #expect(!outcome.hasControls)
    if let complaint = example.complaint {
      #expect(outcome.hasOneComplaint, "\(outcome.errors)")
      #expect(outcome.errors.contains(complaint), "\(outcome.errors)")
    }
  }

  @Test(
    "a file that is no text log is not called empty, too",
    arguments: [
      ("case.zip", "PK\u{3}\u{4}", "this is a zip archive"),
      ("core", String(repeating: "\0\u{1}", count: 600), "this is no text"),
    ]
  )
  func noText(name: String, content: String, complaint: String) throws {
    let scratch = try ScratchDirectory()
    let outcome = try failscope("analyze \(try scratch.write(content, to: name))")
    #expect(outcome.status == 1)
    #expect(outcome.hasOneComplaint, "\(outcome.errors)")
    #expect(outcome.errors.contains(complaint), "\(outcome.errors)")
  }

  @Test("the report on what could be read is written even if something else could not")
  func partial() throws {
    let outcome = try failscope("analyze \(failover) no/such.log")
    #expect(outcome.output.contains("pg2"))
  }

  @Test("a time zone for a source that does not exist is told")
  func unknownSource() throws {
    let outcome = try failscope("analyze --timezone pg7=UTC \(failover)")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("no source has that name; there are "), "\(outcome.errors)")
  }
}
