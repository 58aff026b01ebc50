import Contract
import Model
import Testing

@testable import Reporting

@Suite("Durations, instants and counts as people write them")
struct TextTests {
  @Test(arguments: [
    (0, "0 s"), (0.0004, "0 s"), (0.005, "0.005 s"), (0.0994, "0.099 s"), (0.24, "0.2 s"), (1, "1.0 s"),
    (36.329, "36.3 s"), (59.94, "59.9 s"), (59.95, "1 min 00 s"), (125, "2 min 05 s"), (3599.6, "1 h 00 min"),
    (3780, "1 h 03 min"), (86_340, "23 h 59 min"), (86_400, "1 d 00 h"), (187_200, "2 d 04 h"), (-5, "-5.0 s"),
    (.nan, "?"), (.infinity, "?"), (1e300, "?"),
  ])
  func duration(_ seconds: Double, _ text: String) {
    #expect(durationText(seconds) == text)
  }

  @Test func durationWithBounds() {
    #expect(durationText(36.3, minimum: 35.9, maximum: 36.8) == "36.3 s (35.9 to 36.8 s)")
    #expect(durationText(36.3, minimum: 36.3, maximum: 36.31) == "36.3 s")
    #expect(durationText(36.3, minimum: nil, maximum: 37) == "36.3 s")
    #expect(durationText(61, minimum: 58, maximum: 64) == "1 min 01 s (58.0 s to 1 min 04 s)")
  }

  @Test func instants() {
    let at = instant("21:57:23.629")
    #expect(instantText(at) == "2025-08-10 21:57:23.629 UTC")
    #expect(instantText(at, uncertainty: 0.499) == "2025-08-10 21:57:23.629 UTC")
    #expect(instantText(at, uncertainty: 0.5) == "2025-08-10 21:57:23 UTC ±0.5 s")
    #expect(clockText(at) == "21:57:23.629")
    #expect(clockText(at, uncertainty: 2) == "21:57:23 ±2 s")
    #expect(clockText(at, uncertainty: 90) == "21:57:23 ±1 min 30 s")
    #expect(spanText(from: at, to: at.advanced(bySeconds: 10)) == "2025-08-10 21:57:23.629 to 21:57:33.629 UTC")
    #expect(
      spanText(from: at, to: at.advanced(bySeconds: 10_000), coarse: true)
        == "2025-08-10 21:57:23 to 2025-08-11 00:44:03 UTC"
    )
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func grouped(_ number: Int, _ text: String) {
    #expect(groupedText(number) == text)
  }

  @Test(arguments: [(1, "1 byte"), (152, "152 bytes"), (18_400, "18 kB"), (1_250, "1.3 kB"), (2_500_000_000, "2.5 GB")])
  func bytes(_ count: Int, _ text: String) {
    #expect(bytesText(count) == text)
  }

  @Test func percentsAddUpToAHundred() {
    #expect(wholePercents([20.396, 0.143, 15.093, 0.697]) == [56, 0, 42, 2])
    #expect(wholePercents([1, 1, 1]) == [34, 33, 33])
    #expect(wholePercents([0, 0]) == [0, 0])
    #expect(wholePercents([.nan, 1]) == [0, 0])
    #expect(wholePercents([]).isEmpty)
  }

  @Test func codesAsWords() {
    #expect(words(of: "read_only_window") == "read-only window")
    #expect(words(of: "dcs_outage") == "DCS outage")
    #expect(listText(["a", "b", "c"]) == "a, b and c")
  }
}

@Suite("Escaping and measuring text")
struct VisibleTextTests {
  @Test(arguments: [
    ("plain → text", "plain → text"), ("\u{1b}[31mred", "\\x1b[31mred"), ("a\nb\r\nc", "a\\nb\\r\\nc"), ("a\tb", "a b"),
    ("\u{7f}\u{9b}", "\\x7f\\x9b"), ("\u{202e}drow", "\\u{202e}drow"), ("\u{2028}x", "\\u{2028}x"),
    ("\u{feff}x\u{200b}", "\\u{feff}x\\u{200b}"), ("é日本", "é日本"), ("\u{0}", "\\x00"),
    ("\u{301}x", "\\u{301}x"), ("a\u{301}\u{301}\u{301}\u{301}b", "a\u{301}\u{301}\u{301}\\u{301}b"),
  ])
  func escapes(_ raw: String, _ visible: String) {
    #expect(VisibleText(raw).text == visible)
    #expect(VisibleText(VisibleText(raw).text).text == visible, "escaping twice changes nothing")
  }

  @Test func asciiSpellsOutTheRest() {
    #expect(VisibleText("pg1 → pg2 ×5 …", ascii: true).text == "pg1 -> pg2 x5 ...")
    #expect(VisibleText("é日", ascii: true).text == "\\xe9\\u{65e5}")
  }

  @Test(arguments: [
    ("abc", 3), ("日本", 4), ("é", 1), ("e\u{301}", 1), ("👍", 2), ("👍🏽", 2), ("🇩🇪", 2), ("│█", 2), ("한글", 4),
  ])
  func width(_ text: String, _ columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test func cutsByColumns() {
    #expect("abcdef".cut(to: 6) == "abcdef")
    #expect("abcdefg".cut(to: 6) == "abcde…")
    #expect("日本語".cut(to: 5) == "日本…")
    #expect("日本語".cut(to: 4) == "日…")
    #expect("abc".cut(to: 0) == "")
    #expect("abcdefg".cut(to: 6, ellipsis: "...") == "abc...")
  }

  @Test func wrapsAtBlanksAndKeepsUnits() {
    #expect(VisibleText("one two three").wrapped(to: 7) == ["one two", "three"])
    #expect(VisibleText("it took 36.3 s, then").wrapped(to: 13) == ["it took", "36.3 s, then"])
    #expect(VisibleText("abcdefghij").wrapped(to: 4) == ["abcd", "efgh", "ij"])
    #expect(VisibleText("a b c d").wrapped(to: 1, most: 2) == ["a", "…"])
    #expect(VisibleText("").wrapped(to: 5).isEmpty)
    #expect(VisibleText("one two three four").wrapped(to: 9, most: 2) == ["one two", "three …"])
  }

  @Test func stopsAtTheLimit() {
    #expect(VisibleText(String(repeating: "x", count: 10_000), limit: 3).text == "xxx…")
  }
}
