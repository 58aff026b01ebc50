package import Contract
import Model

/// The report as a ticket for GitHub or GitLab: the answers first, the proof folded away, room for people at the end.
///
/// It stays under 60,000 characters; what does not fit is left out and named. Log text is escaped throughout.
package func markdown(_ report: Report) -> String {
  var document = MarkdownDocument()
  let level = report.incidents.count > 1 ? "##" : "#"
  document.head(of: report)
  for (index, incident) in report.incidents.prefix(mostIncidents).enumerated() {
    document.incident(incident, number: level == "#" ? nil : index + 1, level: level, in: report)
  }
  document.tail(of: report)
  return document.rendered()
}

/// More than this in one ticket helps nobody.
private let mostIncidents = 12

extension MarkdownDocument {
  fileprivate mutating func head(of report: Report) {
    guard report.incidents.count != 1 else { return }
    let title = report.incidents.isEmpty ? "No incident" : "\(report.incidents.count) incidents"
    add("# \(title)", name: "Title", .frame)
    let verdict = report.verdict
    add("**\(verdict.status.rawValue.uppercased())**: \(MarkdownText.prose(verdict.headline))", name: "Verdict", .frame)
    guard report.incidents.isEmpty else { return add(overview(of: report), name: "Overview", .frame) }
    add(quiet(report), name: "What was read", .answers)
  }

  private func overview(of report: Report) -> String {
    let rows = report.incidents.prefix(30).enumerated().map { index, incident in
      [
        String(index + 1), "\(dateText(incident.startedAt)) \(coarseClockText(incident.startedAt))",
        incident.status.rawValue, incident.outageCell, MarkdownText.prose(incident.title, limit: 200),
      ]
    }
    var text = MarkdownText.table(["#", "Began (UTC)", "Status", "No writes", "What"], rows, right: [0, 3])
    let shown = min(report.incidents.count, mostIncidents)
    if shown < report.incidents.count { text += "\n\n*Below are the first \(shown); the JSON report has all.*" }
    return text
  }

  private func quiet(_ report: Report) -> String {
    let input = report.input
    var lines: [String] = []
    if let first = input.firstAt, let last = input.lastAt {
      let length = durationText(last.seconds(since: first))
      lines.append("Nothing broke in the \(length) from \(spanText(from: first, to: last)), as far as this log shows.")
    } else {
      lines.append("No line with a time was read, so nothing can be said about the cluster.")
    }
    let rows = input.sources.prefix(20).map { source in
      [
        MarkdownText.code(source.name, limit: 100), groupedText(source.lines),
        MarkdownText.prose(source.components.joined(separator: ", "), limit: 200),
      ]
    }
    lines.append(MarkdownText.table(["Read", "Lines", "Components"], rows, right: [1]))
    return lines.joined(separator: "\n\n")
  }

  fileprivate mutating func tail(of report: Report) {
    members(of: report.cluster)
    findings(report.findings, title: report.incidents.isEmpty ? "## Findings" : "## Findings outside the incidents")
    evidence(report.findings.flatMap(\.evidence))
    settings(report.settingsObserved)
    coverage(of: report)
    if !report.incidents.isEmpty {
      add("## Impact on business\n\n<!-- Who noticed, and what did it cost? -->", name: "Impact on business", .frame)
      add("## Follow-ups\n\n<!-- Who does what until when? -->\n\n- [ ] ", name: "Follow-ups", .frame)
    }
    let input = report.input
    let name = MarkdownText.prose("\(report.generator.name) \(report.generator.version)", limit: 100)
    add(
      "---\n*\(name): \(countText(input.lines, "line")) read, \(groupedText(input.recognisedLines)) recognised. "
        + "Times are UTC.*",
      name: "Footer",
      .frame
    )
  }
}
