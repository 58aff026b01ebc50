import Contract
import Model

extension MarkdownDocument {
  /// What the lines show, gravest first.
  mutating func findings(_ findings: [Finding], title: String) {
    guard !findings.isEmpty else { return }
    let sorted = Severity.allCases.flatMap { severity in findings.filter { $0.severity == severity } }
    let items = sorted.prefix(25).map { finding in
      let place = finding.member.map { " on \(MarkdownText.code($0, limit: 100))" } ?? ""
      let doubt = finding.doubt.map { " (\($0))" } ?? ""
      let lines = finding.evidence.prefix(4).map { MarkdownText.code($0.place, limit: 120) }
      let proof = lines.isEmpty ? "" : " — \(lines.joined(separator: ", "))"
      return "- **\(finding.severity.rawValue)** <code>\(finding.code.rawValue)</code>\(place)\(doubt): "
        + MarkdownText.prose(finding.summary, limit: 500) + proof
    }
    let rest = sorted.count > 25 ? "\n- and \(sorted.count - 25) more in the JSON report" : ""
    add("\(title)\n\n\(items.joined(separator: "\n"))\(rest)", name: "Findings", .story)
  }

  /// What to do: the urgent with commands to copy first.
  mutating func remedies(of incident: Incident, _ section: String) {
    guard !incident.remediation.isEmpty else { return }
    add("\(section) What to do", name: "What to do", .frame)
    for remedy in incident.remediation.prefix(20) {
      let importance: Importance =
        switch remedy.urgency {
        case .now: .answers
        case .soon: .story
        case .later: .details
        }
      add(text(of: remedy), name: "Remedy \(remedy.code.rawValue)", importance)
    }
  }

  private func text(of remedy: Remedy) -> String {
    var parts = [
      "**\(remedy.urgency.rawValue.uppercased())** <code>\(remedy.code.rawValue)</code>: "
        + MarkdownText.prose(remedy.summary)
    ]
    if let risk = remedy.risk { parts.append("**Risk:** \(MarkdownText.prose(risk))") }
    let conditions = remedy.preconditions.prefix(6).map { "- [ ] First: \(MarkdownText.prose($0, limit: 400))" }
    if !conditions.isEmpty { parts.append(conditions.joined(separator: "\n")) }
    let commands = remedy.commands.prefix(10).map { command in
      command.utf8.count <= 2_000 ? command : "# a command of \(bytesText(command.utf8.count)) is in the JSON report"
    }
    if !commands.isEmpty { parts.append(MarkdownText.fenced(commands, language: "sh")) }
    let checks = remedy.verify.prefix(6).map { "- [ ] Check: \(MarkdownText.prose($0, limit: 400))" }
    if !checks.isEmpty { parts.append(checks.joined(separator: "\n")) }
    return parts.joined(separator: "\n\n")
  }

  /// The cause and what else it could have been.
  mutating func rootCause(of incident: Incident, _ section: String) {
    let cause = incident.rootCause
    let places = [cause.member, cause.component].compactMap { $0 }.joined(separator: " ")
    let place = places.isEmpty ? "" : " on \(MarkdownText.code(places, limit: 200))"
    var parts = [
      "\(section) Root cause",
      "**<code>\(cause.code.rawValue)</code>**\(place), \(percentText(cause.confidence)) sure. "
        + MarkdownText.prose(cause.explanation, limit: 1_200),
    ]
    let worse = cause.contributing.prefix(6).map {
      "- made worse by <code>\($0.code.rawValue)</code>: \(MarkdownText.prose($0.explanation, limit: 400))"
    }
    let rejected = cause.alternatives.prefix(8).map {
      "- not <code>\($0.code.rawValue)</code> (\(percentText($0.confidence))): "
        + MarkdownText.prose($0.rejectedBecause, limit: 400)
    }
    if !(worse + rejected).isEmpty { parts.append((worse + rejected).joined(separator: "\n")) }
    add(parts.joined(separator: "\n\n"), name: "Root cause", .causes)
  }

  /// Every line that proves something, folded away.
  mutating func evidence(_ lines: [Evidence]) {
    let rows = lines.map { line in
      "\(VisibleText(line.source, limit: 100).text):\(line.line)  \(VisibleText(line.text, limit: 500).text)"
    }
    fold("Evidence: \(countText(rows.count, "line"))", rows: rows, as: .code)
  }
}
