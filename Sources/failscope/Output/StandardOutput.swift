/// The reader of the standard output has gone (`failscope events | head`): nothing is wrong, and nothing is left to do.
struct ReaderGone: Error {}

/// The stream that results go to.
enum StandardOutput {
  /// Writes all of `text`.
  ///
  /// Throws `ReaderGone` if nobody reads any more, `Failure` if it cannot be written.
  static func write(_ text: String) throws {
    try write(Array(text.utf8))
  }

  private static func write(_ bytes: [UInt8]) throws {
    do {
      try System.write(bytes, to: System.standardOutput)
    } catch {
      if error.isBrokenPipe { throw ReaderGone() }
      throw Failure("standard output: \(error); the result is not complete.")
    }
  }

  /// What a pipe takes without waiting once it says that it takes anything (POSIX, `PIPE_BUF` on Linux).
  private static let pipeBlock = 4096

  /// Writes all of `text`, however slowly it is read, unless a signal asks to end meanwhile.
  ///
  /// Throws `ReaderGone` if nobody reads any more or a signal came, `Failure` if it cannot be written.
  static func writeUntilStopped(_ text: String) throws {
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      while !System.isWritable(System.standardOutput, seconds: 0.1) {
        if SignalQueue.isEndWanted { throw ReaderGone() }
      }
      let end = min(bytes.count, written + pipeBlock)
      try write(Array(bytes[written..<end]))
      written = end
    }
  }
}

/// Standard output for many lines: collects them into blocks, and stops early if the reader has gone.
struct LineOutput {
  private static let blockSize = 1 << 16
  private var block = ""

  /// Adds a line, which must not contain a line break.
  mutating func write(line: String) throws {
    block += line
    block += "\n"
    if block.utf8.count >= Self.blockSize { try flush() }
  }

  /// Writes what is left.
  mutating func flush() throws {
    try StandardOutput.write(block)
    block = ""
  }
}
