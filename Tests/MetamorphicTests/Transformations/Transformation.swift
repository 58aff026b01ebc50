/// A change to a log after which what happened is the same, or less of it is known.
protocol Transformation: CustomStringConvertible, Sendable {
  /// The changed log; nil where the change makes no sense for this one.
  func applied(to log: LogSet) -> LogSet?
}
