import Parsing
import Reporting

/// One line on standard error: what is wrong, and what to do.
///
/// File names and log text are quoted in it, so it is escaped like everything that a log says.
struct Complaint {
  private let text: String

  init(_ message: String) {
    let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    text = "failscope: " + visible(line)
  }

  /// Writes the line.
  ///
  /// If that fails there is nobody left to tell.
  func write() {
    try? System.write(Array((text + "\n").utf8), to: System.standardError)
  }
}

// MARK: - Parser files

extension Complaint {
  /// Tells a mistake in a parser file as compilers do, `file:line:column: error: reason`, which editors understand.
  static func write(_ diagnostic: ParserDiagnostic) {
    let lines = diagnostic.description.split(separator: "\n").map { visible(String($0)) + "\n" }
    try? System.write(Array(lines.joined().utf8), to: System.standardError)
  }
}
