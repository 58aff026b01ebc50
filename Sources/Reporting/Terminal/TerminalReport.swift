package import Contract

/// The report for a terminal: the answers of the first hour on the first screen, the proof below.
///
/// No line is wider than the options' width except commands, which are whole so that they can be copied. Nothing that a
/// log contains reaches the terminal as a control character.
package func terminal(_ report: Report, options: TerminalOptions = TerminalOptions()) -> String {
  var page = TerminalPage(options: options)
  page.verdict(report.verdict)
  if report.incidents.isEmpty {
    page.quiet(report)
  } else {
    page.overview(report)
    for (index, incident) in report.incidents.enumerated() {
      page.incident(incident, number: index + 1, in: report)
    }
    page.cluster(report.cluster)
    page.settings(report.settingsObserved)
    page.clocks(report.input.sources)
    page.coverage(report.coverage)
  }
  page.findings(report.findings, title: report.incidents.isEmpty ? "Findings" : "Findings outside the incidents")
  page.warnings(report.input.warnings)
  page.footer(report)
  return page.text
}

extension TerminalPage {
  fileprivate mutating func verdict(_ verdict: Verdict) {
    let word = verdict.status.rawValue.uppercased()
    let headline = wrapped(verdict.headline, indent: isNarrow ? 0 : word.count + 2, most: 3)
    guard !isNarrow else {
      line(Run(word, verdict.status.style))
      return paragraph(verdict.headline, most: 4)
    }
    for (index, text) in headline.enumerated() {
      line(Run((index == 0 ? word : "").padded(to: word.count + 2), verdict.status.style), Run(text))
    }
  }

  fileprivate mutating func incident(_ incident: Incident, number: Int, in report: Report) {
    firstScreen(of: incident, number: number, in: report)
    phases(of: incident)
    criticalPath(of: incident)
    whatIf(of: incident)
    timeline(of: incident, in: report)
    findings(incident.findings, title: "Findings")
    remedies(of: incident)
    rootCause(of: incident)
    impact(of: incident)
  }

  fileprivate mutating func footer(_ report: Report) {
    blank()
    rule()
    let input = report.input
    paragraph(
      "\(report.generator.name) \(report.generator.version): \(countText(input.lines, "line")) read, "
        + "\(groupedText(input.recognisedLines)) recognised. Times are UTC. "
        + "`\(report.generator.name) explain CODE` tells what a code means.",
      style: .faint
    )
  }
}
