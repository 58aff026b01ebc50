import Analyzer
import Contract
import Foundation
import Testing

/// A second thread changes nothing but the time it takes.
struct ReadAheadTests {
  @Test func givesTheSameReport() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let sample = try String(contentsOf: root.appending(path: "samples/healthy/compose.log"), encoding: .utf8)
    let file = FileManager.default.temporaryDirectory.appending(path: "large-\(UUID().uuidString).log")
    // Above the size from which a second thread is used, and cut in the middle of lines by the blocks.
    try Data(String(repeating: sample, count: 5_000_000 / sample.utf8.count + 1).utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let reports = [1, 2, 2].map { threads in
      BatchAnalysis(options: AnalysisOptions(threads: threads)).run(paths: [file.path]).report
    }
    #expect(reports[1] == reports[0])
    #expect(reports[2] == reports[0])
    #expect(reports[0].input.lines > 30_000)
  }
}
