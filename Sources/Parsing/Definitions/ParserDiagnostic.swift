/// A place in a parser file.
package struct ParserLocation: Hashable, Sendable {
  /// The file as it was named.
  package var file: String
  /// 1-based; 0 where only the file is known.
  package var line: Int
  /// 1-based; 0 where only the line is known.
  package var column: Int

  package init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// Something wrong with a parser file, for its author to read.
package struct ParserDiagnostic: Error, Hashable, Sendable, CustomStringConvertible {
  package var location: ParserLocation
  /// What is wrong, without a full stop.
  package var reason: String
  /// What to do about it, where the reason does not say it all.
  package var help: String?

  package init(_ location: ParserLocation, _ reason: String, help: String? = nil) {
    self.location = location
    self.reason = reason
    self.help = help
  }

  /// The form that compilers use: `file:line:column: error: reason`, and the help on a line of its own.
  package var description: String {
    var place = location.file
    if location.line > 0 { place += ":\(location.line)" }
    if location.line > 0, location.column > 0 { place += ":\(location.column)" }
    return "\(place): error: \(reason)" + (help.map { "\n  \($0)" } ?? "")
  }
}
