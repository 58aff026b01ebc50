import Contract
import Model

/// Says in the report's words how a source's clock stands.
struct ClockSummary {
  let table: ClockTable
  let lanes: [ClockLane]
  let offsets: [ClockOffset]
  let options: ClockOptions

  /// One clock per source.
  func clocks() -> [SourceClock] {
    let lanesOfSource = Dictionary(grouping: lanes, by: \.source)
    let isTimed = table.sources.indices.map { lanesOfSource[$0] != nil }
    return table.sources.indices.map { source in
      let (zone, origin) = zone(of: lanesOfSource[source] ?? [], source: table.sources[source])
      var clock = SourceClock(zone: zone, zoneFrom: origin, offsetFrom: .assumed)
      guard isTimed[source] else { return clock }
      if offsets[source].isReference {
        (clock.offset, clock.lower, clock.upper, clock.offsetFrom) = (0, 0, 0, .reference)
      } else if let main = offsets[source].main {
        clock.offset = Double(main.correction) / 1000
        // The bounds hold for the whole log, however far the clock drifted.
        let gain = main.drift?.largestGain ?? 0
        clock.lower = Self.seconds(main.lower - gain)
        clock.upper = Self.seconds(main.upper + gain)
        clock.offsetFrom = .inferred
      }
      return clock
    }
  }

  /// The zone that most lines of a source are in; what was worked out is told before what the lines say themselves.
  private func zone(of lanes: [ClockLane], source: Source) -> (String, ZoneOrigin) {
    let own = lanes.filter { !$0.isOuter }
    let relevant = own.isEmpty ? lanes : own
    let counted = relevant.filter { $0.origin != nil && $0.mainOffset != nil }
    guard let main = counted.max(by: { $0.marks.count < $1.marks.count }), let offset = main.mainOffset,
      let origin = main.origin
    else { return ("UTC", .assumed) }
    if origin == .option, let name = options.zones[source.name] ?? options.zones["*"] { return (name, origin) }
    return (ClockZone.text(offset: offset), origin)
  }

  private static func seconds(_ bound: Int64) -> Double? {
    bound.magnitude < UInt64(OffsetInterval.unbounded / 2) ? Double(bound) / 1000 : nil
  }

  // MARK: Warnings

  /// What the reader should know, in a fixed order.
  func warnings(isOrdered: [Bool]) -> [String] {
    assumedZones() + guessedDates() + skews() + disorder(isOrdered)
  }

  private func assumedZones() -> [String] {
    let names = names(of: lanes.filter { $0.origin == .assumed && !$0.printsZone && $0.option == nil })
    guard !names.isEmpty else { return [] }
    return ["The times in \(names) name no time zone and nothing tells it; UTC is assumed (--timezone says otherwise)."]
  }

  private func guessedDates() -> [String] {
    let names = names(of: lanes.filter(\.isDateGuessed))
    return names.isEmpty ? [] : ["The times in \(names) carry no date; the day that fits the other logs best is taken."]
  }

  private func names(of lanes: [ClockLane]) -> String {
    let sources = Set(lanes.map(\.source)).sorted().map { table.sources[$0].name }
    guard sources.count > 5 else { return sources.list() }
    return Array(sources.prefix(4)).list() + " and \(sources.count - 4) others"
  }

  private func skews() -> [String] {
    table.sources.indices.flatMap { source -> [String] in
      let segments = offsets[source].segments
      let name = table.sources[source].name
      var warnings: [String] = []
      if segments.count == 1, let only = segments.first, let drift = only.drift, only.isSignificant {
        warnings.append(Self.text(drift, of: name))
      } else if segments.count == 1, let only = segments.first, only.isSignificant {
        let side = only.estimate > 0 ? "ahead of" : "behind"
        warnings.append(
          "The clock of \(name) runs \(Self.text(only.estimate)) s \(side) the others; its times are corrected."
        )
      }
      for index in segments.indices.dropFirst() {
        let (before, after) = (segments[index - 1], segments[index])
        let change = after.estimate - before.estimate
        let mark = table.marks[after.firstMark]
        let at = mark.ownTime.map { " at " + Instant(milliseconds: $0 - after.correction).rfc3339 } ?? ""
        let direction = change > 0 ? "forward" : "back"
        warnings.append("The clock of \(name) was set \(direction) by \(Self.text(change)) s\(at).")
      }
      return warnings
    }
  }

  private static func text(_ drift: ClockDrift, of name: String) -> String {
    let pace = drift.rate > 0 ? "fast" : "slow"
    return "The clock of \(name) runs too \(pace), by \(text(drift.largestGain * 2)) s over its lines; its times are "
      + "corrected."
  }

  private func disorder(_ isOrdered: [Bool]) -> [String] {
    isOrdered.indices.filter { !isOrdered[$0] }.compactMap { input in
      guard let source = table.sources.indices.first(where: { table.inputOfSource[$0] == input }) else { return nil }
      return "The lines of \(table.sources[source].path) are grouped by source, not in the order in which they were "
        + "written; only their own times are used."
    }
  }

  /// Seconds with one digit after the point, without the sign.
  private static func text(_ milliseconds: Int64) -> String {
    let tenths = (milliseconds.magnitude + 50) / 100
    return "\(tenths / 10).\(tenths % 10)"
  }
}
