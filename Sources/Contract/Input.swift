package import Model

/// What was read.
package struct Input: Codable, Hashable, Sendable {
  package var sources: [InputSource]
  package var lines: Int
  package var bytes: Int
  /// Lines that a parser claimed, and the continuations of their records.
  package var recognisedLines: Int
  /// Lines that became events.
  package var eventCount: Int
  package var firstAt: Instant?
  package var lastAt: Instant?
  package var warnings: [String]

  package init(
    sources: [InputSource] = [],
    lines: Int = 0,
    bytes: Int = 0,
    recognisedLines: Int = 0,
    eventCount: Int = 0,
    firstAt: Instant? = nil,
    lastAt: Instant? = nil,
    warnings: [String] = []
  ) {
    self.sources = sources
    self.lines = lines
    self.bytes = bytes
    self.recognisedLines = recognisedLines
    self.eventCount = eventCount
    self.firstAt = firstAt
    self.lastAt = lastAt
    self.warnings = warnings
  }

  private enum CodingKeys: String, CodingKey {
    case sources
    case lines
    case bytes
    case recognisedLines = "recognised_lines"
    case eventCount = "event_count"
    case firstAt = "first_at"
    case lastAt = "last_at"
    case warnings
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sources, forKey: .sources)
    try container.encode(lines, forKey: .lines)
    try container.encode(bytes, forKey: .bytes)
    try container.encode(recognisedLines, forKey: .recognisedLines)
    try container.encode(eventCount, forKey: .eventCount)
    try container.encode(firstAt, forKey: .firstAt)
    try container.encode(lastAt, forKey: .lastAt)
    try container.encode(warnings, forKey: .warnings)
  }
}

/// One stream of lines with a clock of its own.
package struct InputSource: Codable, Hashable, Sendable {
  package var name: String
  package var path: String
  package var framing: String
  package var components: [String]
  package var member: String?
  package var lines: Int
  package var recognisedLines: Int
  package var events: Int
  package var firstAt: Instant?
  package var lastAt: Instant?
  package var clock: SourceClock

  package init(
    name: String,
    path: String,
    framing: String,
    components: [String] = [],
    member: String? = nil,
    lines: Int = 0,
    recognisedLines: Int = 0,
    events: Int = 0,
    firstAt: Instant? = nil,
    lastAt: Instant? = nil,
    clock: SourceClock
  ) {
    self.name = name
    self.path = path
    self.framing = framing
    self.components = components
    self.member = member
    self.lines = lines
    self.recognisedLines = recognisedLines
    self.events = events
    self.firstAt = firstAt
    self.lastAt = lastAt
    self.clock = clock
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case path
    case framing
    case components
    case member
    case lines
    case recognisedLines = "recognised_lines"
    case events
    case firstAt = "first_at"
    case lastAt = "last_at"
    case clock
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(path, forKey: .path)
    try container.encode(framing, forKey: .framing)
    try container.encode(components, forKey: .components)
    try container.encode(member, forKey: .member)
    try container.encode(lines, forKey: .lines)
    try container.encode(recognisedLines, forKey: .recognisedLines)
    try container.encode(events, forKey: .events)
    try container.encode(firstAt, forKey: .firstAt)
    try container.encode(lastAt, forKey: .lastAt)
    try container.encode(clock, forKey: .clock)
  }
}

/// How a source's clock stands to the others; every instant of the report is already corrected by it.
package struct SourceClock: Codable, Hashable, Sendable {
  /// Such as `UTC`, `+02:00` or `Europe/Berlin`.
  package var zone: String
  package var zoneFrom: ZoneOrigin
  /// How far the clock is ahead of the others, in seconds.
  package var offset: Double?
  package var lower: Double?
  package var upper: Double?
  package var offsetFrom: OffsetOrigin

  package init(
    zone: String,
    zoneFrom: ZoneOrigin,
    offset: Double? = nil,
    lower: Double? = nil,
    upper: Double? = nil,
    offsetFrom: OffsetOrigin
  ) {
    self.zone = zone
    self.zoneFrom = zoneFrom
    self.offset = offset
    self.lower = lower
    self.upper = upper
    self.offsetFrom = offsetFrom
  }

  private enum CodingKeys: String, CodingKey {
    case zone
    case zoneFrom = "zone_from"
    case offset = "offset_s"
    case lower = "lower_s"
    case upper = "upper_s"
    case offsetFrom = "offset_from"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(zone, forKey: .zone)
    try container.encode(zoneFrom, forKey: .zoneFrom)
    try container.encode(offset, forKey: .offset)
    try container.encode(lower, forKey: .lower)
    try container.encode(upper, forKey: .upper)
    try container.encode(offsetFrom, forKey: .offsetFrom)
  }
}
