import Contract
import Model

extension TerminalPage {
  /// Who is in the cluster, and how each member stands at the end of the log.
  mutating func cluster(_ cluster: Cluster) {
    guard !cluster.members.isEmpty else { return }
    heading("Members at the end of the log", note: cluster.name ?? "")
    let columns: [TerminalTable.Column] = [
      .init("member"), .init("role"), .init("state"), .init("TL", right: true), .init("also known as"),
    ]
    TerminalTable(columns: columns, rows: cluster.members.map(\.row)).write(on: &self)
    let facts = [
      cluster.systemIdentifier.map { "system identifier \($0)" }, cluster.dcs.map { "DCS \($0)" },
    ].compactMap { $0 }
    if !facts.isEmpty { paragraph(facts.list(), indent: 2, style: .faint) }
  }

  /// The settings that the log gives away; the rules that they break.
  mutating func settings(_ settings: [ObservedSetting]) {
    guard !settings.isEmpty else { return }
    heading("Settings seen in the log")
    let rows = settings.map { ["\($0.component) \($0.setting)", $0.valueText, $0.from.rawValue] }
    TerminalTable(columns: [.init("setting"), .init("value"), .init("how")], rows: rows).write(on: &self)
    for setting in settings {
      guard let problem = setting.problem else { continue }
      paragraph("Problem: \(setting.component) \(setting.setting): \(problem)", indent: 2, style: .warning, most: 5)
      evidence(setting.evidence, indent: 4, most: 2)
    }
  }

  /// The clocks that are wrong enough to matter, and the zones that were guessed.
  mutating func clocks(_ sources: [InputSource]) {
    let rows = sources.compactMap { source in source.clockNote.map { [source.name, $0] } }
    guard !rows.isEmpty else { return }
    heading("Clocks", note: "times above are corrected")
    TerminalTable(columns: [.init("source"), .init("clock")], rows: rows).write(on: &self)
  }
}

extension Member {
  /// The member as a table row: name, roles, state, timeline, other names.
  var row: [String] {
    let start = words(of: roleAtStart.rawValue)
    let end = words(of: roleAtEnd.rawValue)
    let role = start == end ? end : "\(start) → \(end)"
    return [
      name, role, words(of: stateAtEnd.rawValue), timelineAtEnd.map { String($0) } ?? "?",
      aliases.filter { $0 != name }.list(),
    ]
  }
}

extension ObservedSetting {
  /// The value, or the bounds where only those are known.
  var valueText: String {
    let bounds = lower.flatMap { lower in upper.map { "\(shortNumber(lower)) to \(shortNumber($0))" } }
    switch (value, bounds) {
    case (let value?, let bounds?) where lower != upper: return "\(value) (\(bounds))"
    case (let value?, _): return value
    case (nil, let bounds?): return bounds
    case (nil, nil): return "?"
    }
  }
}

extension InputSource {
  /// What a reader has to know about the clock; nil if it is in order, or if no line of the source has a time.
  var clockNote: String? { firstAt == nil ? nil : clock.note }
}

extension SourceClock {
  /// The least offset in seconds that is worth a line.
  private static let leastOffset = 0.2

  /// What a reader has to know about the clock; nil if it is in order.
  var note: String? {
    var parts: [String] = []
    if let offset, abs(offset) >= Self.leastOffset, (lower ?? offset) > 0 || (upper ?? offset) < 0 {
      parts.append(durationText(abs(offset)) + (offset > 0 ? " ahead of the others" : " behind the others") + bounds)
    }
    if zone != "UTC", zone != "+00:00", zone != "Z" { parts.append("zone \(zone) (\(zoneFrom.rawValue))") }
    if zoneFrom == .assumed { parts.append("zone not told by the log, \(zone) taken") }
    return parts.isEmpty ? nil : parts.list(separator: "; ")
  }

  private var bounds: String {
    guard let lower, let upper, upper - lower >= 0.1 else { return "" }
    return " (\(durationText(min(abs(lower), abs(upper)))) to \(durationText(max(abs(lower), abs(upper)))))"
  }
}
