import Contract
import Model

extension MarkdownDocument {
  /// How each member stands at the end of the log.
  mutating func members(of cluster: Cluster) {
    let rows = cluster.members.prefix(30).map { member in
      member.row.enumerated().map { $0 == 0 ? MarkdownText.code($1, limit: 100) : MarkdownText.prose($1, limit: 200) }
    }
    let table = MarkdownText.table(["Member", "Role", "State", "TL", "Also known as"], Array(rows), right: [3])
    guard !table.isEmpty else { return }
    let name = cluster.name.map { " of \(MarkdownText.code($0, limit: 100))" } ?? ""
    add("## Members\(name) at the end of the log\n\n\(table)", name: "Members", .details)
  }

  /// The settings that break a rule.
  mutating func settings(_ settings: [ObservedSetting]) {
    let rows = settings.filter { $0.problem != nil }.prefix(20).map { setting in
      [
        MarkdownText.code("\(setting.component) \(setting.setting)", limit: 150),
        MarkdownText.prose(setting.valueText, limit: 100), setting.from.rawValue,
        MarkdownText.prose(setting.problem ?? "", limit: 400),
      ]
    }
    let table = MarkdownText.table(["Setting", "Value", "How known", "Problem"], Array(rows))
    guard !table.isEmpty else { return }
    add("## Settings with a problem\n\n\(table)", name: "Settings", .details)
  }

  /// What the log does not show, which clocks are off, what was odd about the input.
  mutating func coverage(of report: Report) {
    let lacking = report.coverage.filter(\.isLacking).prefix(30).map { item in
      let state = item.source == nil ? "missing" : item.gaps.isEmpty ? "partly understood" : "silent"
      let gaps = item.gaps.prefix(3).map { "\(spanText(from: $0.from, to: $0.to)), \(durationText($0.duration))" }
      return [
        MarkdownText.prose(item.name, limit: 150), state, gaps.joined(separator: "<br>"),
        MarkdownText.prose(item.wouldChange ?? "", limit: 400),
      ]
    }
    var parts: [String] = []
    parts.append(MarkdownText.table(["Log", "Is", "When", "Could change"], Array(lacking)))
    let clocks = report.input.sources.compactMap { source in
      source.clockNote.map {
        "- clock of \(MarkdownText.code(source.name, limit: 100)): \(MarkdownText.prose($0, limit: 200))"
      }
    }
    parts.append(clocks.prefix(30).joined(separator: "\n"))
    parts.append(
      report.input.warnings.prefix(10).map { "- \(MarkdownText.prose($0, limit: 300))" }.joined(separator: "\n")
    )
    let body = parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    guard !body.isEmpty else { return }
    add("## What the log does not show\n\n\(body)", name: "Coverage", .details)
  }
}
