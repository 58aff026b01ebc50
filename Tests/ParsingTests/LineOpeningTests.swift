import Model
import Parsing
import Testing

/// Lines that begin as earlier ones did are known by a comparison, and read as if they were not.
struct LineOpeningTests {
  private static let parsers = """
    component: database
    name: Database
    role: server
    levels: {LOG: info, ERROR: error}
    heads:
      - id: plain
        layout: '{time YYYY-MM-DD hh:mm:ss[.S]} {zone} [{pid}] {level}:  {message}'
        example: '2025-08-10 21:57:43.740 UTC [31] LOG:  ready'
    messages:
      - id: ready
        meaning: It is ready.
        pattern: 'ready'
        event: server.ready
        examples: [{line: '2025-08-10 21:57:43.740 UTC [31] LOG:  ready', fields: {}}]
    """

  private func events(_ lines: [String]) -> [Event] {
    var catalogue = ParserCatalogue()
    let mistakes = catalogue.load([
      ParserFile(name: "database.yaml", text: Self.parsers), ParserFile(name: "agent.yaml", text: Fixture.agent),
    ])
    #expect(mistakes.isEmpty)
    var classifier = Classifier(catalogue: catalogue)
    var output = Classified()
    classifier.consume(Fixture.batch(lines.map { (0, $0) }), into: &output)
    return output.events
  }

  @Test func readsEachLinesProcessID() {
    let pids = [31, 7, 123_456, 31, 0, 99, 2_147_483_647]
    let found = events(pids.map { "2025-08-10 21:57:43.740 UTC [\($0)] LOG:  ready" })
    #expect(found.map(\.processID) == pids)
    #expect(found.allSatisfy { $0.level == .info })
  }

  @Test func tellsLevelsBehindTheProcessIDApart() {
    let found = events(["LOG", "ERROR", "LOG", "ERROR"].map { "2025-08-10 21:57:43.740 UTC [5] \($0):  ready" })
    #expect(found.map(\.level) == [.info, .error, .info, .error])
  }

  @Test func takesNoOtherNumberForAProcessID() {
    let beginning = "2025-08-10 21:57:43.740 UTC ["
    let lines = ["1]", "12345678901]", "]", "1a]", "1 ]"].map { beginning + $0 + " LOG:  ready" }
    #expect(events(lines).map(\.processID) == [1])
  }

  @Test func knowsTheHeadsOfTwoProgramsInOneStream() {
    let lines = (0..<20).map { number in
      number.isMultiple(of: 2)
        ? "2025-08-10 21:57:\(10 + number).740 UTC [\(number)] LOG:  ready"
        : "2025-08-10 21:57:\(10 + number),740 INFO: Leader key released"
    }
    let found = events(lines)
    #expect(found.map(\.component.name) == (0..<20).map { $0.isMultiple(of: 2) ? "database" : "agent" })
    #expect(found.map { $0.stamp?.zoneOffset } == (0..<20).map { $0.isMultiple(of: 2) ? 0 : nil })
  }
}
