import Clocks
import Contract
import Model
import Testing

/// What an interruption of the service, told in several files, says about their clocks.
@Suite struct ChronologyInterruptionTests {
  /// A primary that crashes at 60 s and is ready again at 70 s, its client, and its standby, each in a file.
  private func crash(skew: Int64, of skewed: String, clientIsSilent: Bool = false) -> LogWriter {
    func style(_ name: String) -> Style { Style(skew: name == skewed ? skew : 0) }
    var log = LogWriter()
    let primary = log.source("pg1", style("pg1"), framing: .plain)
    let client = log.source("monitor", style("monitor"), input: 1, framing: .plain)
    let standby = log.source("pg2", style("pg2"), input: 2, framing: .plain)
    for time in stride(from: Int64(0), to: 200_000, by: 10_000) where time < 60_000 || time > 70_000 {
      log.line(primary, time, fields: Fields([.name: "pg1", .role: "leader"]))
    }
    log.line(primary, 60_000, event: .serverBackendCrashed, role: .server)
    log.line(primary, 70_000, event: .serverReady, role: .server)
    for time in stride(from: Int64(300), to: 200_000, by: 1000) where time < 60_000 || time > 71_000 {
      log.line(client, time, event: .clientWriteSucceeded, role: .client)
    }
    if !clientIsSilent { log.line(client, 62_000, event: .clientWriteFailed, role: .client) }
    log.line(standby, 1000, event: .replicationStreaming, role: .server)
    log.line(standby, 60_050, event: .replicationBroken, role: .server)
    log.line(standby, 72_000, event: .replicationStreaming, role: .server)
    return log
  }

  @Test(arguments: [0, 20_000, -20_000, 3_600_000, -50_000_000], ["pg1", "monitor", "pg2"])
  func everyClockIsBound(skew: Int64, skewed: String) throws {
    for clientIsSilent in [false, true] {
      var log = crash(skew: skew, of: skewed, clientIsSilent: clientIsSilent)
      let clocks = log.chronology().clocks
      let reference = try #require(clocks.indices.first { clocks[$0].offsetFrom == .reference })
      let names = ["pg1", "monitor", "pg2"]
      let offReference = names[reference] == skewed ? Double(skew) / 1000 : 0
      for (name, clock) in zip(names, clocks) {
        let truth = (name == skewed ? Double(skew) / 1000 : 0) - offReference
        let lower = try #require(clock.lower, "\(name)")
        let upper = try #require(clock.upper, "\(name)")
        #expect(lower <= truth && truth <= upper, "\(name): \(lower) to \(upper), not \(truth)")
        #expect(upper - lower <= 15, "\(name): \(lower) to \(upper)")
      }
    }
  }

  /// Two interruptions of which one had another reason bind nothing.
  @Test func anotherInterruptionLeavesTheClocksUnbound() {
    var log = crash(skew: 0, of: "")
    log.line(1, 150_500, event: .clientWriteFailed, role: .client)
    let clocks = log.chronology().clocks
    #expect(clocks[1].offset == nil || clocks[1].offset == 0)
  }

  /// A standby that was started, followed its primary, and was promoted without a word of the stream's end.
  @Test func theStartOfAStandbyIsNoEndOfService() {
    var log = LogWriter()
    let first = log.source("pg1", framing: .plain)
    let second = log.source("pg2", input: 1, framing: .plain)
    for time in stride(from: Int64(0), to: 60_000, by: 10_000) {
      log.line(first, time, fields: Fields([.name: "pg1", .role: "leader"]))
      log.line(second, time + 3000, fields: Fields([.name: "pg2", .role: "replica"]))
    }
    log.line(second, 1000, event: .serverWasInterrupted, role: .server)
    log.line(second, 2000, event: .replicationStreaming, role: .server)
    log.line(second, 80_000, event: .serverReady, role: .server)
    log.line(first, 101_000, event: .replicationStreaming, role: .server)
    log.line(first, 101_500, event: .replicationTerminated, role: .server)
    log.line(first, 109_000, event: .replicationStreaming, role: .server)
    let clocks = log.chronology().clocks
    #expect(clocks.allSatisfy { ($0.offset ?? 0) == 0 })
  }

  /// A standby's stream ends just before its primary is down.
  @Test(arguments: [0, 7000, -7000, 90_000])
  func anEndOfStreamBindsBothMembers(skew: Int64) throws {
    var log = LogWriter()
    let first = log.source("pg1", Style(skew: skew), framing: .plain)
    let second = log.source("pg2", input: 1, framing: .plain)
    for time in stride(from: Int64(0), to: 100_000, by: 10_000) {
      log.line(first, time, fields: Fields([.name: "pg1", .role: "leader"]))
      log.line(second, time + 3000, fields: Fields([.name: "pg2", .role: "replica"]))
    }
    log.line(second, 95_100, event: .replicationTerminated, role: .server)
    log.line(first, 95_300, event: .serverShutDown, role: .server)
    let clocks = log.chronology().clocks
    let difference = (clocks[0].offset ?? .infinity) - (clocks[1].offset ?? .infinity)
    let truth = Double(skew) / 1000
    #expect(abs(difference - truth) <= 1.6)
  }
}
