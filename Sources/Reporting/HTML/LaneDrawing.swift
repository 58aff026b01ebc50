import Contract
import Model

/// Draws swimlanes as SVG, complete without a script; the script moves the parts when somebody zooms.
struct LaneDrawing {
  /// The width of the part that has a time axis, in units of the drawing.
  static let plotWidth = 980.0
  private static let plotLeft = 130.0
  private static let width = 1120.0
  private static let rowHeight = 20.0
  private static let marksHeight = 24.0
  private static let top = 40.0

  private let chart: LaneChart
  private let identifier: String

  init(_ chart: LaneChart, identifier: String) {
    self.chart = chart
    self.identifier = identifier
  }

  /// The chart with its tools and the panel for evidence.
  var markup: String {
    let label = "Swimlanes of the incident; arrow keys go from event to event, Enter shows the log lines"
    let svg = """
      <svg viewBox="0 0 \(Self.text(Self.width)) \(Self.text(height + 6))" role="group" aria-label="\(label)" \
      data-left="\(Self.text(Self.plotLeft))" data-width="\(Self.text(Self.plotWidth))" data-height="\(Self.text(height))">
      \(patterns)<g class="ticks">\(ticks)</g>
      \(windows)\(laneMarkup)</svg>
      """
    return """
      <div class="chart" data-from="\(chart.home.from.milliseconds)" data-to="\(chart.home.to.milliseconds)" \
      data-first="\(chart.full.from.milliseconds)" data-last="\(chart.full.to.milliseconds)">
      \(tools)
      <div class="plot">\(svg)</div>
      <div class="evidence-panel requires-script" role="status" aria-live="polite">Select an event to see its log lines.</div>
      </div>
      """
  }

  private var tools: String {
    let buttons = [
      ("in", "Zoom in"), ("out", "Zoom out"), ("left", "Earlier"), ("right", "Later"), ("home", "Outage"),
      ("all", "All"),
    ].map { "<button type=\"button\" data-act=\"\($0.0)\">\($0.1)</button>" }
    return "<div class=\"tools requires-script\">\(buttons.joined())"
      + "<span class=\"soft\">drag to move, Shift and wheel to zoom</span></div>"
  }

  // MARK: - Geometry

  private var laneHeights: [Double] {
    chart.lanes.map { Double($0.rows) * Self.rowHeight + Self.marksHeight + ($0.operations.isEmpty ? 0 : 16) + 8 }
  }

  private var height: Double { laneHeights.reduce(Self.top, +) }

  private func x(_ instant: Instant) -> Double {
    let span = max(0.001, chart.home.to.seconds(since: chart.home.from))
    let share = instant.seconds(since: chart.home.from) / span
    return Self.plotLeft + min(1, max(0, share)) * Self.plotWidth
  }

  private func isShown(_ from: Instant, _ to: Instant) -> Bool { to >= chart.home.from && from <= chart.home.to }

