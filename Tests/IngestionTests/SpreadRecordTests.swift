import Ingestion
import Model
import Testing

/// Records that their printer has spread over several lines.
@Suite struct SpreadRecordTests {
  private static let entry = """
    __CURSOR=s=1;i=2
    __REALTIME_TIMESTAMP=1754863063741204
    _HOSTNAME=pg2
    PRIORITY=6
    SYSLOG_IDENTIFIER=patroni
    MESSAGE=2025-08-10 21:57:43,740 INFO: no action. I am (pg2), the leader with the lock


    """

  private static let pretty = """
    {
            "__REALTIME_TIMESTAMP" : "1754863063741204",
            "_HOSTNAME" : "pg2",
            "SYSLOG_IDENTIFIER" : "patroni",
            "MESSAGE" : "2025-08-10 21:57:43,740 INFO: no action. I am (pg2), the leader with the lock"
    }

    """

  @Test(arguments: [entry, pretty])
  func journal(text: String) throws {
    let lines = ReadLine.read(text + text)
    #expect(lines.count == 2)
    let line = try #require(lines.first)
    #expect(line.source == "pg2")
    #expect(line.program == "patroni")
    #expect(line.payload == "2025-08-10 21:57:43,740 INFO: no action. I am (pg2), the leader with the lock")
    #expect(line.outer == utc("2025-08-10T21:57:43.741Z"))
    #expect(ReadLine.read(Array((text + text).utf8), portions: [1]) == lines)
  }

  @Test func objectsOfAComponent() {
    let lines = ReadLine.read("{\n  \"a\": {\n    \"b\": [\n      1\n    ]\n  },\n  \"c\": null\n}\nplain\n")
    #expect(lines.map(\.payload) == [#"{"a": { "b": [ 1 ] }, "c": null }"#, "plain"])
  }

  @Test func swallowNoRecordThatFollowsABrace() {
    let record = "2025-08-10 21:57:43,740 INFO: Leader key released"
    #expect(ReadLine.read("{\n\(record)\n\(record)\n").map(\.payload) == ["{", record, record])
  }

  @Test func cloudNativePGNamesItsPod() {
    let text = #"{"level":"info","ts":"2025-08-10T21:57:43Z","logger":"postgres","msg":"record","logging_pod":"db-2"}"#
    #expect(ReadLine.read(text + "\n").map(\.source) == ["db-2"])
    #expect(ReadLine.read(text + "\n").map(\.payload) == [text])
  }

  @Test func runitKeepsAFolderForEachProgram() throws {
    let folder = try TemporaryFolder()
    for node in ["gitlab-1", "gitlab-2"] {
      for program in ["patroni", "postgresql"] {
        try folder.write("\(node)/\(program)/current", "2025-08-10_21:57:43.74000 LOG:  \(node) \(program)\n")
      }
    }
    let plan = InputPlan(paths: [folder.path])
    #expect(plan.inputs.map(\.identity.name).sorted() == ["gitlab-1", "gitlab-1", "gitlab-2", "gitlab-2"])
    #expect(Set(plan.inputs.map(\.identity.program)) == ["patroni", "postgresql"])
  }

  @Test(arguments: ["8月 10 21:57:43", "ağu 10 21:57:43", "srp 10 21:57:43"])
  func monthsOfMoreLanguages(prefix: String) {
    let lines = ReadLine.read("\(prefix) pg2 patroni[812]: x\n")
    #expect(lines.map(\.source) == ["pg2"])
    #expect(lines.map(\.payload) == ["x"])
  }
}
