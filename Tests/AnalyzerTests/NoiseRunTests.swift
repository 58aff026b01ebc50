import BundledParsers
import Ingestion
import Model
import Parsing
import Testing

/// A reader that was taught how noise begins counts it; nothing that is made of the log may change for it.
struct NoiseRunTests {
  private static let catalogue = ParserCatalogue(compact: BundledParsers.compact)

  private static let file = InputIdentity(path: "pgbouncer.log", index: 0, name: "pgbouncer", program: "pgbouncer")

  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8], [RandomLog.Layout.compose, .file, .untold])
  fileprivate func isAsIfEachLineHadARecord(seed: UInt64, layout: RandomLog.Layout) {
    var log = RandomLog(seed: seed, layout)
    let bytes = log.bytes(lines: 3000)
    let input = layout == .file ? Self.file : .standardInput
    let portions = (0..<400).map { _ in Int.random(in: 1...3000, using: &log.random) }
    for folding in [RoutineFolding.none, RoutineFolding(allowance: 50, readings: 20)] {
      let taught = Self.classified(bytes, portions, folding, input, isTaught: true)
      let untaught = Self.classified(bytes, portions, folding, input, isTaught: false)
      // Where other framings come in between, hardly a line is beyond doubt.
      #expect(taught.runLines > (layout == .untold ? -1 : 50), "seed \(seed): hardly a line was counted")
      #expect(untaught.runLines == 0)
      #expect(taught.output.events == untaught.output.events, "seed \(seed)")
      #expect(taught.output.readings == untaught.output.readings, "seed \(seed)")
      Self.expectSame(taught.output.tallies, untaught.output.tallies, seed)
    }
  }

  @Test func countsWhatOneSourceSaysOverAndOver() {
    let lines = (0..<2000).map { number in
      let time = "2026-03-01 0\(number / 600):\(10 + number / 60 % 50):\(10 + number % 50).\(100 + number % 900)"
      let message =
        number.isMultiple(of: 2)
        ? "login attempt: db=app user=app tls=no" : "closing because: client close request (age=1s)"
      return "pgbouncer  | \(time) UTC [1] LOG C-0x5\(number): app/app@10.0.0.\(number % 250):\(number) \(message)"
    }
    let text = Array((lines.joined(separator: "\n") + "\n").utf8)
    let found = Self.classified(text, [4000], .none, .standardInput, isTaught: true)
    #expect(found.runLines > 1500)
    #expect(found.output.tallies.first?.lines == 2000)
    #expect(found.output.tallies.first?.recognizedLines == 2000)
    #expect(found.output.tallies.first?.last?.line == 2000)
    #expect(found.output.tallies.first?.last?.arrival == 1999)
  }

  /// What is made of a log that is read in portions, and how many of its lines had no record.
  private static func classified(
    _ bytes: [UInt8],
    _ portions: [Int],
    _ folding: RoutineFolding,
    _ input: InputIdentity,
    isTaught: Bool
  ) -> (output: Classified, runLines: Int) {
    var table = SourceTable()
    var scanner = InputScanner(input: input)
    var classifier = Classifier(catalogue: catalogue, folding: folding)
    var output = Classified()
    var runLines = 0
    var start = 0
    var turn = 0
    while start < bytes.count {
      let end = min(start + portions[turn % portions.count], bytes.count)
      if let batch = scanner.feed(Array(bytes[start..<end]), into: &table) {
        runLines += batch.count - batch.lines.count
        classifier.consume(batch, into: &output)
        if isTaught { for lesson in classifier.takeLessons() { scanner.learn(lesson) } }
      }
      (start, turn) = (end, turn + 1)
    }
    if let batch = scanner.finish(into: &table) { classifier.consume(batch, into: &output) }
    classifier.finish(into: &output)
    return (output, runLines)
  }

  private static func expectSame(_ left: [SourceTally], _ right: [SourceTally], _ seed: UInt64) {
    #expect(left.count == right.count)
    for (left, right) in zip(left, right) {
      #expect(left.lines == right.lines, "seed \(seed)")
      #expect(left.recognizedLines == right.recognizedLines, "seed \(seed)")
      #expect(left.events == right.events, "seed \(seed)")
      #expect(left.componentBits == right.componentBits, "seed \(seed)")
      #expect(left.samples == right.samples, "seed \(seed)")
      #expect(left.first == right.first && left.last == right.last, "seed \(seed)")
    }
  }
}

/// A log of a pooler and its neighbours in which now and then something is odd; the same for the same seed.
private struct RandomLog {
  enum Layout {
    case compose
    /// The pooler's own file.
    case file
    /// Something that was put together by hand.
    case untold
  }

  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  var random: Generator
  private var milliseconds = 23 * 3_600_000 + 50 * 60_000
  private var day = 1
  private let names: [String]
  private let layout: Layout

  init(seed: UInt64, _ layout: Layout) {
    random = Generator(state: seed)
    self.layout = layout
    names = seed.isMultiple(of: 2) ? ["pgbouncer", "pg1"] : ["demo-pgbouncer-1-of-many", "demo-server-1-of-many"]
  }

