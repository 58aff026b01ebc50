import Clocks
import Contract
import Model
import Testing

/// Clocks that differ.
@Suite struct ChronologySkewTests {
  /// Three members and a pooler in one stream; the clock of `pg2` is off.
  private func log(skew: Int64, lasting duration: Int64 = 120_000) -> LogWriter {
    var log = LogWriter()
    let pooler = log.source("pgbouncer")
    let first = log.source("pg1")
    let second = log.source("pg2", Style(skew: skew))
    let client = log.source("monitor", Style(printsZone: false, missing: .date, resolution: 1000))
    log.ticks(pooler, every: 500, to: duration, jitter: 200, event: .poolerStarting)
    log.ticks(first, every: 3000, from: 400, to: duration, jitter: 900, event: .agentHeartbeat)
    log.ticks(second, every: 3000, from: 1300, to: duration, jitter: 900, event: .agentHeartbeat)
    log.ticks(client, every: 1000, from: 100, to: duration, jitter: 50, event: .clientWriteSucceeded)
    return log
  }

  private func expectOffset(
    _ clock: SourceClock,
    _ skew: Int64,
    within tolerance: Double = 0.35,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let truth = Double(skew) / 1000
    #expect((clock.lower ?? -.infinity) <= truth, sourceLocation: sourceLocation)
    #expect((clock.upper ?? .infinity) >= truth, sourceLocation: sourceLocation)
    let expected = abs(truth) < 0.5 ? 0 : truth
    #expect(abs((clock.offset ?? .infinity) - expected) <= tolerance, sourceLocation: sourceLocation)
  }

