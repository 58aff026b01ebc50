import Contract
import Model

extension TerminalPage {
  /// Which logs are missing or silent, and what they could change.
  mutating func coverage(_ coverage: [Coverage]) {
    guard !coverage.isEmpty else { return }
    heading("What the log does not show")
    let lacking = coverage.filter(\.isLacking)
    guard !lacking.isEmpty else {
      return paragraph("Every log that the lines name is here, without a gap.", indent: 2)
    }
    for item in lacking { self.lack(item) }
    let whole = coverage.count - lacking.count
    if whole > 0 { paragraph("\(countText(whole, "other log")) without a gap.", indent: 2, style: .faint) }
  }

  private mutating func lack(_ item: Coverage) {
    let state = item.source == nil ? "missing" : item.gaps.isEmpty ? "partly understood" : "silent"
    line(Run("  \(item.name)", .strong), Run(": "), Run(state, .warning))
    for gap in item.gaps.prefix(5) {
      paragraph("\(spanText(from: gap.from, to: gap.to)), \(durationText(gap.duration))", indent: 4)
    }
    if item.gaps.count > 5 { paragraph("and \(countText(item.gaps.count - 5, "gap")) more", indent: 4) }
    if item.isBarelyRecognised {
      paragraph(
        "\(groupedText(item.unrecognisedLines)) of \(countText(item.lines, "line")) are not understood",
        indent: 4
      )
    }
    if let change = item.wouldChange { paragraph(change, indent: 4, most: 6) }
  }

  /// What failscope has to say about the input itself.
  mutating func warnings(_ warnings: [String]) {
    guard !warnings.isEmpty else { return }
    heading("Warnings")
    for warning in warnings.prefix(20) { item("  • ", warning, indent: 0, style: .plain) }
    if warnings.count > 20 { paragraph("and \(warnings.count - 20) more", indent: 2, style: .faint) }
  }

  /// The screen of a log in which nothing broke: what was read, what was not, and what that is worth.
  mutating func quiet(_ report: Report) {
    let input = report.input
    heading("No incident")
    if let first = input.firstAt, let last = input.lastAt {
      let length = durationText(last.seconds(since: first))
      paragraph("Nothing broke in the \(length) from \(spanText(from: first, to: last)), as far as this log shows.")
    } else {
      paragraph("No line with a time was read, so nothing can be said about the cluster.", style: .warning)
    }
    let unread = input.lines - input.recognisedLines
    paragraph(
      "\(countText(input.lines, "line")) read, \(groupedText(input.recognisedLines)) recognised"
        + (unread > 0 ? ", \(groupedText(unread)) not." : ".")
    )
    blank()
    let columns: [TerminalTable.Column] = [.init("read"), .init("lines", right: true), .init("components")]
    let rows = input.sources.prefix(12).map { source in
      [
        source.name, groupedText(source.lines),
        source.components.isEmpty ? "none recognised" : source.components.list(),
      ]
    }
    TerminalTable(columns: columns, rows: rows).write(on: &self)
    if input.sources.count > 12 { paragraph("and \(input.sources.count - 12) more sources", indent: 2, style: .faint) }
    cluster(report.cluster)
    coverage(report.coverage)
    settings(report.settingsObserved.filter { $0.problem != nil })
    clocks(input.sources)
  }
}

extension Coverage {
  /// Whether something is missing that could change a conclusion.
  var isLacking: Bool { source == nil || !gaps.isEmpty || isBarelyRecognised || wouldChange != nil }

  /// Whether more than half of the lines were not understood.
  var isBarelyRecognised: Bool { lines > 20 && unrecognisedLines > lines / 2 }

  /// The member and the component.
  var name: String { member.map { "\($0) \(component)" } ?? component }
}
