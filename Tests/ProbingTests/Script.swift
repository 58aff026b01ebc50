import Foundation
import TestSupport

/// A Python script beside these tests that runs until its input ends, and answers line by line.
///
/// One test uses it, and one call at a time.
final class Script: @unchecked Sendable {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var rest: [UInt8] = []

  /// Starts it.
  init(_ name: String, _ arguments: [String]) throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let path = Repository.root.appendingPathComponent("Tests/ProbingTests/Clusters/\(name)").path
    process.arguments = ["python3", path] + arguments
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  deinit { end() }

  /// The next line that it prints; nil at its end.
  func line() async throws -> String? { try await apart { self.nextLine() } }

  private func nextLine() -> String? {
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: rest[..<end], as: UTF8.self)
        rest.removeFirst(end + 1)
        return line
      }
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { return nil }
      rest += data
    }
  }

  /// Tells it something and waits for its answer.
  @discardableResult
  func tell(_ text: String) async throws -> String? {
    try input.fileHandleForWriting.write(contentsOf: Data("\(text)\n".utf8))
    return try await line()
  }

  /// Closes its input; what it prints then can be read.
  func closeInput() { try? input.fileHandleForWriting.close() }

  /// Ends it and waits.
  func end() {
    closeInput()
    if process.isRunning { process.waitUntilExit() }
  }
}
