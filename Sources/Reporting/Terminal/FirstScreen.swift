import Contract
import Model

/// The lines of a screen that an incident's answers have to fit in, with one for the shell's prompt.
private let screenLines = 24

/// How many lines each answer may take.
private struct AnswerRoom {
  var outage: Int
  var recovery: Int
  var loss: Int
  var remedy: Int
  var caution: Int
  var commands: Int

  /// From generous to tight: the first that leaves room for the summary is taken.
  static let all = [
    AnswerRoom(outage: 4, recovery: 3, loss: 4, remedy: 2, caution: 2, commands: 3),
    AnswerRoom(outage: 3, recovery: 2, loss: 3, remedy: 2, caution: 1, commands: 3),
    AnswerRoom(outage: 2, recovery: 2, loss: 2, remedy: 2, caution: 1, commands: 2),
    AnswerRoom(outage: 2, recovery: 2, loss: 2, remedy: 2, caution: 1, commands: 1),
    AnswerRoom(outage: 2, recovery: 2, loss: 2, remedy: 1, caution: 1, commands: 1),
  ]
  /// The fewest lines in which a summary says something.
  static let leastSummary = 4
}

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
    let head = screenLines - 1 - (lineCount - start)
    var best = TerminalPage(options: options)
    for room in AnswerRoom.all {
      best = TerminalPage(options: options)
      best.answers(answers, for: incident, room: room)
      if isNarrow || head - best.screenRows >= AnswerRoom.leastSummary { break }
    }
    let most = isNarrow ? 20 : max(2, head - best.screenRows)
    labelled("What happened", incident.summary, most: most)
    append(best)
    if !isNarrow, wrapped(incident.summary, indent: Self.labelColumn, most: most + 1).count > most {
      heading("Summary")
      paragraph(incident.summary)
    }
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

  private mutating func answers(_ answers: Answers, for incident: Incident, room: AnswerRoom) {
    labelled("Cause", incident.rootCause.headline, most: 2)
    labelled("No writes", answers.outage, most: room.outage)
    labelled("Is it over?", answers.recovery, style: incident.status.style, most: room.recovery)
    labelled("Data lost?", answers.loss, style: incident.impact.lostWrites.verdict.style, most: room.loss)
    guard let remedy = answers.remedy else {
      return labelled("Type now", answers.withoutRemedy(for: incident), most: 3)
    }
    typeNow(remedy, room: room)
  }

  private mutating func typeNow(_ remedy: Remedy, room: AnswerRoom) {
    labelled("Type now", remedy.summary, most: room.remedy)
    let indent = isNarrow ? 2 : Self.labelColumn
    if let risk = remedy.risk { paragraph("Risk: \(risk)", indent: indent, style: .critical, most: room.caution) }
    if let condition = remedy.preconditions.first {
      let more = remedy.preconditions.count > 1 ? " (and \(remedy.preconditions.count - 1) more below)" : ""
      paragraph("First: \(condition)\(more)", indent: indent, style: .warning, most: room.caution)
    }
    for text in remedy.commands.prefix(room.commands) { command(text, indent: indent) }
    let rest = remedy.commands.count - room.commands
    if rest > 0 { paragraph("and \(countText(rest, "more line")) below", indent: indent, style: .faint) }
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
