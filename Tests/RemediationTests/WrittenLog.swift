import Clocks
import Contract
import Correlation
import Model

/// A log written line by line, one event a second: source, component's role, kind, fields.
struct WrittenLog {
  private var sources: [Source] = []
  private var events: [TimedEvent] = []
  private var second: Int64 = 0
  private let framing: Framing

  init(framing: Framing = .compose) {
    self.framing = framing
  }

  /// The next event; nothing happens in between.
  mutating func add(
    _ source: String,
    _ role: ComponentRole,
    _ kind: EventKind,
    _ fields: KeyValuePairs<Field, String> = [:],
    text: String = "a line"
  ) {
    second += 1
    let index = sourceIndex(source)
    let at = Instant(milliseconds: 1_795_000_000_000 + second * 1000)
    let event = Event(
      kind: kind,
      source: SourceID(index),
      line: events.count + 1,
      arrival: events.count,
      stamp: Stamp(milliseconds: at.milliseconds, zoneOffset: 0),
      component: Component(name: Self.name(of: role), role: role),
      message: "test",
      fields: Fields(fields),
      text: text
    )
    events.append(TimedEvent(event: event, at: at, earliest: at, latest: at))
  }

  /// Heartbeats of a leader and a replica.
  mutating func beat(leader: String, replica: String? = nil, rounds: Int = 4) {
    for _ in 0..<rounds {
      add(leader, .agent, .agentHeartbeat, [.name: leader, .role: "leader"])
      if let replica { add(replica, .agent, .agentHeartbeat, [.name: replica, .role: "replica", .leader: leader]) }
      second += 8
    }
  }

  mutating func pass(seconds: Int64) {
    second += seconds
  }

  var observations: Observations {
    let clock = SourceClock(zone: "UTC", zoneFrom: .explicit, offset: 0, lower: 0, upper: 0, offsetFrom: .reference)
    let sightings = sources.indices.map { index in events.filter { $0.event.source.index == index }.map(\.at) }
    return Observations(
      chronology: Chronology(events: events, clocks: sources.map { _ in clock }, sightings: sightings),
      sources: sources
    )
  }

  private mutating func sourceIndex(_ name: String) -> Int {
    if let index = sources.firstIndex(where: { $0.name == name }) { return index }
    sources.append(Source(name: name, path: "log", input: 0, framing: framing, isNamedByPrefix: framing != .plain))
    return sources.count - 1
  }

  private static func name(of role: ComponentRole) -> String {
    switch role {
    case .agent: "patroni"
    case .server: "postgresql"
    case .operation: "patronictl"
    case .dcs: "etcd"
    default: role.rawValue
    }
  }
}