  mutating func bytes(lines: Int) -> [UInt8] {
    var text = ""
    while text.utf8.count < lines * 100 { text += line() }
    return Array(text.utf8)
  }

  private mutating func chance(_ part: Int) -> Bool { Int.random(in: 0..<part, using: &random) == 0 }

  private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }

  private mutating func line() -> String {
    advance()
    let name = names[chance(5) ? 1 : 0]
    var payload = name == names[0] ? pooler() : server()
    if chance(40) { payload += pick([" ", "\t", "\r", "\u{1B}[0m", "\u{0}"]) }
    if layout == .compose, chance(60) { payload = "2026-03-0\(day)T\(clock(":")).123456789Z " + payload }
    if chance(300) { return "\n" }
    if layout != .compose { return plain(payload) }
    let width = names.map(\.utf8.count).max() ?? 0
    return name + String(repeating: " ", count: width - name.utf8.count + 2) + "| " + payload + "\n"
  }

  private mutating func plain(_ payload: String) -> String {
    guard layout == .untold, chance(60) else { return payload + "\n" }
    let around = pick(["==> pg7.log <==\n", "## Logs of pg8\n", "> ", "  ", "alpha-node database ", "pg9  | ", "{\n"])
    if chance(3) { return pick(["{\"log\":\"x\\n\",\"time\":\"2026-03-01T00:00:00Z\"}", "}", "__CURSOR=s"]) + "\n" }
    return around + payload + "\n"
  }

  private mutating func advance() {
    milliseconds += chance(50) ? Int.random(in: -900...70_000, using: &random) : Int.random(in: 0...400, using: &random)
    if milliseconds >= 86_400_000 { (milliseconds, day) = (milliseconds - 86_400_000, day + 1) }
    milliseconds = max(0, milliseconds)
  }

  private func clock(_ separator: String) -> String {
    let seconds = milliseconds / 1000
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60]
    return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: separator)
  }

  private mutating func pooler() -> String {
    var time = clock(":")
    if chance(80) { time = pick(["24:00:00", "23:60:00", "23:59:60", "2a:00:00", "23.59.58", "00:00:0"]) }
    let fraction = chance(80) ? pick(["", ".1", ".12", ".123456", ".12a", ","]) : ".\(100 + milliseconds % 900)"
    let zone = chance(160) ? pick(["CET", "+02", "Europe/Berlin", ""]) : "UTC"
    let pid = chance(160) ? pick(["2", "12345", "12345678901", "x", ""]) : "1"
    let level = chance(80) ? pick(["WARNING", "ERROR", "NOISE", "LOGS"]) : "LOG"
    let head = "2026-03-0\(day) \(time)\(fraction) \(zone) [\(pid)] \(level) "
    if chance(90) { return head + pick(["got SIGTERM, fast exit", "C-", "", "C-0x1:"]) }
    if chance(100) { return openRecord(time) }
    let side = chance(12) ? "S-" : "C-"
    let address = "10.0.0.\(milliseconds % 250):\(milliseconds)"
    let pointer = chance(50) ? pick(["", "0x1 2", "0x1:2", ":"]) : "0x562e\(milliseconds * 7 % 99_991)"
    let user = chance(50) ? pick(["a/b/c", "@", "app app/app", "a@b/c", "app/"]) : "app/app"
    let peer = chance(50) ? pick(["unix:6432", "[::1]:5", "", "10.0.0.1:5\t"]) : address
    return head + "\(side)\(pointer): \(user)@\(peer) " + (chance(30) ? " " : "") + message()
  }

  /// A record whose quotes are closed by a later line, if at all.
  private mutating func openRecord(_ time: String) -> String {
    let process = "\"app\",\"app\",7,\"10.0.0.1:5\",68.1,1,\"SELECT\""
    return "2026-03-0\(day) \(time).123 UTC,\(process),2026-03-01 00:00:00 UTC,3/4,0,ERROR,42P01,\"no such"
  }

  private mutating func message() -> String {
    if chance(30) { return pick(["login", "login attempt: db=", "closing because", "", "taking over", "é"]) }
    if chance(20) {
      return pick([
        "closing because: pooler error", "closing because: server conn crashed? (age=1s)",
        "new connection to server (from 10.0.0.8:59828)", "closing because: query_wait_timeout (age=120s)",
      ])
    }
    let age = milliseconds % 9
    return pick(["login attempt: db=app user=app tls=no", "closing because: client close request (age=\(age)s)"])
  }

  private mutating func server() -> String {
    let date = "2026-03-0\(day) \(clock(":"))"
    return pick([
      "\(date),123 INFO: no action. I am (pg1), the leader with the lock", "\tpages: 1 removed, 2 remain",
      "\(date).123 UTC [\(milliseconds % 5000)] LOG:  connection received: host=10.0.0.1 port=1",
      "\(date).123 UTC [33] ERROR:  duplicate key value violates unique constraint",
      "\(date).123 UTC [31] LOG:  checkpoint starting: time",
    ])
  }
}
