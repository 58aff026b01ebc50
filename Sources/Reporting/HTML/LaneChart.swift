import Contract
import Model

/// An incident as swimlanes: a lane a member, and one each for DCS, proxy, pooler and clients, against one time axis.
struct LaneChart {
  struct Bar {
    let phase: Phase
    let row: Int
  }

  struct Lane {
    let name: String
    var bars: [Bar] = []
    var marks: [TimelineEntry] = []
    /// A client's operations: when, and whether they succeeded.
    var operations: [(at: Instant, isSuccess: Bool)] = []

    /// How many rows of bars lie above the marks.
    var rows: Int { (bars.map(\.row).max() ?? -1) + 1 }
  }

  let incident: Incident
  private(set) var lanes: [Lane] = []
  /// The span that is drawn first.
  let home: (from: Instant, to: Instant)
  /// The span of everything in the chart.
  let full: (from: Instant, to: Instant)

  /// More operations than this are thinned: the strip stays a strip.
  private static let mostOperations = 1_500

  init(incident: Incident, events: [PageEvent], members: [String]) {
    self.incident = incident
    let span = PhaseChart.axis(of: incident)
    let margin = max(1, span.1.seconds(since: span.0) * 0.04)
    home = (span.0.advanced(bySeconds: -margin), span.1.advanced(bySeconds: margin))
    let ends = incident.timeline.map(\.at) + incident.phases.compactMap(\.to) + [span.0, span.1]
    full = (
      min(ends.min() ?? span.0, home.from).advanced(bySeconds: -margin),
      max(ends.max() ?? span.1, home.to).advanced(bySeconds: margin)
    )
    addLanes(members: members)
    for phase in incident.phases { add(phase) }
    for entry in incident.timeline { lanes[index(of: Self.laneName(of: entry))].marks.append(entry) }
    addOperations(events)
    lanes.removeAll { $0.bars.isEmpty && $0.marks.isEmpty && $0.operations.isEmpty }
  }

  // MARK: - Filling

  private mutating func addLanes(members: [String]) {
    lanes = (members + ["DCS", "proxy", "pooler", "clients"]).map { Lane(name: $0) }
  }

  private mutating func index(of name: String) -> Int {
    if let found = lanes.firstIndex(where: { $0.name == name }) { return found }
    lanes.append(Lane(name: name))
    return lanes.count - 1
  }

  private mutating func add(_ phase: Phase) {
    let lane = index(of: Self.laneName(of: phase))
    let taken = lanes[lane].bars.filter { bar in
      let end = bar.phase.to ?? full.to
      let reach = labelReach(of: bar.phase)
      return phase.from < max(end, reach)
        && (phase.to.map { max($0, labelReach(of: phase)) } ?? full.to) > bar.phase.from
    }.map(\.row)
    let row = (0...).first { !taken.contains($0) } ?? 0
    lanes[lane].bars.append(Bar(phase: phase, row: row))
  }

  /// Until when the label of a bar reaches, as the chart is drawn first.
  private func labelReach(of phase: Phase) -> Instant {
    let span = home.to.seconds(since: home.from)
    return phase.from.advanced(bySeconds: span * Double(phase.name.label.count + 3) * 6.6 / LaneDrawing.plotWidth)
  }

  private mutating func addOperations(_ events: [PageEvent]) {
    let operations = events.filter { $0.kind.hasPrefix("client.") && $0.at >= full.from && $0.at <= full.to }
    let stride = max(1, operations.count / Self.mostOperations)
    let lane = index(of: "clients")
    for (number, event) in operations.enumerated() {
      let isSuccess = event.kind.hasSuffix("_succeeded")
      guard isSuccess || event.kind.hasSuffix("_failed") else { continue }
      if !isSuccess || number % stride == 0 { lanes[lane].operations.append((event.at, isSuccess)) }
    }
  }

  // MARK: - Where things belong

  private static func laneName(of entry: TimelineEntry) -> String {
    if let name = laneOfTopic[String(entry.kind.prefix { $0 != "." })] { return name }
    if let member = entry.member { return member }
    return entry.kind.hasPrefix("dcs.") ? "DCS" : entry.source
  }

  private static let laneOfTopic = ["proxy": "proxy", "pooler": "pooler", "client": "clients"]

  private static func laneName(of phase: Phase) -> String {
    switch phase.name {
    case .routingOutage, .routingSwitch, .readOnlyWindow: "proxy"
    case .poolReconnect: "pooler"
    case .clientRecovery: "clients"
    case .dcsOutage where phase.member == nil: "DCS"
    case .detection, .election, .promotion, .dcsOutage, .dualPrimary, .unmanagedPrimary, .demotion, .stall, .failsafe,
      .timelineSplit, .rejoin, .redundancyLost:
      phase.member ?? "cluster"
    }
  }
}
