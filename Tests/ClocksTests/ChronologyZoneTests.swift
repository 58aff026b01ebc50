import Contract
import Model
import Testing

@testable import Clocks

/// Zones that lines do not print.
@Suite struct ChronologyZoneTests {
  /// A log in which `pg1` prints no zone and `pgbouncer`, beside it, prints UTC.
  private func log(zone: Int64, grouped: Bool = false, separate: Bool = false) -> LogWriter {
    var log = LogWriter()
    log.isGrouped = grouped
    let pooler = log.source("pgbouncer")
    let agent = log.source("pg1", Style(zone: zone, printsZone: false), input: separate ? 1 : 0)
    log.ticks(pooler, every: 700, to: 300_000, event: .poolerStarting)
    log.ticks(agent, every: 3000, from: 500, to: 299_000, event: .agentHeartbeat)
    return log
  }

  @Test(arguments: [0, 3600, 7200, -18_000, 20_700, 50_400, -50_400, -12_600])
  func neighboursTellTheZone(zone: Int64) {
    var log = log(zone: zone)
    let result = log.chronology()
    #expect(result.clocks[1].zone == ClockZoneText.text(zone))
    #expect(result.clocks[1].zoneFrom == .inferred)
    #expect(log.misplaced(result).isEmpty)
    #expect(result.warnings.isEmpty)
  }

  @Test(arguments: [3600, -18_000, 0])
  func logsOfTheSameSpanTellTheZone(zone: Int64) {
    var apart = log(zone: zone, separate: true)
    let result = apart.chronology()
    #expect(result.clocks[1].zone == ClockZoneText.text(zone))
    #expect(apart.misplaced(result).isEmpty)
  }

  @Test(arguments: [3600, -18_000, 0])
  func groupedSourcesOfTheSameSpanTellTheZone(zone: Int64) {
    var grouped = log(zone: zone, grouped: true)
    let result = grouped.chronology()
    #expect(result.clocks[1].zone == ClockZoneText.text(zone))
    #expect(grouped.misplaced(result).isEmpty)
    #expect(result.warnings.contains { $0.contains("grouped by source") })
  }

  @Test func otherLinesOfTheSourceTellTheZone() {
    var log = LogWriter()
    let member = log.source("pg1", framing: .plain)
    for time in stride(from: Int64(0), to: 600_000, by: 3000) {
      log.line(member, time, style: Style(printsZone: false))
      if time % 60_000 == 0 { log.line(member, time + 100, style: Style(zone: 3600, resolution: 1000)) }
    }
    let result = log.chronology()
    #expect(log.misplaced(result).isEmpty)
    #expect(result.clocks[0].zone == "UTC")
    #expect(result.clocks[0].zoneFrom == .inferred)
  }

  @Test func twoZonesThatLookAlikeAreToldApart() {
    var log = LogWriter()
    let pooler = log.source("pgbouncer")
    let member = log.source("pg1", Style(printsZone: false))
    log.ticks(pooler, every: 900, to: 300_000, event: .poolerStarting)
    for time in stride(from: Int64(0), to: 290_000, by: 3000) {
      log.line(member, time)
      if time % 15_000 == 0 { log.line(member, time + 200, zone: 19_800) }
    }
    let result = log.chronology()
    #expect(log.misplaced(result).isEmpty)
  }

  @Test func collectorTellsTheZone() {
    var log = LogWriter()
    let member = log.source("pg1", Style(zone: 7200, printsZone: false), framing: .dockerTimestamps)
    for time in stride(from: Int64(0), to: 60_000, by: 3000) { log.line(member, time, outer: Style()) }
    let result = log.chronology()
    #expect(result.clocks[0].zone == "+02:00")
    #expect(log.misplaced(result).isEmpty)
  }

  @Test func sameConnectionInAnotherLogTellsTheZone() {
    var log = LogWriter()
    let proxy = log.source("haproxy", Style(zone: -14_400, printsZone: false, missing: .year, resolution: 1000))
    let pooler = log.source("pgbouncer", input: 1)
    // The logs cover different hours, so that their spans say nothing.
    log.ticks(proxy, every: 600_000, to: 4 * 3_600_000, event: .proxyStarting)
    log.ticks(pooler, every: 600_000, from: 2 * 3_600_000, to: 40 * 3_600_000, event: .poolerStarting)
    for time: Int64 in [7_300_000, 8_000_000, 9_000_000] {
      let address = "10.0.0.8:\(time / 1000)"
      log.line(proxy, time, event: .proxyConnected, role: .proxy, fields: Fields([.peer: address]))
      let fields = Fields([.localAddress: address])
      log.line(pooler, time + 12, event: .poolerServerConnected, role: .pooler, fields: fields)
    }
    let result = log.chronology()
    #expect(result.clocks[0].zone == "-04:00")
    #expect(log.misplaced(result, slack: 300).isEmpty)
  }

