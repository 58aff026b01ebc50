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
      - id: odd
        layout: '{time YYYY/MM hh:DD:ss mm} | {level}:  {message}'
        example: '2025/08 21:10:43 57 | LOG:  ready'
    messages:
      - id: ready
        meaning: It is ready.
        pattern: 'ready'
        event: server.ready
        examples: [{line: '2025-08-10 21:57:43.740 UTC [31] LOG:  ready', fields: {}}]
      - id: exit
        meaning: It ended in one of the ways that are known.
        pattern: 'exit code (?<id>[0-4]|5[05]) after \\d+ s$'
        event: server.shutting_down
        examples:
          - {line: '2025-08-10 21:57:43.740 UTC [31] LOG:  exit code 3 after 17 s', fields: {id: '3'}}
      - id: count
        meaning: So many of something.
        pattern: 'count is (?<count>\\d+)(?: of \\w+)?$'
        event: server.shutdown_requested
        examples: [{line: '2025-08-10 21:57:43.740 UTC [31] LOG:  count is 3 of ten', fields: {count: '3'}}]
      - id: state
        meaning: It is in the one state that matters.
        pattern: '\\w+ entered state 42 by itself'
        event: server.starting
        examples: [{line: '2025-08-10 21:57:43.740 UTC [31] LOG:  it entered state 42 by itself', fields: {}}]
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

  @Test func readsEachLinesTimeOfDay() {
    let times = ["10 21:57:43.740", "10 21:58:00.001", "10 23:59:59.999", "11 00:00:00.000", "10 00:00:00.000"]
    let found = events(times.map { "2025-08-\($0) UTC [31] LOG:  ready" })
    #expect(found.map(\.stamp?.instant) == times.map { Instant(rfc3339: "2025-08-\($0)Z".replacing(" ", with: "T")) })
  }

  @Test func takesNoOtherTimeForOne() {
    let odd = ["24:00:00.000", "21:60:00.000", "21:57:99.000", "2x:57:43.740", "21:57:4/.740", "21;57:43.740"]
    let times = ["21:57:43.740"] + odd
    #expect(events(times.map { "2025-08-10 \($0) UTC [31] LOG:  ready" }).count == 1)
  }

  @Test func matchesAnewWhereDigitsMatter() {
    let codes = ["3", "4", "5", "50", "51", "55", "9", "0"]
    let found = events(codes.map { "2025-08-10 21:57:43.740 UTC [31] LOG:  exit code \($0) after 17 s" })
    #expect(found.map { $0.fields[.id] } == ["3", "4", "50", "55", "0"])
  }

  @Test func readsTheDigitsOfMessagesThatAreAlike() {
    let texts = ["3 of ten", "4 of ten", "17 of ten", "5 of the", "x of ten", "6 of te!", "9 of ten", "9 of 1en", "8"]
    let found = events(texts.map { "2025-08-10 21:57:43.740 UTC [31] LOG:  count is \($0)" })
    #expect(found.map { $0.fields[.count] } == ["3", "4", "17", "5", "9", "9", "8"])
  }

  @Test func findsAMessageThatDiffersInDigitsFromOnesThatNoneClaims() {
    let states = ["41", "43", "44", "45", "42", "46", "42"]
    let found = events(states.map { "2025-08-10 21:57:43.740 UTC [31] LOG:  it entered state \($0) by itself" })
    #expect(found.map(\.line) == [5, 7])
  }

  @Test func readsTheDayWhereAnotherLayoutHasMinutes() {
    let days = ["10", "11", "12", "28"]
    let found = events(days.map { "2025/08 21:\($0):43 57 | LOG:  ready" })
    #expect(found.map(\.stamp?.milliseconds) == days.map { Instant(rfc3339: "2025-08-\($0)T21:57:43Z")?.milliseconds })
  }
}
