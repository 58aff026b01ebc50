import Analyzer
import Foundation
import Ingestion
import Model
import Reporting
import TestSupport
import Testing

@testable import Live
@testable import Parsing

/// However the lines come, what is known in the end is what a file with these lines would tell.
///
/// A report is a pure function of its material, so most schedules compare the material, and some the report.
@Suite("A tailed log gives the batch report")
struct LiveEqualsBatchTests {
  /// A few of the parsers: how lines come is all the same to them, and fewer are sooner made ready.
  private static let fewParsers: ParserCatalogue = {
    var catalogue = LiveRun.catalogue
    catalogue.components.removeAll { !["patroni", "pgbouncer", "monitor"].contains($0.component.name) }
    if !isFull {
      for index in catalogue.components.indices {
        catalogue.components[index].messages = Array(catalogue.components[index].messages.prefix(messageLimit))
      }
    }
    return catalogue
  }()

  /// Whether whole logs are tried, which takes minutes, or a hundred lines of them.
  private static let isFull = ProcessInfo.processInfo.environment["FAILSCOPE_FULL_MATRIX"] != nil
  private static let lineLimit = isFull ? 400 : 80
  private static let messageLimit = 12

  /// What a batch reads from files.
  private static func batch(_ paths: [String]) -> ReportMaterial {
    var reader = LineReader(plan: InputPlan(paths: paths))
    var classifier = Classifier(catalogue: fewParsers)
    var classified = Classified()
    while let batch = reader.next() { classifier.consume(batch, into: &classified) }
    classifier.finish(into: &classified)
    return ReportMaterial(classified: classified, sources: reader.sources, bytes: reader.bytesRead)
  }

