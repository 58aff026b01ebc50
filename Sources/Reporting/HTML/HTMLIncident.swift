import Contract
import Model

/// The section of one incident on the page.
struct HTMLIncident {
  let incident: Incident
  let number: Int
  let report: Report
  let events: [PageEvent]

  var markup: String {
    let parts = [
      head, answers, lanes, impact, criticalPath, findings, remedies, rootCause, timeline, evidence,
    ]
    return "<article id=\"incident-\(number)\" aria-labelledby=\"title-\(number)\">\n"
      + parts.filter { !$0.isEmpty }.joined(separator: "\n") + "\n</article>"
  }

  private var head: String {
    let badges = [incident.severity.rawValue, incident.status.rawValue].map(HTMLText.badge).joined()
    return """
      <h1 id="title-\(number)">\(HTMLText.escaped(incident.title, limit: 400))</h1>
      <p>\(badges) \(HTMLText.escaped(words(of: incident.kind.rawValue))) · \(HTMLText.code(incident.id))</p>
      <p>\(HTMLText.escaped(incident.summary))</p>
      """
  }

  private var answers: String {
    let answers = Answers(to: incident, in: report)
    let next =
      answers.remedy.map { remedy in
        HTMLText.escaped(remedy.summary)
          + (remedy.risk.map { "<p class=\"risk\">Risk: \(HTMLText.escaped($0))</p>" } ?? "")
          + HTMLText.commands(remedy.commands)
      } ?? HTMLText.escaped(answers.withoutRemedy(for: incident))
    let rows = [
      ("When did writes fail?", HTMLText.escaped(answers.outage)), ("Is it over?", HTMLText.escaped(answers.recovery)),
      ("Was data lost?", HTMLText.escaped(answers.loss)), ("What to do now?", next),
      ("Why?", HTMLText.escaped(incident.rootCause.headline)),
    ]
    let list = rows.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" }.joined(separator: "\n")
    return "<div class=\"answers \(incident.status.rawValue)\"><dl>\n\(list)\n</dl></div>"
  }

  private var lanes: String {
    let chart = LaneChart(incident: incident, events: events, members: report.cluster.members.map(\.name))
    guard !chart.lanes.isEmpty else { return "" }
    return """
      <h3>What happened when</h3>
      \(LaneDrawing(chart, identifier: "lanes-\(number)").markup)
      <p class="legend">Boxes are phases: red-edged ones lie on the critical path, dashed ones show slack. ◆ turns of the
      story, ▲ recoveries, ✕ failures, ○ other events; a line through a mark is the uncertainty of its clock. In the
      clients' lane short strokes are successes, long ones failures.</p>
      """
  }

  private var impact: String {
    let rows = incident.impact.windowRows.map { row in row.map { HTMLText.escaped($0) } }
    let failed = [("writes", incident.impact.failedWrites), ("reads", incident.impact.failedReads)]
      .map { "\($0) failed: \($1.map(groupedText) ?? "not known")" }.joined(separator: "; ")
    let errors = incident.impact.errors.prefix(12).map { [groupedText($0.count), HTMLText.code($0.text)] }
    return """
      <h3>Impact on clients</h3>
      \(HTMLText.table("Impact", ["Clients saw", "Took", "When (UTC)"], rows, numbers: [1]))
      <p>\(failed); two primaries at once: \(incident.impact.dualPrimary.rawValue).</p>
      \(HTMLText.table("Errors", ["Times", "Error"], errors, numbers: [0]))
      """
  }

  private var criticalPath: String {
    let waterfall = WaterfallDrawing.markup(incident, logEnd: report.input.lastAt)
    return waterfall.isEmpty ? "" : "<h3>Where the time without writes went</h3>\n\(waterfall)"
  }

  private var findings: String {
    guard !incident.findings.isEmpty else { return "" }
    let sorted = Severity.allCases.flatMap { severity in incident.findings.filter { $0.severity == severity } }
    return "<h3>Findings</h3>\n" + sorted.map(Self.finding).joined(separator: "\n")
  }

  /// One finding with its lines.
  static func finding(_ finding: Finding) -> String {
    let place = finding.member.map { " on \(HTMLText.code($0))" } ?? ""
    let doubt = finding.doubt.map { " (\(HTMLText.escaped($0)))" } ?? ""
    return """
      <div class="finding \(finding.severity.rawValue)">
      <p>\(HTMLText.badge(finding.severity.rawValue)) \(HTMLText.code(finding.code.rawValue))\(place)\(doubt)</p>
      <p>\(HTMLText.escaped(finding.summary))</p>
      \(HTMLText.evidence(finding.evidence, limit: 4))
      </div>
      """
  }

  private var remedies: String {
    guard !incident.remediation.isEmpty else { return "" }
    let parts = incident.remediation.map { remedy in
      """
      <div class="remedy">
      <p><strong>\(remedy.urgency.rawValue.uppercased())</strong> \(HTMLText.code(remedy.code.rawValue)): \
      \(HTMLText.escaped(remedy.summary))</p>
      \(remedy.risk.map { "<p class=\"risk\">Risk: \(HTMLText.escaped($0))</p>" } ?? "")
      \(Self.list("First", remedy.preconditions))
      \(HTMLText.commands(remedy.commands))
      \(Self.list("Check", remedy.verify))
      </div>
      """
    }
    return "<h3>What to do</h3>\n\(parts.joined(separator: "\n"))"
  }

  private static func list(_ lead: String, _ items: [String]) -> String {
    guard !items.isEmpty else { return "" }
    return "<ul>\(items.map { "<li>\(lead): \(HTMLText.escaped($0))</li>" }.joined())</ul>"
  }

  private var rootCause: String {
    let cause = incident.rootCause
    let worse = cause.contributing.map {
      "<li>made worse by \(HTMLText.code($0.code.rawValue)): \(HTMLText.escaped($0.explanation))</li>"
    }
    let rejected = cause.alternatives.map {
      "<li>not \(HTMLText.code($0.code.rawValue)) (\(percentText($0.confidence))): \(HTMLText.escaped($0.rejectedBecause))</li>"
    }
    let list = (worse + rejected).isEmpty ? "" : "<ul>\((worse + rejected).joined(separator: "\n"))</ul>"
    return """
      <h3>Root cause</h3>
      <p><strong>\(HTMLText.escaped(cause.headline))</strong>. \(HTMLText.escaped(cause.explanation))</p>
      \(HTMLText.evidence(cause.evidence, limit: 4))
      \(list)
      """
  }

  private var timeline: String {
    let rows = FoldedEntry.fold(incident.timeline).map { fold in
      [
        "<span class=\"nowrap\">\(HTMLText.escaped(fold.entry.timeText))</span>",
        HTMLText.escaped(fold.entry.writer, limit: 100),
        HTMLText.escaped(fold.summary, limit: 500), HTMLText.code(fold.entry.evidence.place, limit: 120),
      ]
    }
    let table = HTMLText.table("Timeline", ["UTC", "Who", "What", "Line"], rows)
    guard !table.isEmpty else { return "" }
    return "<h3>Timeline of \(dateText(incident.startedAt))</h3>\n<details\(rows.count <= 25 ? " open" : "")>"
      + "<summary>\(countText(rows.count, "event"))</summary>\n\(table)\n</details>"
  }

  private var evidence: String {
    let lines = incident.allEvidence
    guard !lines.isEmpty else { return "" }
    return "<details><summary>Evidence: \(countText(lines.count, "line"))</summary>\n"
      + HTMLText.evidence(lines, limit: 200) + "\n</details>"
  }
}
