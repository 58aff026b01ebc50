import Clocks
import Contract
import Model

@testable import Correlation

/// Events written as lines of text, so that a test reads as the story that it tells:
/// `10:00:05.2 pg1 server.shutdown_requested mode=fast`.
///
/// An instant with bounds is `10:00:05.2~0.5`: half a second both ways.
struct Transcript {
  let observations: Observations

  init(_ text: String) {
    var sources: [Source] = []
    var events: [TimedEvent] = []
    var sightings: [[Instant]] = []
    for (number, line) in text.split(separator: "\n").enumerated() {
      let words = line.split(separator: " ").map(String.init)
      let time = line.prefix { $0 != " " }.split(separator: "~").map(String.init)
      guard words.count >= 3, let kind = EventKind(rawValue: words[2]), let at = time.first.flatMap(Self.instant) else {
        continue
      }
      let doubt = time.count > 1 ? Double(time[1]) ?? 0 : 0
      let name = words[1]
      if !sources.contains(where: { $0.name == name }) {
        sources.append(Source(name: name, path: "log", input: 0, framing: .compose, isNamedByPrefix: true))
        sightings.append([])
      }
      let index = sources.firstIndex { $0.name == name } ?? 0
      sightings[index].append(at)
      let event = Event(
        kind: kind,
        source: SourceID(index),
        line: number + 1,
        arrival: number,
        stamp: Stamp(milliseconds: at.milliseconds, zoneOffset: 0),
        component: Self.component(of: kind, in: name),
        message: "test",
        fields: Self.fields(words.dropFirst(3)),
        text: String(line)
      )
      events.append(
        TimedEvent(
          event: event,
          at: at,
          earliest: at.advanced(bySeconds: -doubt),
          latest: at.advanced(bySeconds: doubt)
        )
      )
    }
    events.sort { ($0.at, $0.event.arrival) < ($1.at, $1.event.arrival) }
    let clock = SourceClock(zone: "UTC", zoneFrom: .explicit, offset: 0, lower: 0, upper: 0, offsetFrom: .reference)
    let chronology = Chronology(
      events: events,
      clocks: sources.map { _ in clock },
      sightings: sightings.map { $0.sorted() },
      warnings: []
    )
    observations = Observations(chronology: chronology, sources: sources)
  }

  var log: CorrelatedLog { log(whatIf: "") }

  /// The log with settings that are asked about, as they are typed.
  func log(whatIf settings: String) -> CorrelatedLog {
    let hypotheses = settings.isEmpty ? [] : (try? HypotheticalSetting.list(settings)) ?? []
    return log(CorrelationOptions(hypotheses: hypotheses))
  }

  /// The log with what is known of lines before and after it.
  func log(_ options: CorrelationOptions) -> CorrelatedLog {
    CorrelatedLog(observations: observations, summaries: [], options: options)
  }

  /// Today at a time of day.
  static func instant(_ clock: String) -> Instant? {
    Instant(rfc3339: "2026-11-23T\(clock.count < 8 ? clock + ":00" : clock)Z")
  }

  private static func fields(_ words: ArraySlice<String>) -> Fields {
    var fields = Fields()
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let field = Field(rawValue: parts[0]) else { continue }
      fields[field] = parts[1].replacing("_", with: field == .error ? " " : "_")
    }
    return fields
  }

  private static func component(of kind: EventKind, in source: String) -> Component {
    let family = kind.rawValue.prefix { $0 != "." }
    switch family {
    case "agent", "leader", "candidate", "rewind", "clone", "bootstrap": return Component(name: "patroni", role: .agent)
    case "dcs":
      return source.hasPrefix("etcd") ? Component(name: "etcd", role: .dcs) : Component(name: "patroni", role: .agent)
    case "operator", "cluster":
      return source.hasPrefix("pg")
        ? Component(name: "patroni", role: .agent) : Component(name: "patronictl", role: .operation)
    case "proxy": return Component(name: "haproxy", role: .proxy)
    case "pooler": return Component(name: "pgbouncer", role: .pooler)
    case "client": return Component(name: "monitor", role: .client)
    case "runtime": return Component(name: "runtime", role: .runtime)
    default: return Component(name: "postgresql", role: .server)
    }
  }

  /// Heartbeats of a leader and its replicas, and a client's writes once a second, from one second of a minute to another.
  static func healthy(_ minute: String, from: Int, to: Int, leader: String, replicas: [String], client: Bool = true)
    -> String
  {
    var lines: [String] = []
    for second in from...to {
      let at = "\(minute):\(CivilTime.padded(second, 2))"
      if second % 3 == 0 {
        lines.append("\(at).100 \(leader) agent.heartbeat name=\(leader) role=leader")
        for replica in replicas {
          lines.append("\(at).200 \(replica) agent.heartbeat name=\(replica) role=replica leader=\(leader)")
        }
      }
      if client { lines.append("\(at).500 monitor client.write_succeeded row_id=\(second)") }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
