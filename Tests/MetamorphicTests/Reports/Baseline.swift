import Contract
import Testing

/// A log as it is, and the report on it, to hold changed logs against.
struct Baseline {
  var label: LabelledLog
  var log: LogSet
  var report: Report
  var outline: Outline

  init(_ label: LabelledLog) throws {
    self.label = label
    log = try label.read()
    report = try Analyst.report(on: log)
    outline = Outline(report)
  }

  /// The same after a change that takes something away, as a new point of reference.
  init?(_ label: LabelledLog, after transformation: some Transformation) throws {
    self.label = label
    guard let changed = transformation.applied(to: try label.read()) else { return nil }
    log = changed
    report = try Analyst.report(on: log)
    outline = Outline(report)
  }

  /// Expects that the report on the changed log says the same, and gives it; nil where the change makes no sense.
  @discardableResult
  func expectSame(
    after transformation: some Transformation,
    _ comparison: Comparison = Comparison(),
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Report? {
    guard let changed = transformation.applied(to: log) else { return nil }
    let report = try Analyst.report(on: changed)
    expectSame(report, after: "\(transformation)", comparison, sourceLocation: sourceLocation)
    return report
  }

  /// Holds a report on a changed log against the one on the log as it was.
  func expectSame(
    _ report: Report,
    after change: String,
    _ comparison: Comparison,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let differences = comparison.differences(outline, Outline(report))
    let text = differences.joined(separator: "\n  ")
    #expect(differences.isEmpty, "\(label), \(change):\n  \(text)", sourceLocation: sourceLocation)
  }
}
