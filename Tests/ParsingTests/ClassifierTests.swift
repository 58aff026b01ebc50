import Ingestion
import Model
import Parsing
import Testing

struct ClassifierTests {
  private let released = "2025-08-10 21:57:43,740 INFO: Leader key released"

  @Test func emitsAnEventWithAllThatTheLineSays() throws {
    let line = "2025-08-10 21:57:43,740 INFO: Lock owner: pg1; I am pg2  "
    let event = try #require(Fixture.classified(["", line]).events.first)
    let expected = Event(
      kind: .agentLockOwner,
      source: SourceID(0),
      line: 2,
      arrival: 1,
      stamp: Stamp(milliseconds: 1_754_863_063_740),
      component: Component(name: "agent", role: .agent),
      message: "agent.owner",
      level: .info,
      fields: Fields([.leader: "pg1", .name: "pg2"]),
      text: "2025-08-10 21:57:43,740 INFO: Lock owner: pg1; I am pg2"
    )
    #expect(event == expected)
  }

  @Test func triesMessagesInTheOrderOfTheFile() {
    let lines = [
      "2025-08-10 21:57:43,740 INFO: Leader key released while shutting down",
      "2025-08-10 21:57:43,740 INFO: Lock owner: pg1",
      "2025-08-10 21:57:43,740 DEBUG: Lock owner: pg1; I am pg2",
      "2025-08-10 21:57:43,740 DEBUG: abc",
    ]
    var fast = LineExplainer(catalogue: Fixture.catalogue)
    var slow = LineExplainer(catalogue: Fixture.catalogue, isExhaustive: true)
    let expected = ["agent.shut", "agent.chatter", "agent.owner", "agent.debugging"]
    #expect(lines.map { fast.explain($0).first?.message } == expected)
    #expect(lines.map { slow.explain($0).first?.message } == expected)
  }

  @Test func countsContinuationsWithTheirRecord() {
    let lines = [
      "before any record", released, "\tcontinued", "Traceback", "Attaching to pg1", "  File x", "",
      "2025-08-10 21:57:43,740 INFO: unknown", "\tcontinued", "+ Cluster: demo", "| row |", released,
    ]
    let output = Fixture.classified(lines)
    #expect(output.tally.lines == 12)
    #expect(output.tally.unrecognizedLines == 3)
    #expect(output.tally.events == 4)
    #expect(output.tally.components == [0])
  }

  @Test func keepsUnrecognisedErrorsAsSamples() {
    var lines = ["2025-08-10 21:57:43,740 WARNING: not so bad", "2025-08-10 21:57:43,740 ERROR: what is this?"]
    let output = Fixture.classified(lines)
    #expect(output.tally.unrecognizedErrors == 1)
    #expect(output.tally.samples.map(\.line) == [2])
    #expect(output.tally.samples.first?.text == lines[1])
    #expect(output.tally.samples.first?.level == .error)
    lines = [String](repeating: lines[1], count: 300)
    let many = Fixture.classified(lines)
    #expect(many.tally.unrecognizedErrors == 300)
    #expect(many.tally.samples.count == SourceTally.maximumSamples)
  }

  @Test func usesCatchAllHeadsOnlyForNamedLines() {
    let line = "Leader key released"
    #expect(Fixture.classified([line]).events.isEmpty)
    #expect(Fixture.classified([line], program: "agent").events.map(\.message) == ["agent.released"])
    #expect(Fixture.classified([line], program: "agent-2025-08-10").events.count == 1)
    #expect(Fixture.classified([line], program: "server").events.isEmpty)
    let other = Fixture.classified(["2025-08-10 21:57:43.1 UTC LOG:  ready", "Attaching to pg1"], program: "agent")
    #expect(other.events.map(\.message) == ["server.ready", "agent.attached"])
  }

  @Test func repairsInvalidText() throws {
    let line = Array("2025-08-10 21:57:43,740 INFO: Lock owner: p".utf8) + [0xFF, 0xC3] + Array("; I am b".utf8)
    var classifier = Classifier(catalogue: Fixture.catalogue)
    var output = Classified()
    let record = LineRecord(start: 0, length: line.count, source: SourceID(0), number: 1)
    classifier.consume(LineBatch(bytes: line, lines: [record]), into: &output)
    #expect(output.events.first?.fields[.leader] == "p\u{FFFD}\u{FFFD}")
  }

  @Test func cutsLongLines() throws {
    let line = released + String(repeating: "ä", count: 100_000)
    let event = try #require(Fixture.classified([line]).events.first)
    #expect(event.text.utf8.count <= 8192 + 3)
    #expect(event.text.hasSuffix("ä…"))
  }

  @Test func ignoresRecordsThatPointNowhere() {
    var classifier = Classifier(catalogue: Fixture.catalogue)
    var output = Classified()
    let bytes = Array(released.utf8)
    let lines = [(-1, 3), (0, -1), (0, 1000), (1000, 0), (Int.max, Int.max)].map { start, length in
      LineRecord(start: start, length: length, source: SourceID(0), number: 1)
    }
    classifier.consume(LineBatch(bytes: bytes, lines: lines), into: &output)
    #expect(output.events.isEmpty)
  }

  @Test(arguments: [1, 2, 3, 7])
  func cuttingIntoBatchesMakesNoDifference(_ size: Int) {
    let lines: [(source: Int, text: String)] = (0..<60).map { number in
      switch number % 6 {
      case 0: (0, "2025-08-10 21:57:\(10 + number % 50),740 INFO: Lock owner: pg\(number); I am b")
      case 1: (1, "2025-08-10 21:57:\(10 + number % 50).1 UTC,\"u\",33,LOG,\"ready\",\"a")
      case 2: (1, "b\",")
      case 3: (0, "\tmore")
      case 4: (2, "+ Cluster: demo")
      default: (2, "| row |")
      }
    }
    var whole = Classified()
    var classifier = Classifier(catalogue: Fixture.catalogue)
    classifier.consume(Fixture.batch(lines), into: &whole)
    classifier.finish(into: &whole)
    var parts = Classified()
    var other = Classifier(catalogue: Fixture.catalogue)
    for start in stride(from: 0, to: lines.count, by: size) {
      let slice = Array(lines[start..<min(start + size, lines.count)])
      other.consume(Fixture.batch(slice, firstArrival: start), into: &parts)
    }
    other.finish(into: &parts)
    #expect(parts.events == whole.events)
    #expect(parts.readings == whole.readings)
    #expect(parts.tallies.map(\.recognizedLines) == whole.tallies.map(\.recognizedLines))
  }
}