  @Test func summerTimeEndsWithinTheLog() throws {
    var log = LogWriter()
    let pooler = log.source("pgbouncer")
    let agent = log.source("pg1", Style(printsZone: false))
    log.ticks(pooler, every: 5000, to: 3_600_000, event: .poolerStarting)
    for time in stride(from: Int64(0), to: 3_600_000, by: 10_000) {
      log.line(agent, time, zone: time < 1_800_000 ? 7200 : 3600)
    }
    let result = log.chronology()
    #expect(log.misplaced(result).isEmpty)
    #expect(result.clocks[1].offset == 0)
  }

  @Test func summerTimeEndsInALogByItself() {
    var log = LogWriter()
    let agent = log.source("pg1", Style(printsZone: false), framing: .plain)
    for time in stride(from: Int64(0), to: 3_600_000, by: 10_000) {
      log.line(agent, time, zone: time < 1_800_000 ? 0 : -3600)
    }
    let result = log.chronology()
    #expect(log.misplaced(result).isEmpty)
  }

  @Test func optionWins() {
    var log = log(zone: 3600)
    log.options.zones = ["pg1": "+02:00"]
    let result = log.chronology()
    #expect(result.clocks[1].zone == "+02:00")
    #expect(result.clocks[1].zoneFrom == .option)
    log.options.zones = ["*": "+01:00"]
    let right = log.chronology()
    #expect(right.clocks[1].zone == "+01:00")
    #expect(log.misplaced(right).isEmpty)
  }

  /// Berlin's clock goes back from 03:00 to 02:00 on 2026-10-25, at 01:00 UTC.
  @Test(.enabled(if: ClockZone(named: "Europe/Berlin") != nil, "needs the machine's zone database"))
  func namedZoneKnowsSummerTime() throws {
    let change = try #require(Instant(rfc3339: "2026-10-25T01:00:00Z")).milliseconds - LogWriter.start
    var log = LogWriter()
    log.options.zones = ["pg1": "Europe/Berlin"]
    let agent = log.source("pg1", Style(printsZone: false), framing: .plain)
    for time in stride(from: change - 5_400_000, to: change + 5_400_000, by: 10_000) {
      log.line(agent, time, zone: time < change ? 7200 : 3600)
    }
    let result = log.chronology()
    #expect(log.misplaced(result).isEmpty)
    #expect(result.clocks[0].zone == "Europe/Berlin")
    #expect(result.clocks[0].zoneFrom == .option)
  }

  @Test func edgesOfASourceTellTheWholeHour() {
    var log = LogWriter()
    let pooler = log.source("pgbouncer")
    let member = log.source("pg1", Style(zone: -18_000, printsZone: false))
    log.line(member, 0)
    log.ticks(pooler, every: 700, from: 100, to: 120_000, event: .poolerStarting)
    let result = log.chronology()
    #expect(result.clocks[1].zone == "-05:00")
    #expect(log.misplaced(result).isEmpty)
  }

  @Test func unknownOptionIsReported() {
    var log = log(zone: 3600)
    log.options.zones = ["pg1": "Mars/Olympus"]
    let result = log.chronology()
    #expect(result.warnings.contains { $0.contains("Mars/Olympus") })
    #expect(log.misplaced(result).isEmpty)
  }

  @Test func nothingTells() {
    var log = LogWriter()
    let agent = log.source("pg1", Style(printsZone: false), framing: .plain)
    log.ticks(agent, every: 3000, to: 60_000, event: .agentHeartbeat)
    let result = log.chronology()
    #expect(result.clocks[0].zone == "UTC")
    #expect(result.clocks[0].zoneFrom == .assumed)
    #expect(result.clocks[0].offsetFrom == .reference)
    #expect(result.warnings.contains { $0.contains("pg1") && $0.contains("UTC is assumed") })
    #expect(log.misplaced(result).isEmpty)
  }
}

/// How the report names a zone.
enum ClockZoneText {
  static func text(_ seconds: Int64) -> String {
    if seconds == 0 { return "UTC" }
    let minutes = Int(seconds.magnitude) / 60
    return (seconds < 0 ? "-" : "+") + CivilTime.padded(minutes / 60, 2) + ":" + CivilTime.padded(minutes % 60, 2)
  }
}
