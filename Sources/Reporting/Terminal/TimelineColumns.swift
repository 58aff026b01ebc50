import Contract
import Model

/// The story side by side: one column for each node and one for each component that belongs to none.
private struct TimelineColumns {
  /// The narrowest column that can be read.
  private static let leastColumn = 26
  private static let timeColumn = 12
  private static let others = "others"

  private let groups: [String]
  private let groupOf: [String: Int]
  private let columnWidth: Int

  /// Nil where the width is too little for columns.
  init?(entries: [FoldedEntry], members: [String], width: Int) {
    var names = members.filter { member in entries.contains { $0.entry.group == member } }
    for folded in entries where !names.contains(folded.entry.group) { names.append(folded.entry.group) }
    guard names.count > 1 else { return nil }
    let memberCount = names.filter(members.contains).count
    if let columnWidth = Self.columnWidth(for: names.count, in: width) {
      groups = names
      self.columnWidth = columnWidth
    } else if memberCount > 0, memberCount < names.count,
      let columnWidth = Self.columnWidth(for: memberCount + 1, in: width)
    {
      groups = Array(names.prefix(memberCount)) + [Self.others]
      self.columnWidth = columnWidth
    } else {
      return nil
    }
    let last = groups.count - 1
    groupOf = Dictionary(names.enumerated().map { ($1, min($0, last)) }) { first, _ in first }
  }

  private static func columnWidth(for count: Int, in width: Int) -> Int? {
    let columnWidth = (width - timeColumn) / count - 3
    return columnWidth >= leastColumn ? columnWidth : nil
  }

  func write(_ entries: [FoldedEntry], on page: inout TerminalPage) {
    row(time: "UTC", groups.enumerated().map { ($0.offset, [$0.element]) }, style: .strong, on: &page)
    var day = ""
    for folded in entries {
      page.day(of: folded, after: &day)
      let entry = folded.entry
      let column = groupOf[entry.group] ?? 0
      let isShared = groups[column] == Self.others
      let text = isShared ? "\(entry.writer): \(folded.summary)" : folded.summary
      let lines = page.visible(text, limit: page.width * 24).wrapped(to: columnWidth, most: 6, ellipsis: page.ellipsis)
      row(time: entry.timeText, [(column, lines)], style: .plain, on: &page)
    }
  }

  private func row(time: String, _ cells: [(column: Int, lines: [String])], style: Style, on page: inout TerminalPage) {
    let separator = page.options.ascii ? " | " : " │ "
    for index in 0..<max(1, cells.map(\.lines.count).max() ?? 1) {
      var runs = [Run(page.cell(index == 0 ? time : "", Self.timeColumn), style)]
      for column in groups.indices {
        let lines = cells.first { $0.column == column }?.lines ?? []
        runs += [Run(separator, .faint), Run(page.cell(index < lines.count ? lines[index] : "", columnWidth), style)]
      }
      page.line(runs)
    }
  }
}

extension TerminalPage {
  /// The events that matter, in time order.
  mutating func timeline(of incident: Incident, in report: Report) {
    guard !incident.timeline.isEmpty else { return }
    let entries = FoldedEntry.fold(incident.timeline)
    heading("Timeline", note: "\(dateText(incident.timeline[0].at)) UTC")
    let members = report.cluster.members.map(\.name)
    if let columns = TimelineColumns(entries: entries, members: members, width: width) {
      columns.write(entries, on: &self)
    } else {
      singleColumn(entries)
    }
  }

  private mutating func singleColumn(_ entries: [FoldedEntry]) {
    let names = min(18, entries.map { visible($0.entry.writer, limit: 100).width }.max() ?? 0)
    var day = ""
    for folded in entries {
      self.day(of: folded, after: &day)
      let entry = folded.entry
      guard !isNarrow else {
        line(Run(cell(entry.timeText, 12) + " "), Run(entry.writer, .faint))
        paragraph(folded.summary, indent: 2, most: 5)
        continue
      }
      let indent = 12 + 2 + names + 2
      for (index, text) in wrapped(folded.summary, indent: indent, most: 5).enumerated() {
        line(
          Run(cell(index == 0 ? entry.timeText : "", 14)),
          Run(cell(index == 0 ? entry.writer : "", names + 2), .faint),
          Run(text)
        )
      }
    }
  }

  /// A line with the date wherever midnight has passed.
  fileprivate mutating func day(of folded: FoldedEntry, after day: inout String) {
    let date = dateText(folded.entry.at)
    if !day.isEmpty, date != day { line(Run(date, .strong)) }
    day = date
  }
}
