import Contract

extension TerminalPage {
  /// What the lines show, gravest first, each with the lines.
  mutating func findings(_ findings: [Finding], title: String) {
    guard !findings.isEmpty else { return }
    heading(title)
    for severity in Severity.allCases {
      for finding in findings where finding.severity == severity {
        self.finding(finding)
      }
    }
  }

  private mutating func finding(_ finding: Finding) {
    let place = finding.member.map { " on \($0)" } ?? ""
    let doubt = finding.doubt.map { " (\($0))" } ?? ""
    line(
      Run(finding.severity.rawValue.padded(to: 10), finding.severity.style),
      Run(finding.code.rawValue, .strong),
      Run("\(place)\(doubt)")
    )
    paragraph(finding.summary, indent: 4, most: 6)
    evidence(finding.evidence, indent: 4)
  }

  /// What to do, most urgent first, with commands to copy.
  mutating func remedies(of incident: Incident) {
    guard !incident.remediation.isEmpty else { return }
    heading("What to do", note: "failscope runs none of this")
    for (index, remedy) in incident.remediation.enumerated() {
      if index > 0 { blank() }
      self.remedy(remedy, number: index + 1)
    }
  }

  private mutating func remedy(_ remedy: Remedy, number: Int) {
    line(
      Run("\(number)".leftPadded(to: 2) + "  "),
      Run(remedy.urgency.rawValue.uppercased().padded(to: 7), remedy.urgency.style),
      Run(remedy.code.rawValue, .strong)
    )
    paragraph(remedy.summary, indent: 4, most: 6)
    if let risk = remedy.risk { paragraph("Risk: \(risk)", indent: 4, style: .critical, most: 4) }
    for condition in remedy.preconditions { item("First: ", condition, style: .warning) }
    for text in remedy.commands { command(text, indent: 6) }
    for check in remedy.verify { item("Check: ", check, style: .plain) }
    if !remedy.answers.isEmpty {
      paragraph("Answers " + remedy.answers.map(\.rawValue).joined(separator: ", "), indent: 4, style: .faint, most: 3)
    }
  }

  /// A short label and its text, wrapped beside it.
  mutating func item(_ label: String, _ text: String, indent: Int = 4, style: Style) {
    let lead = String(repeating: " ", count: indent)
    for (index, text) in wrapped(text, indent: indent + label.count, most: 4).enumerated() {
      line(Run(lead + (index == 0 ? label : "").padded(to: label.count), style), Run(text))
    }
  }

  /// The cause, how sure it is, and what else it could have been.
  mutating func rootCause(of incident: Incident) {
    let cause = incident.rootCause
    heading("Root cause")
    let places = [cause.member, cause.component].compactMap { $0 }.joined(separator: " ")
    let place = places.isEmpty ? "" : " on \(places)"
    let doubt = cause.code == .unknown ? "no explanation has enough support" : "\(percentText(cause.confidence)) sure"
    line(Run("  "), Run(cause.code.rawValue, .strong), Run(isNarrow ? place : "\(place), \(doubt)"))
    if isNarrow { paragraph(doubt, indent: 4) }
    paragraph(cause.explanation, indent: 4, most: 10)
    evidence(cause.evidence, indent: 4, most: 5)
    for other in cause.contributing {
      line(Run("  made worse by "), Run(other.code.rawValue, .strong))
      paragraph(other.explanation, indent: 4, most: 5)
    }
    for other in cause.alternatives {
      line(Run("  not "), Run(other.code.rawValue, .strong), Run(" (\(percentText(other.confidence)))"))
      paragraph(other.rejectedBecause, indent: 4, most: 5)
    }
  }
}
