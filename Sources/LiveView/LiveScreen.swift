import Contract
package import Live
package import Model

/// The size of a terminal.
package struct ScreenSize: Hashable, Sendable {
  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = max(20, columns)
    self.rows = max(6, rows)
  }
}

/// What a terminal shows of a live run: a pure function of what is known, what was chosen, and the room there is.
package struct LiveScreen {
  let state: LiveState
  let view: ViewState
  let size: ScreenSize
  /// Now, on the clock of the logs.
  let now: Instant?

  package init(state: LiveState, view: ViewState, size: ScreenSize, now: Instant?) {
    self.state = state
    self.view = view
    self.size = size
    self.now = now
  }

  /// The lines of the screen, as many as it has rows.
  package var lines: [ScreenLine] {
    let room = size.rows - 2
    var body: [ScreenLine]
    switch view.page {
    case .overview: body = overview(room)
    case .incident: body = IncidentPanel(screen: self).lines(upTo: room, isWhole: true)
    case .help: body = HelpPanel(screen: self).lines
    }
    body = Array(body.prefix(room))
    while body.count < room { body.append(line()) }
    return [title] + body + [footer]
  }

  /// Cluster and incident take what they need, the latest events the rest.
  private func overview(_ room: Int) -> [ScreenLine] {
    let leastEvents = 4
    var body = ClusterPanel(screen: self).lines(upTo: max(4, room / 3))
    let incident = IncidentPanel(screen: self).lines(upTo: room - body.count - leastEvents, isWhole: false)
    body += incident
    return body + EventsPanel(screen: self).lines(room - body.count)
  }

  private var title: ScreenLine {
    var line = line()
    guard let report = state.report else {
      line.add("failscope", .strong)
      line.add("  waiting for lines")
      return line
    }
    let clock = now.map { String($0.timeOfDay.prefix(8)) + " UTC" } ?? ""
    line.add(report.verdict.status.rawValue.uppercased(), report.verdict.status.screenStyle)
    line.add("  ")
    line.add(upTo: line.room - clock.count - 1, verdictWords(report))
    line.add(right: clock, .faint)
    return line
  }

  /// The verdict as one says it while things go on; what the incident is stands below.
  private func verdictWords(_ report: Report) -> String {
    switch report.verdict.status {
    case .outage:
      let outage = state.open.last { $0.incident.status == .ongoing }?.incident.impact.writeOutage
      let length = outage.flatMap { $0.to == nil ? age($0.from) : nil } ?? ""
      return length.isEmpty ? "Writes do not work" : "Writes have not worked for \(length)"
    case .degraded where state.open.contains { $0.incident.status == .degraded }:
      return "Writes work, redundancy does not"
    case .recovered:
      let count = report.incidents.count
      return "All is well again after \(count == 1 ? "one incident" : "\(count) incidents")"
    case .healthy: return report.cluster.primaryAtEnd.map { "All is well, \($0) leads" } ?? "All is well"
    case .unknown, .degraded: return report.verdict.headline
    }
  }

  /// What the keys do, the most needed last to go where there is little room.
  private static let keys: [(text: String, rank: Int)] = [
    ("q quit", 0), ("space pause", 2), ("↑↓ scroll", 5), ("e line", 4), ("i incident", 3), ("n next", 7),
    ("c filter", 8),
    ("s save", 6), ("? help", 1),
  ]

  private var footer: ScreenLine {
    var line = line()
    if let message = view.message {
      line.add(message, .strong)
      return line
    }
    line.add(view.frozen == nil ? "" : "PAUSED  ", .warning)
    var room = line.room + 2
    let shown = Self.keys.sorted { $0.rank < $1.rank }.prefix { key in
      room -= key.text.count + 2
      return room >= 0
    }
    let last = shown.map(\.rank).max() ?? 0
    line.add(Self.keys.filter { $0.rank <= last }.map(\.text).joined(separator: "  "), .faint)
    return line
  }

  /// An empty line as wide as the screen.
  func line() -> ScreenLine {
    ScreenLine(width: size.columns)
  }

  /// A heading with a rule behind it.
  func heading(_ text: String, _ note: String = "") -> ScreenLine {
    var line = line()
    line.add(text, .strong)
    if !note.isEmpty { line.add("  \(note)", .faint) }
    line.add(" ")
    line.add(String(repeating: "─", count: max(0, line.room)), .faint)
    return line
  }

  /// How long ago something was, in words; empty if the time now is not known.
  func age(_ instant: Instant) -> String {
    guard let now, now >= instant else { return "" }
    return Self.wholeSeconds(now.seconds(since: instant))
  }

  /// A duration in whole seconds, for numbers that grow while one looks.
  static func wholeSeconds(_ seconds: Double) -> String {
    let whole = Int(max(0, min(seconds, 1e9)))
    if whole < 120 { return "\(whole) s" }
    if whole < 7200 { return "\(whole / 60) min \(whole % 60) s" }
    return whole < 172_800 ? "\(whole / 3600) h \(whole / 60 % 60) min" : "\(whole / 86400) d \(whole / 3600 % 24) h"
  }
}
