/// The text of an error that libpq only tells in words: of a connection that did not come about.
///
/// With verbose errors it reads `connection to server at "pg1" (10.0.0.1), port 5432 failed: FATAL:  57P03: the database
/// system is starting up`, with `DETAIL:`, `LOCATION:` and advice in further lines, and one such paragraph for each address
/// that was tried (`pqBuildErrorMessage3` in fe-protocol3.c, `emitHostIdentityInfo` in fe-connect.c).
struct ErrorText {
  let sqlState: String?
  let message: String

  init(_ text: String) {
    let lines = text.split(whereSeparator: \.isNewline).filter { line in
      !line.hasPrefix("\t") && !Self.furtherLines.contains { line.hasPrefix($0) }
    }
    var line = Substring(lines.last ?? "no reason was given")
    if line.hasPrefix("connection to server"), let attempt = Self.end(of: " failed: ", in: line) {
      line = line[attempt...]
    }
    guard let colon = Self.end(of: ":  ", in: line), line[..<colon].dropLast(3).allSatisfy(\.isLetter) else {
      (sqlState, message) = (nil, String(line))
      return
    }
    line = line[colon...]
    let hasState = line.prefix(5).allSatisfy { $0.isASCII && ($0.isNumber || $0.isUppercase) }
    guard hasState, line.dropFirst(5).hasPrefix(": ") else {
      (sqlState, message) = (nil, String(line))
      return
    }
    (sqlState, message) = (String(line.prefix(5)), String(line.dropFirst(7)))
  }

  private static let furtherLines = ["DETAIL:", "HINT:", "LOCATION:", "CONTEXT:", "STATEMENT:"]

  /// Where the first occurrence of `part` ends.
  private static func end(of part: String, in line: Substring) -> Substring.Index? {
    line.indices.first { line[$0...].hasPrefix(part) }.map { line.index($0, offsetBy: part.count) }
  }
}