  private static func text(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  // MARK: - Parts

  private var patterns: String {
    """
    <defs><pattern id="\(identifier)-outage" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <line class="hatch" x1="0" y1="0" x2="0" y2="8" stroke-opacity="0.28"/></pattern>\
    <pattern id="\(identifier)-readonly" width="8" height="8" patternUnits="userSpaceOnUse">\
    <circle class="dots" cx="2" cy="2" r="1" fill-opacity="0.5"/></pattern></defs>
    """
  }

  private var ticks: String {
    let span = chart.home.to.seconds(since: chart.home.from)
    return (0...6).map { number in
      let instant = chart.home.from.advanced(bySeconds: span * Double(number) / 6)
      let place = Self.text(x(instant))
      let anchor = number == 0 ? "start" : number == 6 ? "end" : "middle"
      return "<line class=\"grid\" x1=\"\(place)\" x2=\"\(place)\" y1=\"18\" y2=\"\(Self.text(height))\"/>"
        + "<text class=\"axis\" text-anchor=\"\(anchor)\" x=\"\(place)\" y=\"12\">\(coarseClockText(instant))</text>"
    }.joined()
  }

  private var windows: String {
    band(chart.incident.impact.writeOutage, name: "no writes", style: "outage", y: 18)
      + band(chart.incident.impact.readOnlyWindow, name: "writes refused as read-only", style: "readonly", y: 30)
  }

  private func band(_ window: ImpactWindow?, name: String, style: String, y: Double) -> String {
    guard let window else { return "" }
    let to = window.to ?? chart.full.to
    let label = "\(name), \(window.lengthText)"
    return rectangle(
      style,
      from: window.from,
      to: to,
      y: y,
      height: height - y,
      title: label,
      fill: "\(identifier)-\(style)"
    )
      + caption(label, from: window.from, to: to, y: y + 11)
  }

  private var laneMarkup: String {
    var y = Self.top
    return zip(chart.lanes, laneHeights).map { lane, laneHeight in
      defer { y += laneHeight }
      return
        "<line class=\"lane\" x1=\"0\" x2=\"\(Self.text(Self.width))\" y1=\"\(Self.text(y))\" y2=\"\(Self.text(y))\"/>"
        + "<text class=\"name\" x=\"4\" y=\"\(Self.text(y + 17))\">\(HTMLText.escaped(lane.name, limit: 18))</text>\n"
        + lane.bars.map { bar($0, y: y + 4) }.joined(separator: "\n")
        + lane.marks.map { mark($0, y: y + 4 + Double(lane.rows) * Self.rowHeight + 12) }.joined(separator: "\n")
        + operations(lane, y: y + laneHeight - 20)
    }.joined(separator: "\n")
  }

  private func bar(_ bar: LaneChart.Bar, y: Double) -> String {
    let phase = bar.phase
    let to = phase.to ?? chart.full.to
    let place = y + Double(bar.row) * Self.rowHeight
    let label = "\(phase.label), \(phase.tookText)"
    let lines = phase.evidence.prefix(4).map { "\($0.place)  \(VisibleText($0.text, limit: 600).text)" }
    var markup = rectangle(
      phase.slack == 0 ? "phase path" : "phase",
      from: phase.from,
      to: to,
      y: place,
      height: Self.rowHeight - 4,
      title: "\(label): \(phase.explanation)",
      lines: Array(lines)
    )
    if let slack = phase.slack, slack > 0, phase.to != nil {
      markup += rectangle(
        "slack",
        from: to,
        to: to.advanced(bySeconds: slack),
        y: place,
        height: Self.rowHeight - 4,
        title: "\(durationText(slack)) of slack"
      )
    }
    return markup + caption(phase.name.label, from: phase.from, to: to, y: place + 12)
  }

  private func rectangle(
    _ style: String,
    from: Instant,
    to: Instant,
    y: Double,
    height: Double,
    title: String,
    lines: [String]? = nil,
    fill: String? = nil
  ) -> String {
    let visibility = isShown(from, to) ? "visible" : "hidden"
    let evidence = lines.map { " data-lines=\"\(HTMLText.escaped(Self.list($0), limit: 8_000))\"" } ?? ""
    let role = lines == nil ? "" : " role=\"button\" aria-label=\"\(HTMLText.escaped(title, limit: 400))\""
    let pattern = fill.map { " fill=\"url(#\($0))\"" } ?? ""
    return
      "<rect class=\"\(style)\"\(role)\(evidence)\(pattern) data-a=\"\(from.milliseconds)\" data-b=\"\(to.milliseconds)\" "
      + "x=\"\(Self.text(x(from)))\" width=\"\(Self.text(max(1.5, x(to) - x(from))))\" y=\"\(Self.text(y))\" "
      + "height=\"\(Self.text(height))\" visibility=\"\(visibility)\"><title>\(HTMLText.escaped(title, limit: 400))</title></rect>"
  }

  /// A label at the start of a bar; near the right edge it ends there instead.
  private func caption(_ text: String, from: Instant, to: Instant, y: Double) -> String {
    let visibility = isShown(from, to) ? "visible" : "hidden"
    let right = Self.plotLeft + Self.plotWidth
    let isAtEdge = x(from) > right - Double(text.count) * 6.6
    return "<text class=\"note\" aria-hidden=\"true\" data-a=\"\(from.milliseconds)\" data-b=\"\(to.milliseconds)\" "
      + "x=\"\(Self.text(isAtEdge ? right - 3 : x(from) + 3))\" y=\"\(Self.text(y))\"\(isAtEdge ? " text-anchor=\"end\"" : "") "
      + "visibility=\"\(visibility)\" pointer-events=\"none\">\(HTMLText.escaped(text, limit: 80))</text>"
  }

