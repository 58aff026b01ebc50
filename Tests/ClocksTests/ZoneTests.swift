import Contract
import Model
import Testing

@testable import Clocks

@Suite struct ZoneNameTests {
  @Test(arguments: [
    ("UTC", 0), ("+02:00", 7200), ("-0330", -12_600), ("+5", 18_000), ("+05:45", 20_700), ("-14:00", -50_400),
  ])
  func readsFixedOffsets(name: String, seconds: Int64) {
    #expect(ClockZone(named: name)?.offset(at: 0) == seconds * 1000)
  }

  @Test(arguments: ["", "+", "+2x", "+99:00", "../../etc/passwd", "/etc/passwd", "No/Such_Zone", "+123"])
  func refusesOthers(name: String) {
    #expect(ClockZone(named: name) == nil)
  }

  @Test func printsOffsets() {
    #expect(ClockZone.text(offset: 0) == "UTC")
    #expect(ClockZone.text(offset: 7_200_000) == "+02:00")
    #expect(ClockZone.text(offset: -12_600_000) == "-03:30")
  }
}

@Suite struct YearlyZoneRuleTests {
  private func second(_ text: String) -> Int64 {
    (Instant(rfc3339: text)?.milliseconds ?? 0) / 1000
  }

  @Test(arguments: [
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T00:59:59Z", 3600),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00:00Z", 7200),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T00:59:59Z", 7200),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00:00Z", 3600),
    ("EST5EDT,M3.2.0,M11.1.0", "2026-07-01T00:00:00Z", -14_400),
    ("EST5EDT,M3.2.0,M11.1.0", "2026-12-01T00:00:00Z", -18_000),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-01-01T00:00:00Z", 39_600),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-06-01T00:00:00Z", 36_000),
    ("<+0545>-5:45", "2026-06-01T00:00:00Z", 20_700),
    ("XXX3YYY,J60/0,J300/0", "2026-03-01T03:00:00Z", -7200),
  ])
  func tellsTheOffset(rule: String, at: String, seconds: Int64) {
    #expect(YearlyZoneRule(rule)?.offset(atSecond: second(at)) == seconds)
  }

  @Test(arguments: ["", "CET", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "-1", "CET-999"])
  func refusesOtherText(rule: String) {
    #expect(YearlyZoneRule(rule) == nil)
  }
}

@Suite struct ZoneRulesTests {
  /// A version 2 file with one transition of Berlin and the rule for later years.
  private var berlin: [UInt8] {
    func header(_ times: UInt8) -> [UInt8] {
      Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15) + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        + [0, 0, 0, times, 0, 0, 0, 2, 0, 0, 0, 8]
    }
    let types: [UInt8] = [0, 0, 14, 16, 0, 0, 0, 0, 28, 32, 1, 4] + Array("CET\0CES\0".utf8)
    // 2020-03-29T01:00:00Z
    let narrow: [UInt8] = [0x5E, 0x7F, 0xF3, 0x10]
    return header(1) + narrow + [1] + types + header(1) + [0, 0, 0, 0] + narrow + [1] + types
      + Array("\nCET-1CEST,M3.5.0,M10.5.0/3\n".utf8)
  }

  @Test func readsTransitionsAndRule() throws {
    let rules = try #require(ZoneRules(bytes: berlin))
    #expect(rules.transitions == [1_585_443_600])
    #expect(rules.offset(at: 1_585_000_000_000) == 3_600_000)
    let winter = try #require(Instant(rfc3339: "2026-11-23T01:00:00Z"))
    #expect(rules.offset(at: winter.milliseconds) == 3_600_000)
  }

  @Test func settlesTheRepeatedHour() throws {
    let rules = try #require(ZoneRules(bytes: berlin))
    let wall = try #require(Instant(rfc3339: "2026-10-25T02:30:00Z")).milliseconds
    #expect(rules.offset(atWall: wall, previous: nil) == 7_200_000)
    #expect(rules.offset(atWall: wall, previous: wall - 7_200_000 + 1_500_000) == 3_600_000)
  }

  @Test func refusesDamage() {
    for length in stride(from: 0, to: berlin.count - 30, by: 3) {
      #expect(ZoneRules(bytes: Array(berlin.prefix(length))) == nil)
    }
    var wild = berlin
    for index in wild.indices.dropFirst(5) {
      wild[index] = 0xFF
      _ = ZoneRules(bytes: wild)
    }
  }
}
