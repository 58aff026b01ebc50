import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads a terminal while a program prints to it.
final class TerminalRecorder: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var isDone = false
  }

  private let state = Mutex(State())

  /// Begins to read from the descriptor, which stays the caller's.
  init(reading descriptor: Int32) {
    Thread.detachNewThread { self.record(descriptor) }
  }

  private func record(_ descriptor: Int32) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      state.withLock { $0.bytes += buffer[..<count] }
    }
    state.withLock { $0.isDone = true }
  }

  /// Whether one of the texts is printed within so many seconds.
  func waitFor(anyOf texts: [String], seconds: Double) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      let printed = String(decoding: state.withLock { $0.bytes }, as: UTF8.self)
      if texts.contains(where: printed.contains) { return true }
      Thread.sleep(forTimeInterval: 0.05)
    }
    return false
  }

  /// Everything that was printed, once the last program has closed the terminal.
  func finish() -> String {
    while !state.withLock({ $0.isDone }) { Thread.sleep(forTimeInterval: 0.01) }
    let bytes = state.withLock { $0.bytes }
    return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
  }
}
