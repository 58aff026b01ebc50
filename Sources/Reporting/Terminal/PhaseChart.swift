import Contract
import Model

/// The phases as bars over time, so that what overlaps and what waits for what is seen at once.
struct PhaseChart {
  private struct Row {
    let label: String
    let from: Instant
    let to: Instant?
    let took: String
    let slack: Double?
    let style: Style
  }

  private let rows: [Row]
  private let from: Instant
  private let to: Instant

  /// Nil if there is nothing to draw.
  init?(incident: Incident) {
    guard !incident.phases.isEmpty else { return nil }
    let outage = incident.impact.writeOutage
    (from, to) = Self.axis(of: incident)
    var rows: [Row] = []
    if let outage {
      rows.append(
        Row(
          label: "no writes",
          from: outage.from,
          to: outage.to,
          took: incident.outageCell,
          slack: nil,
          style: .strong
        )
      )
    }
    for phase in incident.phases {
      rows.append(
        Row(
          label: phase.label,
          from: phase.from,
          to: phase.to,
          took: phase.tookText,
          slack: phase.slack,
          style: phase.slack == 0 ? .critical : .plain
        )
      )
    }
    self.rows = rows
  }

  /// The span of the drawing: that of the outage and of what decided it; the slow repair afterwards runs out of the picture.
  static func axis(of incident: Incident) -> (Instant, Instant) {
    let outage = incident.impact.writeOutage
    let deciding = incident.phases.filter { !$0.name.isAftermath }
    let shown = deciding.isEmpty ? incident.phases : deciding
    var from = outage?.from ?? shown.map(\.from).min() ?? incident.startedAt
    var to = outage?.to ?? shown.map { $0.to ?? $0.from.advanced(bySeconds: $0.minimum ?? 0) }.max() ?? from
    let reach = to.seconds(since: from)
    for phase in shown where phase.from < from && from.seconds(since: phase.from) <= reach { from = phase.from }
    for end in shown.compactMap(\.to) where end > to && end.seconds(since: to) <= reach { to = end }
    if to <= from { to = from.advanced(bySeconds: 1) }
    return (from, to)
  }
}

extension PhaseName {
  /// Whether the phase belongs to the repair that goes on after writes work again.
  var isAftermath: Bool {
    switch self {
    case .rejoin, .redundancyLost, .timelineSplit, .unmanagedPrimary, .failsafe: true
    default: false
    }
  }
}

extension Phase {
  /// How long it took: `15.1 s`, `> 40.0 s` while it lasts.
  var tookText: String {
    if let duration { return durationText(duration) }
    return minimum.map { "> \(durationText($0))" } ?? "not over"
  }
}

// MARK: - Drawing

extension PhaseChart {
  /// Writes the axis and a row a phase; where there is no room beside the labels, bars stand below them.
  func write(on page: inout TerminalPage) {
    let labels = min(24, rows.map { page.visible($0.label, limit: 100).width }.max() ?? 0)
    let room = page.width - 2 - labels - 1 - 25
    guard !page.isNarrow, room >= 20 else { return writeNarrow(on: &page) }
    axis(indent: 2 + labels + 1, columns: room, on: &page, note: "took".leftPadded(to: 14) + "slack".leftPadded(to: 11))
    for row in rows {
      page.line(
        Run("  " + page.cell(row.label, labels) + " "),
        Run(bar(row, room, on: page), row.style),
        Run(page.cell(row.took, 14, right: true)),
        Run(page.cell(slackText(row), 11, right: true))
      )
    }
  }

  private func writeNarrow(on page: inout TerminalPage) {
    let room = page.width - 4
    axis(indent: 4, columns: room, on: &page, note: "")
    for row in rows {
      let slack = row.slack.map { $0 == 0 ? "" : ", slack \(durationText($0))" } ?? ""
      page.paragraph("\(row.label), \(row.took)\(slack)", indent: 2, most: 2)
      page.line(Run("    "), Run(bar(row, room, on: page), row.style))
    }
  }

  private func axis(indent: Int, columns: Int, on page: inout TerminalPage, note: String) {
    let start = coarseClockText(from)
    let end = coarseClockText(to)
    let gap = max(1, columns - start.count - end.count)
    let axis = start + String(repeating: " ", count: gap) + end
    page.line(Run(String(repeating: " ", count: indent) + axis + note, .faint))
  }

  private func slackText(_ row: Row) -> String {
    row.slack.map { $0 == 0 ? "none" : durationText($0) } ?? ""
  }

  private func bar(_ row: Row, _ columns: Int, on page: TerminalPage) -> String {
    let (full, light, more) = page.options.ascii ? ("#", ".", ">") : ("█", "░", "▶")
    let first = min(columns - 1, max(0, column(of: row.from, columns, rounding: .down)))
    let isOpen = row.to.map { $0 > to } ?? true
    let last = row.to.map { min(columns, max(first + 1, column(of: $0, columns, rounding: .up))) } ?? columns
    var bar = String(repeating: " ", count: first) + String(repeating: full, count: last - first - (isOpen ? 1 : 0))
    if isOpen { bar += more }
    if let slack = row.slack, slack > 0, let end = row.to {
      let spare = min(columns, column(of: end.advanced(bySeconds: min(slack, 1e6)), columns, rounding: .up)) - last
      bar += String(repeating: light, count: max(0, spare))
    }
    return bar.padded(to: columns)
  }

  private func column(of instant: Instant, _ columns: Int, rounding: FloatingPointRoundingRule) -> Int {
    let share = instant.seconds(since: from) / max(0.001, to.seconds(since: from))
    return Int((min(2, max(-1, share)) * Double(columns)).rounded(rounding))
  }
}

extension TerminalPage {
  /// The chart and what each phase was.
  mutating func phases(of incident: Incident) {
    guard let chart = PhaseChart(incident: incident) else { return }
    heading("Phases")
    chart.write(on: &self)
    let signs = options.ascii ? ("#", ".", ">") : ("█", "░", "▶")
    paragraph(
      "\(signs.0) lasted, \(signs.1) could have lasted at no cost (slack), \(signs.2) goes on",
      indent: 2,
      style: .faint
    )
    blank()
    for phase in incident.phases where !phase.explanation.isEmpty {
      labelled("  \(phase.label)", phase.explanation, column: 24, most: 4)
      evidence(phase.evidence, indent: isNarrow ? 6 : 24, most: 1, tellRest: false)
    }
  }
}
