import Clocks
import Contract
import Model
import Testing

/// Where events come to lie between others.
@Suite struct ChronologyPlacementTests {
  private func at(_ result: Chronology, _ index: Int) -> Int64 {
    let timed = result.events.first { $0.event.text == "\(index)" }
    return (timed?.at.milliseconds ?? -1) - LogWriter.start
  }

  @Test func toolOutputFollowsItsLine() {
    var log = LogWriter()
    let member = log.source("pg2")
    let pooler = log.source("pgbouncer")
    log.line(pooler, 0)
    log.line(member, 1000)
    log.line(member, 1001, isStamped: false)
    log.line(pooler, 5000)
    let result = log.chronology()
    #expect(at(result, 2) == 1000)
    #expect(result.events.map(\.event.arrival) == [0, 1, 2, 3])
  }

  @Test func consoleLinesStandWithTheSyslogLineAfterThem() {
    var log = LogWriter()
    let proxy = log.source("haproxy")
    let pooler = log.source("pgbouncer")
    log.line(proxy, 0)
    for time in [3000, 6000, 9000, 12_000] as [Int64] { log.line(pooler, time) }
    log.line(proxy, 14_000, isStamped: false)
    log.line(proxy, 14_000, isStamped: false)
    log.line(proxy, 14_001)
    let result = log.chronology()
    #expect(at(result, 5) == 14_001)
    #expect(at(result, 6) == 14_001)
    #expect(result.events.map(\.event.arrival) == Array(0...7))
  }

  @Test func exitOfAContainerComesAfterTheLineBefore() throws {
    var log = LogWriter()
    let member = log.source("pg2")
    let runtime = log.source("compose")
    log.line(member, 1000)
    log.line(runtime, 1100, isStamped: false, event: .runtimeExited, role: .runtime)
    log.line(member, 9000)
    let result = log.chronology()
    #expect(at(result, 1) == 1000)
    let exit = try #require(result.events.first { $0.event.kind == .runtimeExited })
    #expect(exit.latest.milliseconds - LogWriter.start == 9000)
    #expect(log.misplaced(result).isEmpty)
    #expect(result.clocks[1].offset == nil)
    #expect(result.sightings[1].isEmpty)
  }

  @Test func collectorPlacesLinesWithoutTime() {
    var log = LogWriter()
    let member = log.source("pg2", framing: .composeTimestamps)
    log.line(member, 1000, outer: Style())
    log.line(member, 3456, isStamped: false, outer: Style())
    log.line(member, 9000, outer: Style())
    let result = log.chronology()
    #expect(at(result, 1) == 3457)
    #expect(log.misplaced(result).isEmpty)
  }

  @Test func inputsWithoutTimeKeepTheirPlace() {
    var log = LogWriter()
    let before = log.source("list-before", input: 0, framing: .plain)
    let pooler = log.source("pgbouncer", input: 1)
    let between = log.source("list", input: 2, framing: .plain)
    let later = log.source("pg1", input: 3)
    let after = log.source("list-after", input: 4, framing: .plain)
    for source in [before, between, after] {
      log.line(source, 0, isStamped: false, event: .clusterListed, role: .operation)
      log.line(source, 0, isStamped: false, event: .clusterMemberListed, role: .operation)
    }
    log.line(pooler, 1000)
    log.line(pooler, 2000)
    log.line(later, 7000)
    let result = log.chronology()
    #expect(result.events.map(\.event.arrival) == Array(0...8))
    #expect(at(result, 4) == 2000)
    #expect(result.events.last?.at.milliseconds == LogWriter.start + 7000)
    #expect(at(result, 0) < 1000)
  }

  @Test func nothingHasATime() {
    var log = LogWriter()
    let list = log.source("list", framing: .plain)
    for _ in 0..<3 { log.line(list, 0, isStamped: false, event: .clusterMemberListed, role: .operation) }
    let result = log.chronology()
    #expect(result.events.map(\.event.arrival) == [0, 1, 2])
    #expect(result.firstAt == nil)
    #expect(result.clocks[0].zoneFrom == .assumed)
  }

  @Test func emptyLog() {
    let result = chronology(of: [], readings: [], sources: [], options: ClockOptions())
    #expect(result.events.isEmpty && result.clocks.isEmpty && result.warnings.isEmpty)
  }

  // MARK: Whole seconds

  private static let client = Style(printsZone: false, missing: .date, resolution: 1000)

