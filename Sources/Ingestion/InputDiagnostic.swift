/// Something about an input that the reader of a report has to know: what is wrong, why, and what to do.
package struct InputDiagnostic: Hashable, Sendable {
  /// The input as given on the command line; `-` for standard input.
  package var path: String
  /// 1-based line number, where one line is meant.
  package var line: Int?
  /// What is wrong, as a clause without a full stop: `permission denied`.
  package var reason: String
  /// What to do about it; empty if nothing can be done.
  package var help: String

  package init(path: String, line: Int? = nil, reason: String, help: String = "") {
    self.path = path
    self.line = line
    self.reason = reason
    self.help = help
  }
}
