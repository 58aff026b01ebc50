import Clocks
import Contract
import Model
import Testing

/// Years and days that lines do not print.
@Suite struct ChronologyDateTests {
  private static let monitor = Style(printsZone: false, missing: .date, resolution: 1000)
  private static let syslog = Style(printsZone: false, missing: .year, resolution: 1000)

  /// Milliseconds from the writer's start to the next midnight and to the next new year, in UTC.
  private static let midnight: Int64 = 22 * 3_600_000 + 10 * 60_000
  private static let newYear: Int64 = midnight + 38 * 86_400_000

  /// A client and a proxy beside a pooler that prints everything, for ten minutes around `middle`.
  private func log(around middle: Int64, apart: Bool, grouped: Bool = false, zone: Int64 = 0) -> LogWriter {
    var log = LogWriter()
    log.isGrouped = grouped
    let pooler = log.source("pgbouncer")
    var clientStyle = Self.monitor
    clientStyle.zone = zone
    let client = log.source("monitor", clientStyle, input: apart ? 1 : 0)
    let proxy = log.source("haproxy", Self.syslog, input: apart ? 2 : 0)
    log.ticks(pooler, every: 500, from: middle - 300_000, to: middle + 300_000, jitter: 300, event: .poolerStarting)
    log.ticks(client, every: 1000, from: middle - 299_000, to: middle + 299_000, event: .clientWriteSucceeded)
    log.ticks(proxy, every: 7000, from: middle - 295_000, to: middle + 295_000, event: .proxyConnected)
    return log
  }

  @Test(arguments: [0, midnight, newYear], [false, true])
  func otherLinesTellTheDate(middle: Int64, apart: Bool) {
    var log = log(around: middle, apart: apart)
    let result = log.chronology()
    #expect(log.misplaced(result).isEmpty)
  }

  @Test(arguments: [midnight, newYear])
  func groupedSourcesTellTheDate(middle: Int64) {
    var log = log(around: middle, apart: false, grouped: true)
    let result = log.chronology()
    #expect(log.misplaced(result).isEmpty)
  }

  @Test func timeOfDayInAnotherZone() {
    var log = log(around: Self.midnight, apart: false, zone: -18_000)
    let result = log.chronology()
    #expect(log.misplaced(result).isEmpty)
    #expect(result.clocks[1].zone == "-05:00")
  }

  @Test func manyMidnights() {
    var log = LogWriter()
    let client = log.source("monitor", Self.monitor, framing: .plain)
    let pooler = log.source("pgbouncer", input: 1, framing: .plain)
    log.ticks(client, every: 600_000, to: 3 * 86_400_000, event: .clientWriteSucceeded)
    log.ticks(pooler, every: 600_000, to: 3 * 86_400_000, event: .poolerStarting)
    let result = log.chronology()
    #expect(log.misplaced(result).isEmpty)
  }

  @Test func collectorWithoutYearAndZone() {
    var log = LogWriter()
    let member = log.source("pg1", Style(zone: 3600), framing: .journaldShort)
    let outer = Style(zone: 3600, printsZone: false, missing: .year, resolution: 1000)
    for time in stride(from: Int64(0), to: 60_000, by: 3000) {
      log.line(member, time, outer: outer)
      log.line(member, time + 1500, isStamped: false, outer: outer)
    }
    let result = log.chronology()
    #expect(log.misplaced(result).isEmpty)
  }

  @Test func nothingTellsTheDay() {
    var log = LogWriter()
    let client = log.source("monitor", Self.monitor, framing: .plain)
    log.ticks(client, every: 1000, to: 30_000, event: .clientWriteSucceeded)
    let result = log.chronology()
    #expect(result.warnings.contains { $0.contains("1970-01-01") })
    #expect(result.events.count == 30)
    #expect(result.firstAt?.rfc3339 == "1970-01-01T01:50:00.000Z")
  }

  @Test func optionTellsTheYearOfTheLastLine() {
    var log = LogWriter()
    let proxy = log.source("haproxy", Self.syslog, framing: .plain)
    log.ticks(proxy, every: 1000, from: Self.newYear - 10_000, to: Self.newYear + 10_000, event: .proxyConnected)
    log.options.year = 2027
    let result = log.chronology()
    #expect(log.misplaced(result).isEmpty)
    log.options.year = nil
    let guessed = log.chronology()
    #expect(guessed.warnings.contains { $0.contains("year") })
    #expect(guessed.events.count == 20)
  }
}