  @Test func neighboursNarrowAWholeSecond() throws {
    var log = LogWriter()
    let pooler = log.source("pgbouncer")
    let client = log.source("monitor", Self.client)
    for time in stride(from: Int64(0), to: 20_000, by: 100) { log.line(pooler, time) }
    log.line(client, 7410, event: .clientWriteSucceeded)
    let result = log.chronology()
    let write = try #require(result.events.first { $0.event.kind == .clientWriteSucceeded })
    #expect(write.at.milliseconds - LogWriter.start == 7400)
    #expect(write.uncertainty < 0.9)
    #expect(write.earliest <= write.at && write.at <= write.latest)
    #expect(log.misplaced(result).isEmpty)
  }

  @Test func aWholeSecondAloneIsASecondWide() throws {
    var log = LogWriter()
    let member = log.source("pg1", Style(resolution: 1000), framing: .plain)
    log.line(member, 7410)
    let only = try #require(log.chronology().events.first)
    #expect(only.at.milliseconds == LogWriter.start + 7000)
    #expect(only.uncertainty == 0.999)
  }

  @Test func collectorNarrowsAWholeSecond() throws {
    var log = LogWriter()
    let client = log.source("monitor", Self.client, framing: .composeTimestamps)
    for time in [1200, 2700, 3950] as [Int64] { log.line(client, time, delay: 3, outer: Style()) }
    let result = log.chronology()
    #expect(result.events.map { $0.at.milliseconds - LogWriter.start } == [1203, 2703, 3953])
    #expect(result.events.allSatisfy { $0.uncertainty <= 0.4 })
    #expect(log.misplaced(result).isEmpty)
  }

  @Test func sightingsAreInOrderAndCorrected() {
    var log = LogWriter()
    let pooler = log.source("pgbouncer")
    let member = log.source("pg1", Style(skew: 20_000))
    log.ticks(pooler, every: 300, to: 60_000)
    log.ticks(member, every: 1000, from: 100, to: 60_000)
    let result = log.chronology()
    #expect(result.events.isEmpty)
    #expect(result.sightings[1].count == 60)
    #expect(result.sightings.allSatisfy { zip($0, $0.dropFirst()).allSatisfy { $0 < $1 } })
    #expect(abs(result.sightings[1][0].milliseconds - LogWriter.start - 100) < 300)
  }

  // MARK: Whatever comes

  @Test(arguments: 0..<40)
  func keepsEveryEventOfWildLogs(seed: UInt64) {
    var state = seed &+ 1
    func random(_ bound: Int64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(state >> 33) % bound
    }
    let extremes: [Int64] = [.min, .max, 0, -1, 1 << 52, LogWriter.start]
    func stamp() -> Stamp? {
      guard random(5) > 0 else { return nil }
      let digits = random(4) == 0 ? extremes[Int(random(6))] : LogWriter.start + random(100_000)
      return Stamp(
        milliseconds: digits,
        missing: [.nothing, .year, .date][Int(random(3))],
        zoneOffset: random(2) == 0 ? nil : random(6) == 0 ? Int32.min : Int32(random(5)) * 3600,
        resolution: [1, 1000, 0, .max, 5][Int(random(5))]
      )
    }
    let sources = (0..<4).map { index in
      Source(name: "s\(index)", path: "p", input: Int(random(3)), framing: .compose, isNamedByPrefix: true)
    }
    let events = (0..<200).map { index in
      Event(
        kind: EventKind.allCases[Int(random(Int64(EventKind.allCases.count)))],
        source: SourceID(Int(random(6)) - 1),
        line: index,
        arrival: Int(random(400)),
        stamp: stamp(),
        outer: stamp(),
        component: Component(name: "test", role: .agent),
        message: "test.message",
        fields: Fields([.leader: "pg\(random(2))", .name: "pg\(random(2))", .peer: "\(random(9))"]),
        text: "\(index)"
      )
    }
    let first = chronology(of: events, readings: [], sources: sources, options: ClockOptions())
    let second = chronology(of: events, readings: [], sources: sources, options: ClockOptions())
    #expect(Set(first.events.map(\.event.text)).count == events.count)
    #expect(first.events.allSatisfy { $0.earliest <= $0.at && $0.at <= $0.latest })
    #expect(zip(first.events, first.events.dropFirst()).allSatisfy { $0.at <= $1.at })
    #expect(first.events == second.events && first.clocks == second.clocks && first.warnings == second.warnings)
  }
}
