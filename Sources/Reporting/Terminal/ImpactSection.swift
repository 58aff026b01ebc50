import Contract
import Model

extension TerminalPage {
  /// What clients met.
  mutating func impact(of incident: Incident) {
    let impact = incident.impact
    heading("Impact")
    TerminalTable(columns: [.init("what"), .init("took", right: true), .init("when (UTC)")], rows: impact.windowRows)
      .write(on: &self)
    paragraph("Failed writes: \(text(impact.failedWrites)). Failed reads: \(text(impact.failedReads)).", indent: 2)
    for error in impact.errors.prefix(10) { self.error(error) }
    if impact.errors.count > 10 { paragraph("and \(impact.errors.count - 10) other errors", indent: 2, style: .faint) }
    lostWrites(impact.lostWrites)
    paragraph("Two primaries at once: \(impact.dualPrimary.rawValue).", indent: 2)
  }

  private func text(_ count: Int?) -> String { count.map(groupedText) ?? "not known" }

  private mutating func error(_ error: ErrorCount) {
    item("\(groupedText(error.count)) × ", error.text, indent: 2, style: .plain)
  }

  private mutating func lostWrites(_ lost: LostWrites) {
    paragraph(
      "Writes lost? \(Answers.verdict(of: lost)) \(lost.explanation)",
      indent: 2,
      style: lost.verdict.style,
      most: 8
    )
    if let bytes = lost.walBytes { paragraph("WAL beyond the fork: \(bytesText(bytes)).", indent: 2) }
    evidence(lost.evidence, indent: 4)
  }
}

extension Impact {
  /// Every window with a name, its length and its span, as table rows.
  var windowRows: [[String]] {
    var rows: [[String]] = []
    func add(_ name: String, _ window: ImpactWindow?) {
      guard let window else { return }
      rows.append([name, window.lengthText, window.spanCell])
    }
    add("no writes", writeOutage)
    for window in otherWriteOutages { add("no writes", window) }
    add("no reads", readOutage)
    for window in otherReadOutages { add("no reads", window) }
    add("writes refused as read-only", readOnlyWindow)
    add("proxy without a server", routingOutage)
    return rows
  }
}

extension ImpactWindow {
  /// The length with its bounds, or how long it lasted at least.
  var lengthText: String {
    guard let duration else { return minimum.map { "> \(durationText($0))" } ?? "not over" }
    return durationText(duration)
  }

  /// The span, the witness and the bounds.
  var spanCell: String {
    let clock = { (instant: Instant) in isCoarse ? coarseClockText(instant) : instant.timeOfDay }
    let end = to.map { dateText($0) == dateText(from) ? clock($0) : "\(dateText($0)) \(clock($0))" }
    let span = end.map { "\(clock(from)) to \($0)" } ?? "since \(clock(from)), not over"
    var text = "\(span), \(observedBy.witness)"
    if let minimum, let maximum, maximum - minimum >= 0.1 {
      text += "; between \(durationText(minimum)) and \(durationText(maximum))"
    }
    return text
  }
}
