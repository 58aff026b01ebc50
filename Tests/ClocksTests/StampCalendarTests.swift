import Model
import Testing

@testable import Clocks

@Suite struct StampCalendarTests {
  private func time(_ text: String) -> Int64 { Instant(rfc3339: text)?.milliseconds ?? -1 }

  private func clock(_ text: String) -> Stamp {
    Stamp(milliseconds: time("1970-01-01T\(text)Z"), missing: .date)
  }

  private func yearless(_ text: String) -> Stamp {
    Stamp(milliseconds: time("1972-\(text)Z"), missing: .year)
  }

  @Test(arguments: [
    ("23:59:58", "2026-11-24T00:00:03Z", "2026-11-23T23:59:58Z"),
    ("00:00:03", "2026-11-23T23:59:58Z", "2026-11-24T00:00:03Z"),
    ("12:00:00", "2026-11-23T13:00:00Z", "2026-11-23T12:00:00Z"),
  ])
  func takesTheNearestDay(text: String, target: String, expected: String) {
    #expect(clock(text).wallTime(near: time(target)) == time(expected))
  }

  @Test(arguments: [
    ("00:00:01", "2026-11-23T23:59:59Z", "2026-11-24T00:00:01Z"),
    ("23:59:59", "2026-11-24T00:00:01Z", "2026-11-23T23:59:59Z"),
    ("20:00:00", "2026-11-24T01:00:00Z", "2026-11-24T20:00:00Z"),
    ("09:59:59", "2026-11-24T10:00:01Z", "2026-11-24T09:59:59Z"),
  ])
  func rollsForwardOverMidnight(text: String, previous: String, expected: String) {
    #expect(clock(text).wallTime(following: time(previous)) == time(expected))
  }

  @Test(arguments: [
    ("01-01T00:00:01", "2026-12-31T23:59:59Z", "2027-01-01T00:00:01Z"),
    ("12-31T23:59:59", "2027-01-01T00:00:01Z", "2026-12-31T23:59:59Z"),
    ("12-30T00:00:00", "2026-01-02T00:00:00Z", "2026-12-30T00:00:00Z"),
    ("02-29T10:00:00", "2028-02-28T10:00:00Z", "2028-02-29T10:00:00Z"),
  ])
  func rollsForwardOverNewYear(text: String, previous: String, expected: String) {
    #expect(yearless(text).wallTime(following: time(previous)) == time(expected))
  }

  @Test func takesTheNearestYear() {
    #expect(yearless("12-31T23:00:00").wallTime(near: time("2027-01-01T01:00:00Z")) == time("2026-12-31T23:00:00Z"))
    #expect(yearless("01-01T01:00:00").wallTime(near: time("2026-12-31T23:00:00Z")) == time("2027-01-01T01:00:00Z"))
  }

  @Test(arguments: [1, 1900, 1970, 1999, 2000, 2023, 2024, 2100, 9999]) func keepsTheDateInAnyYear(year: Int) {
    for day in 0..<366 {
      let printed = time("1972-01-01T21:57:23Z") + Int64(day) * CivilTime.millisecondsPerDay
      var date = CivilTime(milliseconds: printed)
      date.year = year
      #expect(Stamp(milliseconds: printed, missing: .year).wallTime(inYear: year) == date.milliseconds)
      #expect(CivilTime.year(at: date.milliseconds) == year)
    }
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (1_754_863_043_629, "2025-08-10T21:57:23.629Z"),
    (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (253_402_300_800_000, "10000-01-01T00:00:00.000Z"),
    (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
  ])
  func writesInstants(milliseconds: Int64, expected: String) {
    #expect(Instant(milliseconds: milliseconds).rfc3339 == expected)
  }
}
