import Model
import Parsing
import Testing

/// A line, and what its head must say.
struct HeadCase: CustomTestStringConvertible, Sendable {
  var line: String
  var head: String?
  var milliseconds: Int64?
  var missing = Stamp.Missing.nothing
  var zone: Int32?
  var resolution: Int32 = 1
  var level: Level?
  var pid: Int?
  var text: String

  var testDescription: String { line }
}

struct LayoutTests {
  /// 2025-08-10 21:57:43 as if it were UTC.
  private static let instant: Int64 = 1_754_863_063_000

  @Test(arguments: [
    HeadCase(
      line: "2025-08-10 21:57:43,740 INFO: Leader",
      head: "plain",
      milliseconds: instant + 740,
      level: .info,
      text: "Leader"
    ),
    HeadCase(
      line: "2025-08-10 21:57:43,7 DEBUG5: Leader",
      head: "plain",
      milliseconds: instant + 700,
      resolution: 100,
      level: .debug,
      text: "Leader"
    ),
    HeadCase(line: "2025-08-10 21:57:43,740 INFOS: Leader", text: "2025-08-10 21:57:43,740 INFOS: Leader"),
    HeadCase(line: "2025-13-10 21:57:43,740 INFO: Leader", text: "2025-13-10 21:57:43,740 INFO: Leader"),
    HeadCase(line: "2025-08-10 21:57:63,740 INFO: Leader", text: "2025-08-10 21:57:63,740 INFO: Leader"),
    HeadCase(
      line: "2025-08-10 21:57:43 UTC [33]: [1-1] user=,db= LOG:  started",
      head: "prefix",
      milliseconds: instant,
      zone: 0,
      resolution: 1000,
      level: .info,
      pid: 33,
      text: "started"
    ),
    HeadCase(
      line: "2025-08-10 21:57:43.1234 CEST LOG:  x",
      head: "prefix",
      milliseconds: instant + 123,
      zone: 7200,
      level: .info,
      text: "x"
    ),
    HeadCase(
      line: "2025-08-10 21:57:43 CST LOG:  ambiguous zone",
      head: "prefix",
      milliseconds: instant,
      resolution: 1000,
      level: .info,
      text: "ambiguous zone"
    ),
    HeadCase(
      line: "2025-08-10 21:57:43 Europe/Berlin LOG:  x",
      head: "prefix",
      milliseconds: instant,
      resolution: 1000,
      level: .info,
      text: "x"
    ),
    HeadCase(
      line: "2025-08-10 21:57:43 -03:30 LOG:  x",
      head: "prefix",
      milliseconds: instant,
      zone: -12_600,
      resolution: 1000,
      level: .info,
      text: "x"
    ),
    HeadCase(
      line: "<129>Aug 10 21:57:43 host server[8]: hello",
      head: "syslog",
      milliseconds: 82_000_000 + 18_924_000_000 + 463_000 + 57_600_000,
      missing: .year,
      resolution: 1000,
      pid: 8,
      text: "hello"
    ),
    HeadCase(
      line: "[21:57:22] 0x1=a/b  hello ",
      head: "clock",
      milliseconds: 79_042_000,
      missing: .date,
      resolution: 1000,
      text: "hello"
    ),
    HeadCase(line: "[21:57:22] 0x1=/b hello", text: "[21:57:22] 0x1=/b hello"),
    HeadCase(line: "2025-08-10 21:57", text: "2025-08-10 21:57"),
  ])
  func readsHeads(_ expected: HeadCase) throws {
    for isExhaustive in [false, true] {
      var explainer = LineExplainer(catalogue: Fixture.catalogue, isExhaustive: isExhaustive)
      let found = try #require(explainer.explain(expected.line).first)
      #expect(found.head == expected.head)
      #expect(found.text == expected.text)
      #expect(found.level == expected.level)
      #expect(found.processID == expected.pid)
      if expected.missing != .year { #expect(found.stamp?.milliseconds == expected.milliseconds) }
      guard let stamp = found.stamp else { continue }
      #expect(stamp.missing == expected.missing)
      #expect(stamp.zoneOffset == expected.zone)
      #expect(stamp.resolution == expected.resolution)
    }
  }

  @Test func countsDatesWithoutYearInALeapYear() throws {
    var explainer = LineExplainer(catalogue: Fixture.catalogue)
    let found = try #require(explainer.explain("<1>Feb 29 00:00:01 h server[8]: x").first?.stamp)
    let expected = CivilTime(year: 1972, month: 2, day: 29, second: 1).milliseconds
    #expect(found.milliseconds == expected)
  }

  @Test func remembersTheMinuteOnlyWhereItIsTheSame() throws {
    var explainer = LineExplainer(catalogue: Fixture.catalogue)
    let lines = [
      "2025-08-10 21:57:59,999 INFO: a", "2025-08-10 21:58:00,000 INFO: b", "2025-08-10 21:58:01,000 INFO: c",
    ]
    let times = lines.compactMap { explainer.explain($0).first?.stamp?.milliseconds }
    #expect(times == [Self.instant + 16_999, Self.instant + 17_000, Self.instant + 18_000])
  }

  @Test(arguments: [
    ("{time YYYY-MM-DD hh:mm} {message}", "a time has at least hh, mm and ss"),
    ("{time YYYY-DD hh:mm:ss} {message}", "a time with a year needs a month"),
    ("{nobody} {message}", "{nobody} is neither a part of a layout nor a field"),
    ("{level} {message} x", "{message} must come last"),
    ("{level}", "the layout does not end in {message}"),
    ("{skip}{skip} {message}", "literal text must stand between {skip}, a field and what follows"),
    ("{level", "an opening brace is never closed"),
    ("{skip}:{skip}:{skip}:{skip}:{message}", "a layout has at most 3 {skip}"),
  ])
  func refusesLayouts(_ text: String, _ reason: String) {
    let error = #expect(throws: LayoutError.self) { try Layout(line: text) }
    #expect(error?.reason == reason)
  }

  @Test(.timeLimit(.minutes(1)))
  func survivesHostileHeads() {
    var explainer = LineExplainer(catalogue: Fixture.catalogue)
    let time = "2025-08-10 21:57:43 UTC "
    for filler in ["LOG ", "LOG: ", "[", "[1", "<", "=", "/", "\u{0}"] {
      let line = time + String(repeating: filler, count: 30_000)
      _ = explainer.explain(line)
      _ = explainer.explain("<" + line)
    }
  }
}
