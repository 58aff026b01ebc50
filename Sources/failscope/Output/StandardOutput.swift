/// The reader of the standard output has gone (`failscope events | head`): nothing is wrong, and nothing is left to do.
struct ReaderGone: Error {}

/// The stream that results go to.
enum StandardOutput {
  /// Writes all of `text`.
  ///
  /// Throws `ReaderGone` if nobody reads any more, `Failure` if it cannot be written.
  static func write(_ text: String) throws {
    do {
      try System.write(Array(text.utf8), to: System.standardOutput)
    } catch {
      if error.isBrokenPipe { throw ReaderGone() }
      throw Failure("standard output: \(error); the result is not complete.")
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
