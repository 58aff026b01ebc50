import Clocks
import Model

/// How a source prints its times, and how its clock stands.
struct Style {
  /// Seconds east of Greenwich.
  var zone: Int64 = 0
  var printsZone = true
  var missing = Stamp.Missing.nothing
  var resolution: UInt16 = 1
  /// Milliseconds that the clock is ahead.
  var skew: Int64 = 0

  func stamp(_ time: Int64, zone other: Int64? = nil) -> Stamp {
    let wall = time + skew + (other ?? zone) * 1000
    var digits = wall - wall.positiveRemainder(Int64(resolution))
    switch missing {
    case .nothing: break
    case .year:
      var civil = CivilTime(milliseconds: digits)
      civil.year = 1972
      digits = civil.milliseconds
    case .date: digits = digits.positiveRemainder(CivilTime.millisecondsPerDay)
    }
    return Stamp(
      milliseconds: digits,
      missing: missing,
      zoneOffset: printsZone ? Int32(other ?? zone) : nil,
      resolution: resolution
    )
  }
}

extension Int64 {
  func positiveRemainder(_ divisor: Int64) -> Int64 { (self % divisor + divisor) % divisor }
}

/// Writes logs whose truth is known: lines with their true times, in the order of arrival unless told otherwise.
struct LogWriter {
  struct Line {
    var source: Int
    var time: Int64
    var arrivesAt: Int64
    var stamp: Stamp?
    var outer: Stamp?
    var event: EventKind?
    var role: ComponentRole
    var fields: Fields
  }

  /// 2026-11-23T01:50:00Z.
  static let start: Int64 = 1_795_398_600_000

  private(set) var sources: [Source] = []
  private(set) var styles: [Style] = []
  private(set) var lines: [Line] = []
  /// Whether the lines of each source stand together.
  var isGrouped = false
  var options = ClockOptions()

  mutating func source(
    _ name: String,
    _ style: Style = Style(),
    input: Int = 0,
    framing: Framing = .compose
  ) -> Int {
    sources.append(
      Source(name: name, path: "input\(input)", input: input, framing: framing, isNamedByPrefix: framing != .plain)
    )
    styles.append(style)
    return sources.count - 1
  }

  /// Adds a line written `time` milliseconds after the start, which arrives `delay` later.
  mutating func line(
    _ source: Int,
    _ time: Int64,
    delay: Int64 = 1,
    style: Style? = nil,
    zone: Int64? = nil,
    isStamped: Bool = true,
    outer: Style? = nil,
    event: EventKind? = .agentHeartbeat,
    role: ComponentRole = .agent,
    fields: Fields = Fields()
  ) {
    let now = Self.start + time
    lines.append(
      Line(
        source: source,
        time: now,
        arrivesAt: now + delay,
        stamp: isStamped ? (style ?? styles[source]).stamp(now, zone: zone) : nil,
        outer: outer?.stamp(now + delay),
        event: event,
        role: role,
        fields: fields
      )
    )
  }

  /// Adds a line every `interval` milliseconds, from `first` until just before `last`.
  mutating func ticks(
    _ source: Int,
    every interval: Int64,
    from first: Int64 = 0,
    to last: Int64,
    jitter: Int64 = 1,
    event: EventKind? = nil
  ) {
    var seed = UInt64(source + 1)
    for time in stride(from: first, to: last, by: Int64.Stride(interval)) {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      line(source, time + Int64(seed >> 33) % max(1, jitter), event: event)
    }
  }

  /// The true time of every event, by its text.
  private(set) var truth: [String: Int64] = [:]

  mutating func chronology() -> Chronology {
    let sorted = lines.enumerated().sorted { left, right in
      let (first, second) = (left.element, right.element)
      let (firstInput, secondInput) = (sources[first.source].input, sources[second.source].input)
      if firstInput != secondInput { return firstInput < secondInput }
      if isGrouped, first.source != second.source { return first.source < second.source }
      return (first.arrivesAt, left.offset) < (second.arrivesAt, right.offset)
    }
    var events: [Event] = []
    var readings: [ClockReading] = []
    for (arrival, (_, line)) in sorted.enumerated() {
      let source = SourceID(line.source)
      if let kind = line.event {
        truth["\(arrival)"] = line.time
        events.append(
          Event(
            kind: kind,
            source: source,
            line: arrival + 1,
            arrival: arrival,
            stamp: line.stamp,
            outer: line.outer,
            component: Component(name: "test", role: line.role),
            message: "test.message",
            fields: line.fields,
            text: "\(arrival)"
          )
        )
      } else if line.stamp != nil || line.outer != nil {
        readings.append(
          ClockReading(source: source, line: arrival + 1, arrival: arrival, stamp: line.stamp, outer: line.outer)
        )
      }
    }
    return Clocks.chronology(of: events, readings: readings, sources: sources, options: options)
  }

  /// Milliseconds by which the events' instants miss the truth, by more than their interval allows.
  func misplaced(_ chronology: Chronology, slack: Int64 = 0) -> [Int64] {
    chronology.events.compactMap { timed in
      guard let time = truth[timed.event.text] else { return nil }
      if time < timed.earliest.milliseconds - slack { return timed.earliest.milliseconds - time }
      if time > timed.latest.milliseconds + slack { return timed.latest.milliseconds - time }
      return nil
    }
  }
}
