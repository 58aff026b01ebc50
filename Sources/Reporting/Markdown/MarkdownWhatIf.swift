import Contract

extension MarkdownDocument {
  /// What the write outage would have been with the settings that were asked about.
  mutating func whatIf(of incident: Incident, _ section: String) {
    guard let whatIf = incident.whatIf else { return }
    let length = whatIf.lengthText(was: incident.impact.writeOutage?.duration)
    let rows = whatIf.segments.prefix(20).map { segment in
      [
        segment.recorded.map { durationText($0) } ?? "", segment.lengthText,
        MarkdownText.prose(segment.waitingFor, limit: 300), MarkdownText.prose(segment.explanation, limit: 600),
      ]
    }
    let table = MarkdownText.table(["Was", "Would be", "Waiting for", "Why"], rows, right: [0, 1])
    let notes =
      whatIf.violations.prefix(10).map { "- **Rule:** \(MarkdownText.prose($0, limit: 400))" }
      + whatIf.unanswered.prefix(20).map { "- Not known: \(MarkdownText.prose($0, limit: 400))" }
    let parts = [
      "\(section) What if \(MarkdownText.prose(whatIf.settingsText, limit: 300))", "**\(MarkdownText.prose(length))**",
      table, notes.joined(separator: "\n"),
    ]
    add(parts.filter { !$0.isEmpty }.joined(separator: "\n\n"), name: "What if", .causes)
  }
}
