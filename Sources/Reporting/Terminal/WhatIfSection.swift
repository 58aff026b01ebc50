import Contract

extension TerminalPage {
  /// What the write outage would have been with the settings that were asked about, wait by wait.
  mutating func whatIf(of incident: Incident) {
    guard let whatIf = incident.whatIf else { return }
    heading("What if \(whatIf.settingsText)", note: whatIf.lengthText(was: incident.impact.writeOutage?.duration))
    let rows = whatIf.segments.map { segment in
      [segment.recorded.map { durationText($0) } ?? "-", segment.lengthText, segment.waitingFor, segment.explanation]
    }
    TerminalTable(
      columns: [.init("was", right: true), .init("would be", right: true), .init("waiting for"), .init("why")],
      rows: rows
    ).write(on: &self)
    for violation in whatIf.violations {
      paragraph("Rule: \(violation)", indent: 2, style: .warning, most: 4)
    }
    for sentence in whatIf.unanswered {
      paragraph("Not known: \(sentence)", indent: 2, style: .faint, most: 4)
    }
  }
}

extension WhatIf {
  /// The settings as they would be typed: `patroni ttl 15 s, haproxy inter 1 s`.
  var settingsText: String {
    settings.map { "\($0.component) \($0.setting) \($0.value)" }.joined(separator: ", ")
  }

  /// The length that the outage would have had, with its bounds, beside the one that it had.
  func lengthText(was: Double?) -> String {
    guard let duration else { return "not known" }
    let length = durationText(duration, minimum: minimum, maximum: maximum)
    return was.map { "\(length) instead of \(durationText($0))" } ?? length
  }
}

extension WhatIfSegment {
  /// The length that the wait would have had, with its bounds.
  var lengthText: String { durationText(duration, minimum: minimum, maximum: maximum) }
}
