import Ingestion
import Model
import Testing

@Suite struct JSONEnvelopeTests {
  @Test func dockerJSONFile() {
    let lines = ReadLine.read(
      #"""
      {"log":"2025-08-10 21:57:43.742 UTC [33] LOG:  \"a\"\tb \u00e9\n","stream":"stderr","time":"2025-08-10T21:57:43.742913446Z"}
      {"log":"begin ","stream":"stdout","time":"2025-08-10T21:57:44.1Z"}
      {"log":"\u001b[33mred\u001b[0m\r\n","stream":"stderr","time":"2025-08-10T21:57:44.2Z"}
      {"log":"end\n","stream":"stdout","time":"2025-08-10T21:57:44.3Z"}
      {"log":"never finished","stream":"stdout","time":"2025-08-10T21:57:44.4Z"}
      """#
    )
    #expect(
      lines.map(\.payload) == [
        "2025-08-10 21:57:43.742 UTC [33] LOG:  \"a\"\tb é", "red", "begin end", "never finished",
      ]
    )
    #expect(lines.map(\.number) == [1, 3, 2, 5])
    #expect(lines[0].outer == utc("2025-08-10T21:57:43.742Z"))
    #expect(lines.allSatisfy { $0.framing == .dockerJSON })
  }

  @Test func journal() {
    let lines = ReadLine.read(
      #"""
      {"__REALTIME_TIMESTAMP":"1754863063741204","_HOSTNAME":"pg2","SYSLOG_IDENTIFIER":"patroni","MESSAGE":"promoted\nself"}
      {"MESSAGE":[112,103,255],"_HOSTNAME":"pg2","_COMM":"postgres","__REALTIME_TIMESTAMP":"1754863063741204"}
      {"MESSAGE":"hello","_HOSTNAME":"docker1","CONTAINER_NAME":"pg3","__REALTIME_TIMESTAMP":"1754863063741204"}
      """#
    )
    #expect(lines.map(\.payload) == ["promoted", "self", "pg\u{FFFD}", "hello"])
    #expect(lines.map(\.source) == ["pg2", "pg2", "pg2", "pg3"])
    #expect(lines.map(\.program) == ["patroni", "patroni", "postgres", nil])
    #expect(lines.map(\.number) == [1, 1, 2, 3])
    #expect(lines[0].outer == utc("2025-08-10T21:57:43.741Z"))
  }

  @Test func shippers() {
    let lines = ReadLine.read(
      #"""
      {"@timestamp":"2025-08-10T21:57:44.101Z","host":{"name":"pg2"},"log":{"offset":88120},"message":"promoted self"}
      {"labels":{"container":"pg1","job":"docker"},"line":"hello","timestamp":"2025-08-10T21:57:43.5Z"}
      {"container_name":"/pg4","source":"stderr","log":"from fluentd"}
      """#
    )
    #expect(lines.map(\.payload) == ["promoted self", "hello", "from fluentd"])
    #expect(lines.map(\.source) == ["pg2", "pg1", "pg4"])
  }

  @Test(arguments: [
    #"{"level":"info","ts":"2025-08-10T21:57:43.742Z","msg":"elected","log":"x","time":"y"}"#,
    #"{"message":"postmaster pid=35","@timestamp":"2026-11-23 01:53:24,395","levelname":"INFO","module":"postmaster"}"#,
    #"{"time":"2026-11-23 01:53:24,395","name":"patroni","message":"no action","process":1}"#,
    #"{"log":"#,
    #"{"log":"a","stream""#,
    #"{}"#,
  ])
  func componentsObjects(line: String) {
    let lines = ReadLine.read(line)
    #expect(lines.map(\.payload) == [line])
    #expect(lines.map(\.framing) == [.plain])
  }
}
