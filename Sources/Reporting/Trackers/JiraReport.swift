package import Contract
import Model

/// The report in Jira's wiki markup: the same order as the Markdown ticket, under the 32,767 characters of a Jira field.
///
/// What does not fit is left out, the least important first, and named. Log text is escaped throughout.
package func jira(_ report: Report) -> String {
  var document = JiraDocument()
  document.head(of: report)
  for (index, incident) in report.incidents.prefix(6).enumerated() {
    document.incident(incident, number: report.incidents.count > 1 ? index + 1 : nil, in: report)
  }
  document.tail(of: report)
  return document.rendered()
}

/// The blocks of a Jira description, of which the least important give way.
struct JiraDocument {
  /// Characters of a whole description; the rest of Jira's 32,767 is for what people add.
  static let mostCharacters = 31_000

  private struct Block {
    let name: String
    /// 0 is never left out, higher numbers go first.
    let weight: Int
    let text: String
  }

  private var blocks: [Block] = []

  /// Adds a block of markup; empty text is no block.
  mutating func add(_ text: String, name: String, weight: Int) {
    guard !text.isEmpty else { return }
    blocks.append(Block(name: name, weight: weight, text: text))
  }

  /// The description, at most `mostCharacters` long.
  func rendered() -> String {
    var left: [Int: String] = [:]
    var length = blocks.reduce(0) { $0 + $1.text.utf16.count + 2 }
    for index in blocks.indices.sorted(by: { (blocks[$0].weight, $0) > (blocks[$1].weight, $1) }) {
      guard length > Self.mostCharacters, blocks[index].weight > 0 else { break }
      let note = "_\(blocks[index].name): left out for length, see the JSON report._"
      guard note.utf16.count < blocks[index].text.utf16.count else { continue }
      left[index] = note
      length -= blocks[index].text.utf16.count - note.utf16.count
    }
    return blocks.indices.map { left[$0] ?? blocks[$0].text }.joined(separator: "\n\n") + "\n"
  }
}

// MARK: - Sections

extension JiraDocument {
  fileprivate mutating func head(of report: Report) {
    guard report.incidents.count != 1 else { return }
    let title = report.incidents.isEmpty ? "No incident" : "\(report.incidents.count) incidents"
    let verdict = "*\(report.verdict.status.rawValue.uppercased())*: \(JiraText.prose(report.verdict.headline))"
    add("h1. \(title)\n\n\(verdict)", name: "Title", weight: 0)
  }

  fileprivate mutating func incident(_ incident: Incident, number: Int?, in report: Report) {
    let lead = number.map { "Incident \($0): " } ?? ""
    add("h2. \(lead)\(JiraText.prose(incident.title, limit: 400))", name: "Title", weight: 0)
    add(answers(to: incident, in: report), name: "Answers", weight: number == nil ? 0 : 1)
    add(impact(of: incident), name: "Impact", weight: 2)
    add(criticalPath(of: incident), name: "Critical path", weight: 3)
    add(timeline(of: incident), name: "Timeline", weight: 4)
    add(findings(incident.findings, title: "h3. Findings"), name: "Findings", weight: 3)
    add(remedies(of: incident), name: "What to do", weight: number == nil ? 1 : 2)
    add(rootCause(of: incident), name: "Root cause", weight: 2)
    add(evidence(incident.allEvidence), name: "Evidence", weight: 6)
  }

  fileprivate mutating func tail(of report: Report) {
    add(findings(report.findings, title: "h2. Findings outside the incidents"), name: "Other findings", weight: 5)
    let lacking = report.coverage.filter(\.isLacking).prefix(20).map { item in
      "* \(JiraText.prose(item.name, limit: 150)): \(JiraText.prose(item.wouldChange ?? "silent for a while", limit: 400))"
    }
    if !lacking.isEmpty {
      add("h2. What the log does not show\n\n\(lacking.joined(separator: "\n"))", name: "Coverage", weight: 5)
    }
    if !report.incidents.isEmpty {
      add("h2. Impact on business\n\n_Who noticed, and what did it cost?_", name: "Impact on business", weight: 0)
      add("h2. Follow-ups\n\n_Who does what until when?_", name: "Follow-ups", weight: 0)
    }
    let name = JiraText.prose("\(report.generator.name) \(report.generator.version)", limit: 100)
    let lines = "\(countText(report.input.lines, "line")) read, \(groupedText(report.input.recognisedLines)) recognised"
    add("----\n_\(name): \(lines). Times are UTC._", name: "Footer", weight: 0)
  }

  private func answers(to incident: Incident, in report: Report) -> String {
    let answers = Answers(to: incident, in: report)
    let next =
      answers.remedy.map { remedy in
        let commands = remedy.commands.prefix(3).map { JiraText.code($0, limit: 300) }
        let risk = remedy.risk.map { "*Risk:* \(JiraText.prose($0, limit: 300))" }
        return ([JiraText.prose(remedy.summary)] + [risk].compactMap { $0 } + commands).joined(separator: "\\\\ ")
      } ?? JiraText.prose(answers.withoutRemedy(for: incident))
    let rows = [
      ["When did writes fail?", JiraText.prose(answers.outage)], ["Is it over?", JiraText.prose(answers.recovery)],
      ["Was data lost?", JiraText.prose(answers.loss, limit: 900)], ["What to do now?", next],
      ["Why?", JiraText.prose(incident.rootCause.headline)],
    ]
    let words = [incident.kind.rawValue, incident.severity.rawValue, incident.status.rawValue].map { JiraText.code($0) }
    return [
      words.joined(separator: " "), JiraText.prose(incident.summary, limit: 2_000),
      JiraText.table(["Question", "Answer"], rows),
    ].joined(separator: "\n\n")
  }

