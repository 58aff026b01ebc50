import Foundation
import TestSupport

/// A `failscope` that goes on while the test looks at what it has written so far.
final class RunningProgram {
  let process: Process
  private let input = Pipe()
  private let scratch: ScratchDirectory
  private let outputPath: String
  private let errorsPath: String

  /// Starts it; with `hasInput` its standard input is a pipe that `write` fills.
  init(_ arguments: [String], environment: [String: String] = [:], hasInput: Bool = true) throws {
    Self.ignoreBrokenPipes()
    scratch = try ScratchDirectory()
    outputPath = try scratch.write("", to: "output")
    errorsPath = try scratch.write("", to: "errors")
    process = try BuiltProgram(arguments, environment: environment).process(scratch: scratch.url)
    if hasInput { process.standardInput = input }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorsPath))
    try process.run()
  }

  /// A program that has ended must not take the tests with it that write to it.
  static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

  deinit { if process.isRunning { process.terminate() } }

  var output: String { (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? "" }
  var errors: String { (try? String(contentsOfFile: errorsPath, encoding: .utf8)) ?? "" }

  /// Whether the text comes within so many seconds.
  func waitFor(_ text: String, seconds: Double = 20) -> Bool {
    waitUntil(seconds: seconds) { output.contains(text) }
  }

  /// Whether something becomes true within so many seconds.
  func waitUntil(seconds: Double = 20, _ isTrue: () -> Bool) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      if isTrue() { return true }
      Thread.sleep(forTimeInterval: 0.02)
    }
    return isTrue()
  }

  func write(_ text: String) throws { try input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

  func closeInput() throws { try input.fileHandleForWriting.close() }

  /// Sends a signal and waits for the end; the status, or the number of a signal below zero.
  func end(_ signal: Int32) -> Int32 {
    kill(process.processIdentifier, signal)
    return wait()
  }

  /// Waits for the end, which is brought about if it does not come.
  func wait() -> Int32 {
    let isOver = waitUntil(seconds: 30) { !process.isRunning }
    if !isOver { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  }

  /// The line numbers or other values that `pattern` captures in the events told for the first time.
  func told(_ pattern: Regex<(Substring, Substring)>) -> [Int] {
    output.split(separator: "\n").filter { $0.contains("\"type\":\"event\"") && $0.contains("\"revision\":0") }
      .compactMap { line in line.firstMatch(of: pattern).flatMap { Int($0.output.1) } }
  }
}
