import Ingestion
import Model
import Testing

@Suite struct JournalFramingTests {
  private static let patroni = "2025-08-10 21:57:43,740 INFO: promoted self to leader by acquiring session lock"

  /// 10 August 21:57:43 in the leap year that stands for an unknown one.
  private static let yearless = CivilTime(year: 1972, month: 8, day: 10, hour: 21, minute: 57, second: 43).milliseconds

  struct Form: CustomTestStringConvertible {
    var prefix: String
    var framing: Framing
    var outer: Stamp?

    var testDescription: String { prefix }
  }

  @Test(arguments: [
    Form(
      prefix: "Aug 10 21:57:43",
      framing: .journaldShort,
      outer: Stamp(milliseconds: yearless, missing: .year, resolution: 1000)
    ),
    Form(
      prefix: "Aug 10 21:57:43.741204",
      framing: .journaldShort,
      outer: Stamp(milliseconds: yearless + 741, missing: .year)
    ),
    Form(
      prefix: "авг 10 21:57:43",
      framing: .journaldShort,
      outer: Stamp(milliseconds: yearless, missing: .year, resolution: 1000)
    ),
    Form(
      prefix: "août 10 21:57:43",
      framing: .journaldShort,
      outer: Stamp(milliseconds: yearless, missing: .year, resolution: 1000)
    ),
    Form(
      prefix: "2025-08-10T21:57:43+0000",
      framing: .journaldISO,
      outer: utc("2025-08-10T21:57:43Z", resolution: 1000)
    ),
    Form(prefix: "2025-08-10T21:57:43.741204+00:00", framing: .journaldISO, outer: utc("2025-08-10T21:57:43.741Z")),
    Form(
      prefix: "Sun 2025-08-10 21:57:43 UTC",
      framing: .journaldShort,
      outer: utc("2025-08-10T21:57:43Z", resolution: 1000)
    ),
    Form(prefix: "1754863063.741204", framing: .journaldShort, outer: utc("2025-08-10T21:57:43.741Z")),
    Form(prefix: "[ 1234.567890]", framing: .journaldShort, outer: nil),
    Form(
      prefix: "<134>Aug 10 21:57:43",
      framing: .syslogRFC3164,
      outer: Stamp(milliseconds: yearless, missing: .year, resolution: 1000)
    ),
  ])
  func short(form: Form) throws {
    let line = try #require(ReadLine.read("\(form.prefix) pg2 patroni[812]: \(Self.patroni)").first)
    #expect(line.source == "pg2")
    #expect(line.program == "patroni")
    #expect(line.payload == Self.patroni)
    #expect(line.framing == form.framing)
    #expect(line.outer == form.outer)
    #expect(line.isNamedByPrefix)
  }

  @Test func programsShareTheirHost() {
    let lines = ReadLine.read(
      """
      Aug 10 21:57:23 pg1 systemd[1]: patroni.service: Main process exited, code=killed, status=9/KILL
      Aug 10 21:57:23 pg1 kernel: Out of memory: Killed process 4711 (postgres)
      Aug 10 21:57:24 pg1 postgresql@15-main[99]: 2025-08-10 21:57:24.100 UTC [99] LOG:  ready
      Sun 2025-08-10 21:57:43 CEST pg2 patroni.service[812]: \(Self.patroni)
      """
    )
    #expect(lines.map(\.source) == ["pg1", "pg1", "pg1", "pg2"])
    #expect(lines.map(\.program) == ["systemd", "kernel", "postgresql", "patroni"])
    #expect(lines[1].payload == "Out of memory: Killed process 4711 (postgres)")
    #expect(lines[3].outer?.zoneOffset == nil)
  }

  @Test func componentsOwnSyslogIsPayload() {
    let connect = "<134>Aug 10 21:57:24 haproxy[8]: Connect from 192.168.100.8:59828 to 192.168.100.7:5432"
    let inside = ReadLine.read("2025-08-10T21:57:24.100000+0000 lb1 haproxy[1]: \(connect)")
    #expect(inside.map(\.payload) == [connect])
    #expect(inside.map(\.source) == ["lb1"])
    let alone = ReadLine.read(connect)
    #expect(alone.map(\.payload) == [connect])
    #expect(alone.map(\.framing) == [.plain])
    let withoutPriority = ReadLine.read("Aug 10 21:57:24 haproxy[8]: Connect from 192.168.100.8:59828")
    #expect(withoutPriority.map(\.framing) == [.plain])
  }

  @Test func wordsAreNoHosts() {
    let lines = ReadLine.read(
      """
      2025-08-10T21:57:43.742Z INFO controller: reconciling
      2025-08-10T21:57:43.742Z Lock owner: pg2; I am pg2
      2025-08-10T21:57:44.742Z Lock owner: pg2; I am pg2
      """
    )
    #expect(lines.allSatisfy { $0.framing == .plain && $0.payload.hasPrefix("2025-08-10T") })
  }

  @Test func syslogOfPostgreSQL() {
    let lines = ReadLine.read(
      """
      Feb 11 14:58:55 pg-db1 postgres[123]: [12-1] 2025-02-11 14:58:55.100 UTC [123] ERROR:  duplicate key
      Feb 11 14:58:55 pg-db1 postgres[123]: [12-2] #011DETAIL:  Key (id)=(1) already exists.
      Feb 11 14:58:55 pg-db1 patroni: promoted self to leader
      """
    )
    #expect(lines[0].payload == "2025-02-11 14:58:55.100 UTC [123] ERROR:  duplicate key")
    #expect(lines[1].payload == "\tDETAIL:  Key (id)=(1) already exists.")
    #expect(lines[2].program == "patroni")
  }

  @Test func rfc5424() {
    let lines = ReadLine.read(
      """
      <129>1 2025-08-10T21:57:41.104+00:00 lb1 haproxy 8 - - Server postgres_primary/pg1 is DOWN
      <129>1 2025-08-10T21:57:41.104Z lb1 haproxy 8 ID47 [a@1 x="]\\"q"][b@1 y="z"] \u{FEFF}backend down
      """
    )
    #expect(lines.map(\.payload) == ["Server postgres_primary/pg1 is DOWN", "backend down"])
    #expect(lines.allSatisfy { $0.framing == .syslogRFC5424 && $0.source == "lb1" && $0.program == "haproxy" })
    #expect(lines[0].outer == utc("2025-08-10T21:57:41.104Z"))
  }

  @Test func indentedFurtherLines() {
    let lines = ReadLine.read(
      """
      Aug 10 21:57:43 pg2 patroni[812]: Traceback (most recent call last):
                                          File "/usr/lib/patroni/api.py", line 1
      -- Boot 3f2a --
      """
    )
    #expect(lines.map(\.source) == ["pg2", "pg2", "stdin"])
  }

  @Test func localhostSaysNothing() {
    let lines = ReadLine.read(
      "Aug 10 21:57:43 localhost patroni[812]: \(Self.patroni)",
      input: InputIdentity(path: "pg1.log", index: 0, name: "pg1")
    )
    #expect(lines.map(\.source) == ["pg1"])
    #expect(lines.map(\.program) == ["patroni"])
    #expect(lines.map(\.framing) == [.journaldShort])
  }
}