  @Test(arguments: [0, 100, -100, 2000, -3000, 7300, -60_000, 3_600_000, 50_400_000, -50_400_000])
  func arrivalTellsTheOffset(skew: Int64) {
    var log = log(skew: skew)
    let result = log.chronology()
    expectOffset(result.clocks[2], skew)
    for other in [0, 1, 3] { #expect(result.clocks[other].offset == 0) }
    #expect(result.clocks.filter { $0.offsetFrom == .reference }.count == 1)
    #expect(result.warnings.count == (abs(skew) >= 500 ? 1 : 0))
    #expect(log.misplaced(result, slack: abs(skew) < 500 ? abs(skew) : 0).isEmpty)
  }

  @Test func collectorTellsTheOffsetOfGroupedSources() {
    var log = LogWriter()
    log.isGrouped = true
    let first = log.source("pg1", framing: .composeTimestamps)
    let second = log.source("pg2", Style(skew: -5000), framing: .composeTimestamps)
    for time in stride(from: Int64(0), to: 120_000, by: 3000) {
      log.line(first, time, outer: Style())
      log.line(second, time + 700, outer: Style())
    }
    let result = log.chronology()
    expectOffset(result.clocks[1], -5000)
    #expect(log.misplaced(result).isEmpty)
  }

  @Test(arguments: [0, 5000, -40_000, 9_000_000])
  func connectionsTellTheOffsetOfFiles(skew: Int64) {
    var log = LogWriter()
    let pooler = log.source("pgbouncer", framing: .plain)
    let proxy = log.source(
      "haproxy",
      Style(printsZone: false, missing: .year, resolution: 1000, skew: skew),
      input: 1,
      framing: .plain
    )
    log.options.zones = ["haproxy": "UTC"]
    log.ticks(pooler, every: 500, to: 300_000, event: .poolerStarting)
    for time in stride(from: Int64(3000), to: 300_000, by: 21_400) {
      let address = "10.0.0.8:\(time)"
      log.line(proxy, time, event: .proxyConnected, role: .proxy, fields: Fields([.peer: address]))
      let fields = Fields([.localAddress: address])
      log.line(pooler, time + 30, event: .poolerServerConnected, role: .pooler, fields: fields)
    }
    let result = log.chronology()
    expectOffset(result.clocks[1], skew, within: 0.5)
    #expect(log.misplaced(result).isEmpty)
  }

  @Test func changesOfLeaderBoundTheOffset() throws {
    var log = LogWriter()
    let first = log.source("pg1", framing: .plain)
    let second = log.source("pg2", input: 1, framing: .plain)
    for time in stride(from: Int64(0), to: 200_000, by: 10_000) {
      let leader = time < 100_000 ? "pg1" : "pg2"
      log.line(first, time, fields: Fields([.name: "pg1", .leader: leader]))
      log.line(second, time + 4000, fields: Fields([.name: "pg2", .leader: time < 96_000 ? "pg1" : "pg2"]))
    }
    log.line(second, 95_000, event: .leaderAcquired)
    let clock = log.chronology().clocks[1]
    let lower = try #require(clock.lower)
    let upper = try #require(clock.upper)
    #expect(clock.offset == 0 && lower <= 0 && upper >= 0 && upper - lower < 13)
  }

  @Test func nothingBoundsAClock() {
    var log = LogWriter()
    let first = log.source("pg1", framing: .plain)
    let second = log.source("pg2", input: 1, framing: .plain)
    log.ticks(first, every: 3000, to: 60_000, event: .agentHeartbeat)
    log.ticks(second, every: 3000, to: 50_000, event: .agentHeartbeat)
    let clocks = log.chronology().clocks
    #expect(clocks[0].offsetFrom == .reference)
    #expect(clocks[1].offsetFrom == .assumed)
    #expect(clocks[1].offset == nil && clocks[1].lower == nil && clocks[1].upper == nil)
  }

  /// One line is too little to judge a clock by, but it cannot arrive before it was written.
  @Test func aSingleLineIsNotFromTheFuture() throws {
    var log = log(skew: 0)
    let member = log.source("pg3", Style(skew: 300_000))
    log.line(member, 1900)
    let result = log.chronology()
    #expect(log.misplaced(result).isEmpty)
  }

  /// A clock that stands still, and prints one line thousands of years ahead: no drift, and nothing overflows.
  @Test func aFrozenClockIsNoDrift() throws {
    var log = log(skew: 0, lasting: 3_600_000)
    let member = log.source("pg3")
    for name in ["pg4", "pg5"] {
      log.ticks(log.source(name), every: 3000, from: 900, to: 3_600_000, event: .agentHeartbeat)
    }
    for (count, time) in stride(from: Int64(700), to: 3_600_000, by: 20_000).enumerated() {
      let frozen = Int64(count / 20) - time
      log.line(member, time, style: Style(skew: count == 170 ? 250_000_000_000_000 : frozen))
    }
    let result = log.chronology()
    #expect(result.events.count == log.lines.count { $0.event != nil })
    #expect(!result.warnings.contains { $0.contains("pg3 runs too") })
  }

  /// An older part of a log behind a newer one does not pull the newer part's last lines back.
  @Test func anOlderPartBehindANewerOne() throws {
    var log = LogWriter()
    let sources = ["pg1", "pg2", "pgbouncer"].map { log.source($0) }
    for (start, delay) in [(Int64(3_600_000), Int64(1)), (0, 7_200_000)] {
      for time in stride(from: start, to: start + 120_000, by: 1000) {
        for (place, source) in sources.enumerated() {
          log.line(source, time + Int64(place) * 100, delay: delay)
        }
      }
    }
    #expect(log.misplaced(log.chronology()).isEmpty)
  }

  /// An hour of log in which a clock gains or loses steadily, from a time on that makes it right, ahead or behind.
  @Test(arguments: [0.0005, 0.001, -0.002], [Int64(0), 3000, -20_000])
  func aClockDrifts(rate: Double, start: Int64) throws {
    var log = log(skew: 0, lasting: 3_600_000)
    let member = log.source("pg3")
    for time in stride(from: Int64(700), to: 3_600_000, by: 2000) {
      log.line(member, time, style: Style(skew: start + Int64(Double(time) * rate)))
    }
    let result = log.chronology()
    #expect(log.misplaced(result).isEmpty)
    let clock = result.clocks[member]
    let end = Double(start) / 1000 + 3600 * rate
    #expect((clock.lower ?? .infinity) <= min(Double(start) / 1000, end))
    #expect((clock.upper ?? -.infinity) >= max(Double(start) / 1000, end))
    #expect(result.warnings.filter { $0.contains(rate > 0 ? "pg3 runs too fast" : "pg3 runs too slow") }.count == 1)
  }

  @Test(arguments: [5000, -90_000])
  func aClockIsSetWithinTheLog(step: Int64) throws {
    var log = log(skew: 0)
    let member = log.source("pg3")
    for time in stride(from: Int64(700), to: 120_000, by: 2000) {
      log.line(member, time, style: Style(skew: time < 70_000 ? 0 : step))
    }
    let result = log.chronology()
    #expect(log.misplaced(result).isEmpty)
    let warning = try #require(result.warnings.first)
    #expect(result.warnings.count == 1)
    #expect(warning.contains("pg3") && warning.contains("was set"))
  }

  @Test func queuedLinesAreNoStep() {
    var log = log(skew: 0)
    let member = log.source("pg3")
    for time in stride(from: Int64(700), to: 120_000, by: 1000) {
      let isQueued = (40_000..<52_000).contains(time) || time % 20_000 == 1700
      log.line(member, time, delay: isQueued ? 1900 : 1)
    }
    let result = log.chronology()
    #expect(result.clocks[4].offset == 0)
    #expect(result.warnings.isEmpty)
    #expect(log.misplaced(result).isEmpty)
  }

  @Test func sourceOfTwoClocks() {
    var log = log(skew: 0)
    let member = log.source("pg3", Style(skew: 7300))
    for time in stride(from: Int64(700), to: 110_000, by: 2000) {
      log.line(member, time)
      if time % 11_000 == 700 { log.line(member, time + 900, style: Style(), event: .serverReady) }
    }
    let result = log.chronology()
    expectOffset(result.clocks[4], 7300)
    #expect(log.misplaced(result).isEmpty)
  }

  @Test func groupedSourcesSayNothingByTheirOrder() {
    var log = log(skew: 0)
    log.isGrouped = true
    let result = log.chronology()
    #expect(result.clocks.allSatisfy { $0.offset ?? 0 == 0 })
    #expect(log.misplaced(result).isEmpty)
    #expect(result.warnings.filter { $0.contains("grouped") }.count == 1)
  }

  @Test func chunksOfSourcesSayNothingByTheirOrder() {
    var log = LogWriter()
    let names = ["pg1", "pg2", "pg3"]
    let members = names.map { log.source($0) }
    // Each source is printed in blocks of 40 s, one block after the other.
    for time in stride(from: Int64(0), to: 240_000, by: 1000) {
      for member in members {
        let block = time / 40_000
        log.line(member, time + 100, delay: block * 120_000 + Int64(member) * 40_000 - block * 40_000)
      }
    }
    let result = log.chronology()
    #expect(result.clocks.allSatisfy { $0.offset ?? 0 == 0 })
    #expect(log.misplaced(result).isEmpty)
  }

  @Test func manySources() {
    var log = LogWriter()
    for index in 0..<30 {
      let source = log.source("pod\(index)", Style(skew: index == 17 ? 4000 : 0))
      log.ticks(source, every: 2000, from: Int64(index * 61), to: 60_000, jitter: 700, event: .agentHeartbeat)
    }
    let result = log.chronology()
    expectOffset(result.clocks[17], 4000)
    #expect(result.clocks.enumerated().allSatisfy { $0.offset == 17 || $0.element.offset == 0 })
  }
}
