import Ingestion
import Model
import Testing

/// Whatever the portions in which bytes come, the lines are the same.
@Suite struct ChunkingTests {
  /// Deterministic, so that a failure can be repeated with its seed.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  private static let pieces: [String] = [
    "pg1        | 2025-08-10 21:57:21,333 INFO: no action. I am (pg1), the leader with the lock\n",
    "pgbouncer  | 2025-08-10 21:57:22.185 UTC [1] LOG C-0x56: postgres/postgres@192.168.100.9:60872 login attempt\r\n",
    "\u{1B}[36mmonitor    | \u{1B}[0m[21:57:22] WRITE: ID=200\n",
    "pg1 exited with code 137\n",
    "\n",
    "[pod/pg2-0/pg2] 2025-08-10T21:57:43.742913446Z server promoting\n",
    "2025-08-10T21:57:44.742913446Z stdout P half a \n",
    "2025-08-10T21:57:44.742913446Z stdout F line\n",
    "{\"log\":\"begin \",\"stream\":\"stdout\",\"time\":\"2025-08-10T21:57:44.1Z\"}\n",
    "{\"log\":\"end\\n\",\"stream\":\"stdout\",\"time\":\"2025-08-10T21:57:44.1Z\"}\n",
    "Aug 10 21:57:43 pg2 patroni[812]: \u{0}promoted\n",
    "alpha-node database 2025-08-10 21:57:43,740 INFO: x\n",
    "==> pg7.log <==\n",
    "\u{1B}]0;title\u{7}plain é text\n",
    "> 2025-08-10 21:57:43,740 INFO: quoted\n",
    "## Logs of pg8\n2025-08-10 21:57:43,740 INFO: below a heading\n",
    "{\n    \"_HOSTNAME\" : \"pg2\",\n    \"MESSAGE\" : \"pretty\"\n}\n",
    "__REALTIME_TIMESTAMP=1754863063741204\n_HOSTNAME=pg2\nMESSAGE=exported\n\n",
    "a &lt;b&gt; c\n",
  ]

  private static func sample(_ seed: UInt64, lines: Int) -> [UInt8] {
    var random = Generator(state: seed)
    var bytes: [UInt8] = []
    for _ in 0..<lines { bytes += Array((pieces.randomElement(using: &random) ?? "").utf8) }
    return bytes + Array("no line feed".utf8)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6])
  func portions(seed: UInt64) {
    let bytes = Self.sample(seed, lines: 40 + Int(seed) * 60)
    let whole = ReadLine.read(bytes)
    #expect(!whole.isEmpty)
    #expect(ReadLine.read(bytes, portions: [1]) == whole)
    var random = Generator(state: seed &+ 77)
    for longest in [3, 70, 4000] {
      let portions = (0..<bytes.count).map { _ in Int.random(in: 1...longest, using: &random) }
      #expect(ReadLine.read(bytes, portions: portions) == whole, "seed \(seed), up to \(longest)")
    }
  }

  @Test func linesLongerThanAreKept() {
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20)
    let bytes = Array("first\n".utf8) + long + Array("\nlast\n".utf8) + long
    let whole = ReadLine.read(bytes)
    #expect(whole.map(\.number) == [1, 2, 3, 4])
    #expect(whole.map(\.payload.utf8.count) == [5, 1 << 20, 4, 1 << 20])
    #expect(ReadLine.read(bytes, portions: [100_003]) == whole)
    #expect(ReadLine.read(bytes, portions: [7, 1 << 20]) == whole)
  }

  @Test func flushLetsLinesGo() {
    var table = SourceTable()
    var scanner = InputScanner(input: .standardInput)
    let line = Array("pg1  | 2025-08-10 21:57:21,333 INFO: no action.\n".utf8)
    #expect(scanner.feed(line, into: &table) == nil)
    #expect(scanner.flush(into: &table)?.lines.count == 1)
    #expect(scanner.feed(line, into: &table)?.lines.count == 1)
    #expect(scanner.flush(into: &table) == nil)
  }
}
