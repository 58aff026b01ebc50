import Ingestion
import Model
import Testing

@Suite struct LineReaderTests {
  /// `one\n` and `two\n`, as `gzip -n` and `zstd` compress them.
  private static let gzipOne: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0xCF, 0x4B, 0xE5, 0x02, 0x00, 0x9F, 0xA8, 0x17,
    0xF8, 0x04, 0x00, 0x00, 0x00,
  ]
  private static let gzipTwo: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x2B, 0x29, 0xCF, 0xE7, 0x02, 0x00, 0x74, 0x08, 0x17,
    0x96, 0x04, 0x00, 0x00, 0x00,
  ]
  private static let zstdOne: [UInt8] = [
    0x28, 0xB5, 0x2F, 0xFD, 0x20, 0x04, 0x21, 0x00, 0x00, 0x6F, 0x6E, 0x65, 0x0A,
  ]

  private struct Result {
    var lines: [ReadLine] = []
    var paths: [String] = []
    var diagnostics: [InputDiagnostic] = []
    var sources: [Source] = []
  }

  private func read(_ paths: [String]) -> Result {
    var reader = LineReader(plan: InputPlan(paths: paths))
    var result = Result()
    while let batch = reader.next() {
      result.lines += ReadLine.lines(batch, reader.table)
      for offset in batch.lines.indices {
        result.paths.append(reader.path(ofArrival: batch.firstArrival + offset) ?? "")
      }
    }
    result.diagnostics = reader.diagnostics
    result.sources = reader.sources
    return result
  }

  @Test func compressedByContentAndNotByName() throws {
    let folder = try TemporaryFolder()
    let members = try folder.write("a.log", Self.gzipOne + Self.gzipTwo + [0, 0, 0])
    let frames = try folder.write("b.log.gz", Self.zstdOne + Self.zstdOne)
    #expect(read([members]).lines.map(\.payload) == ["one", "two"])
    let second = read([frames])
    #expect(second.lines.map(\.payload) == ["one", "one"])
    #expect(second.diagnostics == [])
    #expect(second.lines.map(\.source) == ["b", "b"])
  }

  @Test func damagedAndTruncated() throws {
    let folder = try TemporaryFolder()
    var damaged = Self.gzipTwo
    damaged[20] ^= 0xFF
    let first = try folder.write("1.log", Self.gzipOne + damaged)
    let second = try folder.write("2.log", Self.gzipOne + Self.gzipTwo.prefix(14))
    let third = try folder.write("3.log", Array(Self.zstdOne.prefix(11)))
    let result = read([first, second, third])
    #expect(result.lines.filter { $0.source == "1" }.map(\.payload).first == "one")
    #expect(result.lines.filter { $0.source == "2" }.map(\.payload).first == "one")
    #expect(result.diagnostics.map(\.path) == [first, second, third])
    #expect(result.diagnostics[0].reason.contains("damaged"))
    #expect(result.diagnostics[1].reason.contains("ends too early"))
    #expect(result.diagnostics[2].reason.contains("ends too early"))
  }

  @Test func rotatedPiecesAreOneSource() throws {
    let folder = try TemporaryFolder()
    let time = "2025-08-10 21:5"
    let oldest = try folder.write("app.log.2.gz", Self.gzipOne)
    let middle = try folder.write("app.log.1", "\(time)1:00,000 INFO: b\nno line feed")
    let newest = try folder.write("app.log", "\(time)2:00,000 INFO: c\n")
    let other = try folder.write("other.log", "\(time)0:00,000 INFO: x\n")
    let result = read([newest, oldest, other, middle])
    #expect(result.sources.map(\.name) == ["other", "app"] || result.sources.map(\.name) == ["app", "other"])
    let lines = result.lines.filter { $0.source == "app" }
    #expect(lines.map(\.payload) == ["one", "\(time)1:00,000 INFO: b", "no line feed", "\(time)2:00,000 INFO: c"])
    #expect(lines.map(\.number) == [1, 1, 2, 1])
    let paths = zip(result.lines, result.paths).filter { $0.0.source == "app" }.map(\.1)
    #expect(paths == [oldest, middle, middle, newest])
  }

  @Test func orderOfArgumentsDoesNotMatter() throws {
    let folder = try TemporaryFolder()
    let early = try folder.write("postgresql-2025-08-10_000000.log", "2025-08-10 00:00:00.100 UTC [1] LOG:  a\n")
    let late = try folder.write("postgresql-2025-08-11_000000.log", "2025-08-11 00:00:00.100 UTC [1] LOG:  b\n")
    let weekday = try folder.write("pg-Mon.log", "2025-08-11 00:00:00.100 UTC [1] LOG:  d\n")
    let sunday = try folder.write("pg-Sun.log", "2025-08-10 00:00:00.100 UTC [1] LOG:  c\n")
    let one = read([late, weekday, early, sunday])
    let other = read([sunday, early, weekday, late])
    #expect(one.lines == other.lines)
    #expect(one.lines.map { String($0.payload.suffix(1)) } == ["c", "d", "a", "b"])
    #expect(one.lines.map(\.source) == ["pg", "pg", "postgresql", "postgresql"])
  }

  @Test func foldersAreSearched() throws {
    let folder = try TemporaryFolder()
    try folder.write("pg1/patroni.log", "2025-08-10 21:57:21,333 INFO: a\n")
    try folder.write("pg2/patroni.log", "2025-08-10 21:57:22,333 INFO: b\n")
    try folder.write("pg2/.hidden.log", "2025-08-10 21:57:22,333 INFO: hidden\n")
    try folder.write("README.md", "text\n")
    try folder.write("LICENSE", "Permission is granted\n")
    try folder.write("patroni.socket", "[Socket]\n")
    try folder.write("pg3/current", "2020-10-12_09:51:11.41870 INFO: c\n")
    try folder.write("expected.json", "{\n  \"a\": 1\n}\n")
    try folder.write("core.log", [UInt8](repeating: 1, count: 100))
    let result = read([folder.path])
    #expect(result.lines.map(\.source) == ["pg3", "pg1", "pg2"])
    #expect(result.lines.map(\.program) == ["current", "patroni", "patroni"])
    #expect(result.diagnostics == [])
  }

  @Test func whatCannotBeReadIsSaid() throws {
    let folder = try TemporaryFolder()
    let missing = folder.path + "/missing.log"
    let good = try folder.write("good.log", "line\n")
    let empty = try folder.write("empty.log", "")
    let wide = try folder.write("wide.log", [0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00])
    let binary = try folder.write("core.log", [UInt8](repeating: 7, count: 64))
    let journal = try folder.write("system.journal", "LPKSHHRH....")
    let result = read([missing, wide, good, empty, binary, journal, good])
    #expect(result.lines.map(\.payload) == ["a", "line"])
    #expect(result.diagnostics.map(\.path) == [missing, binary, journal])
    #expect(result.diagnostics[0].reason == "no such file or directory")
    #expect(result.diagnostics.last?.help.contains("journalctl") == true)
    #expect(read([folder.path + "/nothing"]).diagnostics.count == 1)
  }

  @Test func blocksAreSeamless() throws {
    let folder = try TemporaryFolder()
    let line = "pg1        | 2025-08-10 21:57:21,333 INFO: no action. I am (pg1), the leader with the lock\n"
    let path = try folder.write("compose.log", String(repeating: line, count: 20_000))
    var reader = LineReader(plan: InputPlan(paths: [path]))
    var number = 0
    while let batch = reader.next() {
      #expect(batch.firstArrival == number)
      for record in batch.lines {
        number += 1
        guard record.number == number, record.length == line.utf8.count - 14 else {
          Issue.record("line \(number) has number \(record.number) and length \(record.length)")
          return
        }
      }
    }
    #expect(reader.linesRead == 20_000)
    #expect(reader.bytesRead == line.utf8.count * 20_000)
  }
}