  private func mark(_ entry: TimelineEntry, y: Double) -> String {
    let tone = MarkTone(kind: entry.kind)
    let visibility = isShown(entry.at, entry.at) ? "visible" : "hidden"
    let label = "\(entry.timeText) \(entry.writer): \(entry.summary)"
    let line = Self.list(["\(entry.evidence.place)  \(VisibleText(entry.evidence.text, limit: 600).text)"])
    return whisker(entry, y: y)
      + "<g class=\"mark \(tone.rawValue)\" role=\"button\" aria-label=\"\(HTMLText.escaped(label, limit: 400))\" "
      + "data-a=\"\(entry.at.milliseconds)\" data-y=\"\(Self.text(y))\" data-lines=\"\(HTMLText.escaped(line, limit: 8_000))\" "
      + "transform=\"translate(\(Self.text(x(entry.at))) \(Self.text(y)))\" visibility=\"\(visibility)\">"
      + "<title>\(HTMLText.escaped(label, limit: 400))</title><path d=\"\(tone.shape)\"/></g>"
  }

  /// How uncertain the clock is, as a line through the mark.
  private func whisker(_ entry: TimelineEntry, y: Double) -> String {
    guard entry.uncertainty >= coarseUncertainty else { return "" }
    let from = entry.at.advanced(bySeconds: -entry.uncertainty)
    let to = entry.at.advanced(bySeconds: entry.uncertainty)
    let visibility = isShown(from, to) ? "visible" : "hidden"
    return
      "<line class=\"whisker\" data-a=\"\(from.milliseconds)\" data-b=\"\(to.milliseconds)\" x1=\"\(Self.text(x(from)))\" "
      + "x2=\"\(Self.text(x(to)))\" y1=\"\(Self.text(y))\" y2=\"\(Self.text(y))\" visibility=\"\(visibility)\"/>"
  }

  /// Successes as short strokes above, failures as long ones below: the strip reads without colour.
  private func operations(_ lane: LaneChart.Lane, y: Double) -> String {
    lane.operations.map { operation in
      let place = Self.text(x(operation.at))
      let (from, to) = operation.isSuccess ? (y, y + 5) : (y + 3, y + 16)
      let visibility = isShown(operation.at, operation.at) ? "visible" : "hidden"
      return "<line class=\"\(operation.isSuccess ? "success" : "failure")\" data-a=\"\(operation.at.milliseconds)\" "
        + "x1=\"\(place)\" x2=\"\(place)\" y1=\"\(Self.text(from))\" y2=\"\(Self.text(to))\" visibility=\"\(visibility)\"/>"
    }.joined()
  }

  private static func list(_ lines: [String]) -> String { JSONValue.array(lines.map { .string($0) }).line }
}

/// What an event means for the cluster, as a shape: good and bad differ without colour.
enum MarkTone: String {
  case good
  case bad
  case turn
  case plain

  init(kind: String) {
    if Self.goodKinds.contains(kind) {
      self = .good
    } else if Self.badKinds.contains(kind) || kind.hasPrefix("fault.") {
      self = .bad
    } else {
      self = ["leader", "promotion", "timeline", "operator"].contains(kind.prefix { $0 != "." }) ? .turn : .plain
    }
  }

  /// A triangle pointing up, a cross, a diamond or a circle around the origin.
  var shape: String {
    switch self {
    case .good: "M0 -6L6 5L-6 5Z"
    case .bad: "M-5 -5L5 5M5 -5L-5 5"
    case .turn: "M0 -6L6 0L0 6L-6 0Z"
    case .plain: "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0 -4 0Z"
    }
  }

  private static let goodKinds: Set<String> = [
    "server.ready", "proxy.server_up", "client.restored", "replication.streaming", "rewind.succeeded",
    "clone.succeeded", "bootstrap.succeeded", "dcs.leader_elected",
  ]

  private static let badKinds: Set<String> = [
    "runtime.exited", "server.backend_crashed", "server.start_failed", "proxy.no_server", "proxy.server_down",
    "client.write_failed", "client.read_failed", "dcs.quorum_lost", "dcs.unreachable", "replication.broken",
    "rewind.failed", "clone.failed", "promotion.failed", "timeline.diverged", "leader.renew_failed", "leader.lost",
    "agent.server_down", "replication.wal_missing",
  ]
}
