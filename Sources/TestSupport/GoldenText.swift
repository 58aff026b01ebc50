import Foundation

/// A text that was looked at and found good, kept in a file beside the tests.
///
/// `UPDATE_GOLDEN=1` records what comes out now. That, too, is reported as a difference, so that nobody forgets to look.
package struct GoldenText {
  /// Whether differences are to be recorded instead of reported only.
  private static let isRecording = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

  private let file: URL

  /// - Parameter path: the file, from the top of the repository.
  package init(_ path: String) {
    file = Repository.root.appendingPathComponent(path)
  }

  /// What distinguishes `text` from the recorded one, in a sentence; nil if nothing does.
  package func difference(from text: String) -> String? {
    let golden = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
    if golden == text { return nil }
    if Self.isRecording { return record(text) }
    guard let golden else { return "\(file.lastPathComponent) is missing; run `make golden`" }
    return "\(file.lastPathComponent) differs: \(Self.firstDifference(text, golden))"
  }

  private func record(_ text: String) -> String {
    do {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return "\(file.lastPathComponent) was recorded; look at the difference"
    } catch {
      return "\(file.lastPathComponent) cannot be recorded: \(error)"
    }
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
