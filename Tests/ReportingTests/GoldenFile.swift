import Foundation
import Testing

/// A rendered report that was looked at and found good.
///
/// `UPDATE_GOLDEN=1` writes what is rendered now; the test fails then, so that nobody forgets to look at the difference.
enum GoldenFile {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  static func expect(_ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let file = folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      do {
        try Data(text.utf8).write(to: file)
        Issue.record("\(name) was written; look at the difference", sourceLocation: sourceLocation)
      } catch {
        Issue.record("\(name) cannot be written: \(error)", sourceLocation: sourceLocation)
      }
      return
    }
    guard let data = try? Data(contentsOf: file) else {
      Issue.record("\(name) is missing; run with UPDATE_GOLDEN=1", sourceLocation: sourceLocation)
      return
    }
    let golden = String(decoding: data, as: UTF8.self)
    #expect(text == golden, "\(name) differs: \(firstDifference(text, golden))", sourceLocation: sourceLocation)
  }

  private static func firstDifference(_ text: String, _ golden: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let goldenLines = golden.split(separator: "\n", omittingEmptySubsequences: false)
    let number = zip(lines, goldenLines).prefix { $0 == $1 }.count
    let new = number < lines.count ? lines[number] : "(end)"
    let old = number < goldenLines.count ? goldenLines[number] : "(end)"
    return "line \(number + 1) is «\(new)», was «\(old)»"
  }
}