  /// Cuts bytes at random places, which need not be the ends of lines.
  private static func chunks(_ bytes: [UInt8], _ chance: inout Chance) -> [[UInt8]] {
    let usual = [1, 7, 80, 400, 3000, 20_000].randomElement(using: &chance) ?? 80
    var chunks: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let size = Int.random(in: 1...usual * 2, using: &chance)
      chunks.append(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    return chunks
  }

  /// So many lines that follow each other.
  private static func span(of lines: [[UInt8]], _ count: Int, _ chance: inout Chance) -> [[UInt8]] {
    guard lines.count > count else { return lines }
    let from = Int.random(in: 0...lines.count - count, using: &chance)
    return Array(lines[from..<from + count])
  }

  /// A random span of the lines; the order of each source is kept, but sources change places within a second.
  private static func shuffled(_ lines: [[UInt8]], _ chance: inout Chance) -> [UInt8] {
    let from = Int.random(in: 0..<max(1, lines.count / 2), using: &chance)
    let to = Int.random(in: (from + 1)...lines.count, using: &chance)
    var result: [[UInt8]] = []
    var second: [[UInt8]] = []
    func clock(_ line: [UInt8]) -> String? {
      String(decoding: line, as: UTF8.self).firstMatch(of: /\d\d:\d\d:\d\d/).map { String($0.output) }
    }
    var current: String?
    for line in lines[from..<to] {
      let now = clock(line)
      if let now, now != current {
        result += interleaved(second, &chance)
        second = []
        current = now
      }
      second.append(line)
    }
    return (result + interleaved(second, &chance)).flatMap { $0 }
  }

  private static func interleaved(_ lines: [[UInt8]], _ chance: inout Chance) -> [[UInt8]] {
    var queues = Dictionary(grouping: lines) { line in line.prefix { $0 != 0x7C && $0 != 0x20 } }
    var result: [[UInt8]] = []
    while let name = queues.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }).randomElement(using: &chance) {
      guard let line = queues[name]?.first else { break }
      result.append(line)
      queues[name]?.removeFirst()
      if queues[name]?.isEmpty == true { queues[name] = nil }
    }
    return result
  }

  private func expectSame(_ live: ReportMaterial, _ batch: ReportMaterial, seed: Int) {
    #expect(live.classified.events == batch.classified.events, "seed \(seed)")
    #expect(live.classified.readings == batch.classified.readings, "seed \(seed)")
    #expect(live.sources == batch.sources, "seed \(seed)")
    #expect(live.bytes == batch.bytes, "seed \(seed)")
    #expect(live.classified.tallies.map(\.lines) == batch.classified.tallies.map(\.lines), "seed \(seed)")
    #expect(
      live.classified.tallies.map(\.recognizedLines) == batch.classified.tallies.map(\.recognizedLines),
      "seed \(seed)"
    )
    #expect(live.classified.tallies.map(\.components) == batch.classified.tallies.map(\.components), "seed \(seed)")
    #expect(live.classified.tallies.map(\.samples) == batch.classified.tallies.map(\.samples), "seed \(seed)")
  }

  @Test("one stream: 800 schedules of chunks, pauses and interleavings", arguments: 0..<8)
  func oneStream(group: Int) throws {
    let logs = try [Log.failover, Log.switchover, "samples/seed-rejoin-failed/2-compose.log"].map(Log.lines)
    let scratch = try ScratchDirectory()
    for text in group * 20..<(group + 1) * 20 {
      var chance = Chance(seed: text)
      let lines = logs[text % logs.count]
      var bytes = Self.shuffled(Self.span(of: lines, Self.lineLimit, &chance), &chance)
      if Bool.random(using: &chance), bytes.last == 0x0A { bytes.removeLast() }
      let path = try scratch.write(String(decoding: bytes, as: UTF8.self), to: "compose.log")
      let inputs = InputPlan(paths: [path]).inputs.map(\.identity)
      let expected = Self.batch([path])
      for schedule in 0..<5 {
        // Every fifth schedule pauses now and then; what is told early must leave no trace.
        var run = LiveRun(inputs, catalogue: Self.fewParsers) { $0.pause = .infinity }
        for chunk in Self.chunks(bytes, &chance) {
          run.feed(chunk)
          if schedule == 0, Int.random(in: 0..<6, using: &chance) == 0 { run.analysisPause() }
        }
        run.finishFolds()
        expectSame(run.analysis.material, expected, seed: text * 5 + schedule)
      }
    }
  }

  @Test("several files: 200 schedules of who speaks when", arguments: 0..<4)
  func severalFiles(group: Int) throws {
    let names = ["etcd2.log", "haproxy.log", "monitor.log", "pg1.log"]
    let paths = names.map { Repository.root.appendingPathComponent("samples/etcd-quorum-loss/\($0)").path }
    var chance = Chance(seed: group)
    let scratch = try ScratchDirectory()
    let pieces = try paths.map { path in
      let lines = Log.lines(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
      let span = Self.span(of: lines, Self.lineLimit, &chance).flatMap { $0 }
      return try scratch.write(
        String(decoding: span, as: UTF8.self),
        to: URL(fileURLWithPath: path).lastPathComponent
      )
    }
    let plan = InputPlan(paths: pieces)
    let contents = try plan.inputs.map { Array(try Data(contentsOf: URL(fileURLWithPath: $0.files[0]))) }
    let expected = Self.batch(pieces)
    for seed in group * 50..<(group + 1) * 50 {
      var chance = Chance(seed: seed)
      var run = LiveRun(plan.inputs.map(\.identity), catalogue: Self.fewParsers) { $0.pause = .infinity }
      var queues = contents.map { Self.chunks($0, &chance)[...] }
      while let input = queues.indices.filter({ !queues[$0].isEmpty }).randomElement(using: &chance) {
        guard let chunk = queues[input].popFirst() else { break }
        run.feed(chunk, to: input)
        if queues[input].isEmpty { run.endFile(of: input) }
      }
      run.finishFolds()
      expectSame(run.analysis.material, expected, seed: seed)
    }
  }

  /// The samples as a directory is analysed: all of their logs, each an input.
  private static let sampleNames = [
    "healthy", "paused-cluster", "postmaster-killed", "seed-failover", "seed-rejoin-failed", "switchover",
  ]

  @Test(
    "every sample, its files in random pieces and turns: the report is the one of the directory",
    arguments: sampleNames
  )
  func sampleReports(name: String) throws {
    let path = Repository.root.appendingPathComponent("samples/\(name)").path
    let plan = InputPlan(paths: [path])
    var chance = Chance(seed: name.utf8.reduce(0) { $0 &* 31 &+ Int($1) })
    var run = LiveRun(plan.inputs.map(\.identity)) { $0.pause = .infinity }
    var queues = try plan.inputs.map { input in
      try input.files.flatMap { Self.chunks(Array(try Data(contentsOf: URL(fileURLWithPath: $0))), &chance) }[...]
    }
    while let input = queues.indices.filter({ !queues[$0].isEmpty }).randomElement(using: &chance) {
      guard let chunk = queues[input].popFirst() else { break }
      run.feed(chunk, to: input, thenWait: Double.random(in: 0...0.1, using: &chance))
      if queues[input].isEmpty { run.endFile(of: input) }
    }
    run.finish()
    let batch = BatchAnalysis(options: AnalysisOptions(version: "test")).run(paths: [path]).report
    #expect(try json(#require(run.analysis.state.report)) == json(batch))
  }

  @Test("looks on the way change nothing about the last report", arguments: [1, 2, 3])
  func looksOnTheWay(seed: Int) throws {
    let path = Repository.root.appendingPathComponent(Log.failover).path
    var chance = Chance(seed: seed)
    var run = LiveRun(InputPlan(paths: [path]).inputs.map(\.identity)) { $0.pause = 0 }
    for line in try Log.lines(Log.failover) {
      run.feed(line, thenWait: Double.random(in: 0...0.1, using: &chance))
    }
    run.endFile(of: 0)
    run.finish()
    let batch = BatchAnalysis(options: AnalysisOptions(version: "test")).run(paths: [path]).report
    let report = try #require(run.analysis.state.report)
    #expect(try json(report) == json(batch))
  }
}

extension LiveRun {
  /// Tells of a pause without a look, which would take long.
  mutating func analysisPause() {
    _ = analysis.pause(0, uptime: 0)
  }

  /// Ends the inputs without a last look.
  mutating func finishFolds() {
    analysis.finishFolds()
  }
}