  private func impact(of incident: Incident) -> String {
    let rows = incident.impact.windowRows.prefix(12).map { row in row.prefix(3).map { JiraText.prose($0, limit: 200) } }
    let failed = [("writes", incident.impact.failedWrites), ("reads", incident.impact.failedReads)]
      .map { "\($0) failed: \($1.map(groupedText) ?? "not known")" }.joined(separator: "; ")
    let errors = incident.impact.errors.prefix(8).map { [groupedText($0.count), JiraText.code($0.text, limit: 300)] }
    return [
      "h3. Impact", JiraText.table(["Clients saw", "Took", "When (UTC)"], rows.map(Array.init)), failed + ".",
      JiraText.table(["Times", "Error"], errors),
    ].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private func criticalPath(of incident: Incident) -> String {
    let rows = zip(incident.downtime, incident.downtime.shares).prefix(20).map { segment, share in
      [
        segment.lengthText, JiraText.prose(share, limit: 40), "*\(JiraText.prose(segment.waitingFor, limit: 300))*",
        segment.settings.prefix(5).map { JiraText.prose($0.text, limit: 200) }.joined(separator: "\\\\ "),
      ]
    }
    let table = JiraText.table(["Took", "Share", "Waiting for", "Setting"], Array(rows))
    return table.isEmpty ? "" : "h3. Where the time without writes went\n\n\(table)"
  }

  private func timeline(of incident: Incident) -> String {
    let rows = FoldedEntry.fold(incident.timeline).prefix(40).map { fold in
      [fold.entry.timeText, JiraText.prose(fold.entry.writer, limit: 100), JiraText.prose(fold.summary, limit: 300)]
    }
    let table = JiraText.table(["UTC", "Who", "What"], Array(rows))
    return table.isEmpty ? "" : "h3. Timeline of \(dateText(incident.startedAt))\n\n\(table)"
  }

  private func findings(_ findings: [Finding], title: String) -> String {
    guard !findings.isEmpty else { return "" }
    let sorted = Severity.allCases.flatMap { severity in findings.filter { $0.severity == severity } }
    let items = sorted.prefix(25).map { finding in
      let place = finding.member.map { " on \(JiraText.code($0, limit: 100))" } ?? ""
      let doubt = finding.doubt.map { " (\($0))" } ?? ""
      let lines = finding.evidence.prefix(4).map { JiraText.code($0.place, limit: 120) }.joined(separator: ", ")
      return "* *\(finding.severity.rawValue)* \(JiraText.code(finding.code.rawValue))\(place)\(doubt): "
        + JiraText.prose(finding.summary, limit: 500) + (lines.isEmpty ? "" : " \\- \(lines)")
    }
    return "\(title)\n\n\(items.joined(separator: "\n"))"
  }

  private func remedies(of incident: Incident) -> String {
    let parts = incident.remediation.prefix(12).map { remedy in
      [
        "*\(remedy.urgency.rawValue.uppercased())* \(JiraText.code(remedy.code.rawValue)): \(JiraText.prose(remedy.summary))",
        remedy.risk.map { "*Risk:* \(JiraText.prose($0))" } ?? "",
        remedy.preconditions.prefix(6).map { "* First: \(JiraText.prose($0, limit: 400))" }.joined(separator: "\n"),
        remedy.commands.isEmpty
          ? "" : JiraText.block(Array(remedy.commands.prefix(10)), language: "bash", limit: 2_000),
        remedy.verify.prefix(6).map { "* Check: \(JiraText.prose($0, limit: 400))" }.joined(separator: "\n"),
      ].filter { !$0.isEmpty }.joined(separator: "\n")
    }
    return parts.isEmpty ? "" : "h3. What to do\n\n\(parts.joined(separator: "\n\n"))"
  }

  private func rootCause(of incident: Incident) -> String {
    let cause = incident.rootCause
    let head = "*\(JiraText.prose(cause.headline, limit: 300))*. \(JiraText.prose(cause.explanation, limit: 1_200))"
    let rejected = cause.alternatives.prefix(6).map {
      "* not \(JiraText.code($0.code.rawValue)) (\(percentText($0.confidence))): \(JiraText.prose($0.rejectedBecause, limit: 400))"
    }
    return "h3. Root cause\n\n\(([head] + rejected).joined(separator: "\n"))"
  }

  private func evidence(_ lines: [Evidence]) -> String {
    guard !lines.isEmpty else { return "" }
    let rows = lines.prefix(60).map { "\($0.place)  \($0.text)" }
    return "h3. Evidence\n\n\(JiraText.block(rows, limit: 400))"
  }
}
