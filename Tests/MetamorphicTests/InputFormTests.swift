import Contract
import Foundation
import TestSupport
import Testing

/// How lines come to failscope does not change what happened.
@Suite struct InputFormTests {
  /// Logs in which a source's clock is off.
  private static let wrongClocks: Set<String> = ["corpus/clock-skew-ahead"]
  /// Logs of which some files have no time of their own, so that their order tells it.
  private static let ordered = ["seed-reinit", "seed-rejoin-failed"]
  /// Logs whose fault is a restart of HAProxy, which prints it without a time.
  private static let restarts: Set<String> = ["corpus/haproxy-restart"]

  @Test(arguments: LabelledLog.short)
  func rotatedCopiedAndColoured(label: LabelledLog) throws {
    // Pasted listings without a time get theirs from the order of the files.
    guard !Self.ordered.contains(where: label.name.hasSuffix) else { return }
    let baseline = try Baseline(label)
    try baseline.expectSame(after: RotatedFiles())
    try baseline.expectSame(after: PermutedFiles(seed: 1))
    try baseline.expectSame(after: ColouredNames())
    let copied = try #require(try baseline.expectSame(after: CopiedFiles()))
    #expect(copied.input.lines == baseline.report.input.lines)
    #expect(copied.input.warnings.count { $0.contains("read once") } == baseline.log.files.count)
  }

  @Test(arguments: LabelledLog.few)
  func earlierCopies(label: LabelledLog) throws {
    let baseline = try Baseline(label)
    // A table of three lines may have no time in its first two thirds.
    guard baseline.log.files.allSatisfy({ $0.lines.count > 30 }) else { return }
    try baseline.expectSame(after: EarlierCopies())
  }

  /// The order of arrival is lost; instants printed in whole seconds can be narrowed less.
  @Test(arguments: LabelledLog.short)
  func aFileForEachService(label: LabelledLog) throws {
    // Only the order of arrival tells that a clock is wrong.
    guard !Self.wrongClocks.contains(label.name) else { return }
    guard let baseline = try Baseline(label, after: WithoutLifecycleLines()) else { return }
    try baseline.expectSame(
      after: SplitByService(),
      Comparison(tolerance: 1.05, ignoring: Self.restarts.contains(label.name) ? ["fault: moved"] : [])
    )
  }

  @Test(arguments: LabelledLog.few)
  func otherCollectors(label: LabelledLog) throws {
    guard let baseline = try Baseline(label, after: WithoutLifecycleLines()) else { return }
    for form in Reframed.Form.allCases {
      try baseline.expectSame(after: Reframed(form: form), Comparison(tolerance: 1.05))
    }
  }

  /// The report is the same, byte for byte, when the input comes through a pipe in pieces of any size.
  @Test(arguments: LabelledLog.few)
  func piecesOfAPipe(label: LabelledLog) throws {
    let log = try label.read()
    guard log.files.count == 1, let file = log.files.first else { return }
    let text = Array((file.lines.joined(separator: "\n") + "\n").utf8)
    let folder = try ScratchDirectory()
    let path = try folder.write("", to: file.name)
    let whole = try Self.report(on: text, pieces: [text.count], at: path)
    var generator = SeededGenerator(seed: 4)
    let random = (0..<4000).map { _ in Int.random(in: 1...700, using: &generator) }
    let lines = file.lines.map { $0.utf8.count + 1 }
    for pieces in [random, lines] {
      let report = try Self.report(on: text, pieces: pieces, at: path)
      #expect(report == whole, "\(label) in \(pieces.count) pieces")
    }
  }

  /// Writes the text into a named pipe, piece by piece, while it is analysed.
  private static func report(on text: [UInt8], pieces: [Int], at path: String) throws -> Report {
    try FileManager.default.removeItem(atPath: path)
    try #require(mkfifo(path, 0o600) == 0)
    let writer = Thread {
      guard let handle = FileHandle(forWritingAtPath: path) else { return }
      var start = 0
      for piece in pieces + [text.count] where start < text.count {
        let end = min(start + piece, text.count)
        handle.write(Data(text[start..<end]))
        start = end
      }
      try? handle.close()
    }
    writer.start()
    return Analyst.report(onFiles: [path])
  }
}
