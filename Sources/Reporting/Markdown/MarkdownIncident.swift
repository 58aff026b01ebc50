import Contract
import Model

extension MarkdownDocument {
  /// The sections of one incident.
  ///
  /// `level` is the heading sign of the incident's title; its sections are one deeper.
  mutating func incident(_ incident: Incident, number: Int?, level: String, in report: Report) {
    let section = level + "#"
    let lead = number.map { "Incident \($0): " } ?? ""
    add("\(level) \(lead)\(MarkdownText.prose(incident.title, limit: 400))", name: "Title", .frame)
    add(answers(to: incident, in: report), name: "Answers", .answers)
    impact(of: incident, section)
    criticalPath(of: incident, section)
    whatIf(of: incident, section)
    phases(of: incident, section)
    timeline(of: incident, section)
    findings(incident.findings, title: "\(section) Findings")
    remedies(of: incident, section)
    rootCause(of: incident, section)
    evidence(incident.allEvidence)
  }

  private func answers(to incident: Incident, in report: Report) -> String {
    let answers = Answers(to: incident, in: report)
    let next =
      answers.remedy.map { remedy in
        let commands = remedy.commands.prefix(3).map { MarkdownText.code($0, limit: 300) }
        let risk = remedy.risk.map { "**Risk: \(MarkdownText.prose($0, limit: 300))**" }
        return ([MarkdownText.prose(remedy.summary)] + [risk].compactMap { $0 } + commands).joined(separator: "<br>")
      } ?? MarkdownText.prose(answers.withoutRemedy(for: incident))
    let rows = [
      ["**When did writes fail?**", MarkdownText.prose(answers.outage)],
      ["**Is it over?**", MarkdownText.prose(answers.recovery)],
      ["**Was data lost?**", MarkdownText.prose(answers.loss, limit: 900)],
      ["**What to do now?**", next],
      ["**Why?**", MarkdownText.prose(incident.rootCause.headline)],
    ]
    let words = [incident.kind.rawValue, incident.severity.rawValue, incident.status.rawValue].map { "**\($0)**" }
    return [
      (words + [MarkdownText.code(incident.id, limit: 200)]).joined(separator: " · "),
      MarkdownText.prose(incident.summary, limit: 2_000),
      MarkdownText.table(["Question", "Answer"], rows),
    ].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private mutating func impact(of incident: Incident, _ section: String) {
    let impact = incident.impact
    let rows = impact.windowRows.prefix(12).map { row in [row[0], row[1], row[2]] }
    var parts = ["\(section) Impact"]
    parts.append(MarkdownText.table(["Clients saw", "Took", "When (UTC)"], Array(rows), right: [1]))
    let failed = [("writes", impact.failedWrites), ("reads", impact.failedReads)]
      .map { "\($0) failed: \($1.map(groupedText) ?? "not known")" }
    parts.append((failed + ["two primaries at once: \(impact.dualPrimary.rawValue)"]).joined(separator: "; ") + ".")
    let errors = impact.errors.prefix(8).map { [groupedText($0.count), MarkdownText.code($0.text, limit: 300)] }
    parts.append(MarkdownText.table(["Times", "Error"], errors, right: [0]))
    if impact.errors.count > 8 { parts.append("and \(impact.errors.count - 8) other errors") }
    add(parts.filter { !$0.isEmpty }.joined(separator: "\n\n"), name: "Impact", .causes)
  }

  private mutating func criticalPath(of incident: Incident, _ section: String) {
    let segments = incident.downtime
    guard !segments.isEmpty else { return }
    let rows = zip(segments, segments.shares).prefix(20).map { segment, share in
      [
        segment.lengthText, MarkdownText.prose(share),
        "**\(MarkdownText.prose(segment.waitingFor, limit: 300))**<br>\(MarkdownText.prose(segment.explanation, limit: 500))",
        segment.settings.prefix(5).map { MarkdownText.prose($0.text, limit: 200) }.joined(separator: "<br>"),
      ]
    }
    let table = MarkdownText.table(["Took", "Share", "Waiting for", "Setting"], rows, right: [0, 1])
    add("\(section) Where the time without writes went\n\n\(table)", name: "Critical path", .causes)
  }

  private mutating func phases(of incident: Incident, _ section: String) {
    let rows = incident.phases.prefix(24).map { phase in
      [
        MarkdownText.prose(phase.label, limit: 100), clockText(phase.from, uncertainty: phase.uncertainty),
        phase.tookText, phase.slack.map { $0 == 0 ? "none" : durationText($0) } ?? "",
        MarkdownText.prose(phase.explanation, limit: 400),
      ]
    }
    let table = MarkdownText.table(["Phase", "From (UTC)", "Took", "Slack", "What"], Array(rows), right: [2, 3])
    guard !table.isEmpty else { return }
    add("\(section) Phases\n\n\(table)", name: "Phases", .story)
  }

  private mutating func timeline(of incident: Incident, _ section: String) {
    let rows = FoldedEntry.fold(incident.timeline).map { folded in
      [
        folded.entry.timeText, MarkdownText.prose(folded.entry.writer, limit: 100),
        MarkdownText.prose(folded.summary, limit: 300),
      ]
    }
    guard let first = incident.timeline.first else { return }
    let titles = ["\(dateText(first.at)) UTC", "Who", "What"]
    let table = MarkdownText.table(titles, Array(rows.prefix(20)))
    add("\(section) Timeline\n\n\(table)", name: "Timeline", .story)
    let rest = rows.dropFirst(20).map { "| \($0.joined(separator: " | ")) |" }
    fold("The rest of the timeline: \(countText(rest.count, "row"))", rows: rest, as: .table(titles: titles))
  }
}
