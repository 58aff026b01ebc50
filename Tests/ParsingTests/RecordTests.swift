import Model
import Parsing
import Testing

struct RecordTests {
  @Test func readsJSON() throws {
    let line = #"""
      {"caller":"a:1", "level":"ERROR","time":"x","ts":"2025-08-10T23:57:43.5+0200","msg":"Lock owner: \"pg\u00e9\"; I am b","err":{"a":[1,"}"]},"pid":12}
      """#
    let event = try #require(Fixture.classified([line]).events.first)
    #expect(event.message == "agent.owner")
    #expect(event.level == .error)
    #expect(event.processID == 12)
    #expect(event.stamp == Stamp(milliseconds: 1_754_870_263_500, zoneOffset: 7200, resolution: 100))
    #expect(event.fields[.leader] == "\"pgé\"")
    #expect(event.fields[.error] == #"{"a":[1,"}"]}"#)
    #expect(event.fields[.scope] == "demo")
    #expect(event.text == line)
  }

  @Test func readsFurtherMessagesOfAnObject() {
    let line = #"{"level":"INFO","ts":1754863063.25,"caller":"x","msg":"Leader key released","detail":"because of \n"}"#
    let output = Fixture.classified([line])
    #expect(output.events.map(\.message) == ["agent.released"])
    let other = line.replacing(#"\n"#, with: "rain")
    let events = Fixture.classified([other]).events
    #expect(events.map(\.message) == ["agent.released", "agent.detail"])
    #expect(events.last?.fields[.error] == "rain")
    #expect(events.first?.stamp == Stamp(milliseconds: 1_754_863_063_250, zoneOffset: 0, resolution: 10))
  }

  @Test(arguments: [
    #"{"level":"INFO","ts":"2025-08-10T21:57:43Z","msg":"Leader key released"}"#,
    #"{"level":"INFO","caller":"x","msg":"Leader key released"}"#,
    #"{"ts":"2025-08-10T21:57:43Z","caller":"x","msg":"Leader key released"}"#,
    #"["level","ts","caller","msg"]"#,
    #"{"level"#,
  ])
  func refusesObjectsOfOtherPrograms(_ line: String) {
    let output = Fixture.classified([line])
    #expect(output.events.isEmpty)
    #expect(output.tally.recognizedLines == 0)
  }

  @Test func toleratesObjectsThatAreCutOff() {
    let line = #"{"level":"INFO","ts":"2025-08-10T21:57:43Z","caller":"x","msg":"Leader key released","err":"abc"#
    #expect(Fixture.classified([line]).events.map(\.message) == ["agent.released"])
  }

  @Test func readsCSV() {
    let line = #"2025-08-10 21:57:58.763 UTC,"u ""x""",33,LOG,"ready","Key 7 exists""#
    let events = Fixture.classified([line]).events
    #expect(events.map(\.message) == ["server.ready", "server.key"])
    #expect(events.first?.fields[.user] == #"u ""x"""#)
    #expect(events.first?.processID == 33)
    #expect(events.last?.fields[.id] == "7")
    #expect(events.last?.level == .info)
  }

  @Test func joinsCSVRecordsOverSeveralLines() throws {
    let lines = [
      #"2025-08-10 21:57:58.763 UTC,"u",33,LOG,"ready"," Key"#, "", #"7 exists","#,
      #"2025-08-10 21:57:59.000 UTC,"u",33,LOG,"ready","#,
    ]
    let output = Fixture.classified(lines)
    #expect(output.events.map(\.message) == ["server.ready", "server.ready"])
    #expect(output.events.map(\.line) == [1, 4])
    #expect(output.events.first?.text == lines[0..<3].joined(separator: "\n"))
    #expect(output.tally.lines == 4)
    #expect(output.tally.recognizedLines == 4)
  }

  @Test func givesUpOnCSVRecordsThatNeverEnd() {
    let open = #"2025-08-10 21:57:58.763 UTC,"u",33,LOG,"ready"," Key"#
    let next = #"2025-08-10 21:57:59.763 UTC,"u",33,LOG,"ready","#
    let cutOff = Fixture.classified([open, "more", next])
    #expect(cutOff.events.map(\.line) == [1, 3])
    #expect(cutOff.tally.recognizedLines == 3)
    let endless = Fixture.classified([open] + [String](repeating: "text", count: 2500))
    #expect(endless.events.map(\.line) == [1])
    #expect(endless.tally.lines == 2501)
    #expect(endless.tally.recognizedLines == 2501)
  }

  @Test func joinsRecordsOfASourceThoughOthersInterleave() {
    var classifier = Classifier(catalogue: Fixture.catalogue)
    var output = Classified()
    let lines = [
      (0, #"2025-08-10 21:57:58.763 UTC,"u",33,LOG,"ready"," a"#),
      (1, "2025-08-10 21:57:58,800 INFO: Leader key released"), (0, #"b","#),
    ]
    for (index, line) in lines.enumerated() {
      classifier.consume(Fixture.batch([line], firstArrival: index), into: &output)
    }
    classifier.finish(into: &output)
    #expect(output.events.map(\.message) == ["agent.released", "server.ready"])
    #expect(output.events.map(\.arrival) == [1, 0])
  }
}
