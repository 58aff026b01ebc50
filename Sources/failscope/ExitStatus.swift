/// What the program's end tells the caller.
///
/// `failscope --help` documents the numbers.
///
/// Thrown, it ends a command that has already said what there is to say.
enum ExitStatus: Int32, Error {
  case done = 0
  /// Nothing was recognised, an input could not be read, a result could not be written, a parser file is wrong.
  case notAnalyzed = 1
  /// What `--fail-on` asks about was found.
  case thresholdMet = 2
  /// The arguments make no sense (`EX_USAGE` of BSD).
  case usage = 64
  /// Software that was asked for is not installed (`EX_UNAVAILABLE` of BSD): libpq.
  case unavailable = 69

  /// The table for help texts.
  static let table = """
    EXIT STATUS:
      0   done
      1   could not analyze: nothing was recognised, an input could not be read,
          a result could not be written, or a parser file has a mistake
      2   done, and what --fail-on names was found
      64  the arguments are wrong
    """
}

/// Ends a command with one line on standard error.
struct Failure: Error {
  /// What is wrong and what to do about it, without the program's name.
  var message: String
  var status: ExitStatus

  init(_ message: String, status: ExitStatus = .notAnalyzed) {
    self.message = message
    self.status = status
  }
}
