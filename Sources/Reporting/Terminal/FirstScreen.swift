import Contract
import Model

/// The lines of a screen that an incident's answers have to fit in.
private let screenLines = 24

extension TerminalPage {
  /// The list of incidents, if there are several.
  mutating func overview(_ report: Report) {
    guard report.incidents.count > 1 else { return }
    heading("\(report.incidents.count) incidents")
    let columns: [TerminalTable.Column] = [
      .init("#", right: true), .init("began (UTC)"), .init("status"), .init("no writes", right: true), .init("what"),
    ]
    let rows = report.incidents.enumerated().map { index, incident in
      [
        String(index + 1), "\(dateText(incident.startedAt)) \(coarseClockText(incident.startedAt))",
        incident.status.rawValue, incident.outageCell, incident.title,
      ]
    }
    TerminalTable(columns: columns, rows: rows).write(on: &self)
  }

  /// What happened, since when, is it over, was data lost, what to type.
  mutating func firstScreen(of incident: Incident, number: Int, in report: Report) {
    let isOnly = report.incidents.count == 1
    let start = isOnly ? 0 : lineCount + 1
    blank()
    title(of: incident, number: isOnly ? nil : number)
    let answers = Answers(to: incident, in: report)
    var rest = TerminalPage(options: options)
    rest.answers(answers, for: incident)
    let room = max(3, screenLines - 1 - (lineCount - start) - rest.lineCount - (isNarrow ? 1 : 0))
    labelled("What happened", incident.summary, most: isNarrow ? 20 : room)
    self.answers(answers, for: incident)
  }

  private mutating func title(of incident: Incident, number: Int?) {
    let words = "\(incident.severity.rawValue), \(incident.status.rawValue)"
    let lead = number.map { "INCIDENT \($0)" } ?? "INCIDENT"
    line(
      Run(lead, .strong),
      Run("  \(self.words(incident.kind)), "),
      Run(words, incident.severity.style),
      Run("  \(incident.id)", .faint)
    )
    paragraph(incident.title, style: .strong, most: 3)
    rule(double: true)
  }

  private func words(_ kind: IncidentKind) -> String { Reporting.words(of: kind.rawValue) }

  private mutating func answers(_ answers: Answers, for incident: Incident) {
    labelled("Cause", incident.rootCause.headline, most: 2)
    labelled("No writes", answers.outage, most: 4)
    labelled("Is it over?", answers.recovery, style: incident.status.style, most: 3)
    labelled("Data lost?", answers.loss, style: incident.impact.lostWrites.verdict.style, most: 4)
    guard let remedy = answers.remedy else {
      return labelled("Type now", answers.withoutRemedy(for: incident), most: 3)
    }
    labelled("Type now", remedy.summary, most: 2)
    let indent = isNarrow ? 2 : 16
    if let risk = remedy.risk { paragraph("Risk: \(risk)", indent: indent, style: .critical, most: 2) }
    if let condition = remedy.preconditions.first {
      let more = remedy.preconditions.count > 1 ? " (and \(remedy.preconditions.count - 1) more below)" : ""
      paragraph("First: \(condition)\(more)", indent: indent, style: .warning, most: 2)
    }
    for text in remedy.commands.prefix(3) { command(text, indent: indent) }
    if remedy.commands.count > 3 {
      paragraph("and \(countText(remedy.commands.count - 3, "command")) more below", indent: indent, style: .faint)
    }
  }
}

extension Incident {
  /// The write outage for a table: `36.3 s`, `> 40.0 s` while it lasts, `none`.
  var outageCell: String {
    guard let window = impact.writeOutage else { return "none" }
    if let duration = window.duration { return durationText(duration) }
    return window.minimum.map { "> \(durationText($0))" } ?? "not over"
  }
}
