import Clocks
import Model

/// Who speaks in each source.
struct SourceVoices {
  /// By the index of the source.
  private(set) var all: [SourceVoice]

  /// Listens to all events.
  ///
  /// - Parameters:
  ///   - events: in any order.
  ///   - count: how many sources there are at least.
  init(in events: [TimedEvent], sources count: Int) {
    all = Array(repeating: SourceVoice(), count: count)
    for position in events.indices {
      let index = events[position].event.source.index
      while all.count <= index { all.append(SourceVoice()) }
      if index >= 0 { all[index].hear(events[position].event) }
    }
    for index in all.indices { all[index].countLatest() }
  }
}

/// Who speaks in one source.
struct SourceVoice {
  /// What the agents in it call themselves, and how often.
  private(set) var names: [String: Int] = [:]
  /// Whether nothing in it became an event.
  private(set) var isSilent = true
  /// What the components of the store in it are called.
  private(set) var stores: Set<String> = []
  /// Whether an agent speaks in it.
  private(set) var isAgents = false
  private var hasServersTime = false
  private var hasFailedStart = false
  private var isOperated = false
  /// The name that was heard last, and how often it is not counted yet: one agent says its name very many times.
  private var latest = (name: "", count: 0)
  private var latestStore = ""

  /// Whether it holds a server's lines: a tool's output pasted into some file has no time of its own and is no
  /// member's log.
  var isServers: Bool { hasServersTime || hasFailedStart && !isOperated }

  /// The one name that agents in it give, but for a few lines; nil if several speak.
  var name: String? {
    let ranked = names.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard let best = ranked.first, ranked.count == 1 || ranked[1].value * 10 < best.value else { return nil }
    return best.key
  }

  fileprivate mutating func hear(_ event: Event) {
    isSilent = false
    switch event.role {
    case .agent:
      isAgents = true
      if let name = event[.name] { hear(name) } else { hearServer(event) }
    case .server: hearServer(event)
    case .operation: isOperated = true
    case .dcs: hear(store: event.component.name)
    case .proxy, .pooler, .client, .runtime: break
    }
  }

  private mutating func hear(_ name: String) {
    if latest.count > 0, latest.name != name { countLatest() }
    latest = (name, latest.count + 1)
  }

  private mutating func hear(store name: String) {
    guard latestStore != name else { return }
    latestStore = name
    stores.insert(name)
  }

  private mutating func hearServer(_ event: Event) {
    if hasServersTime { return }
    hasServersTime = event.stamp != nil
    hasFailedStart = hasFailedStart || event.kind == .agentStartFailed
  }

  fileprivate mutating func countLatest() {
    guard latest.count > 0 else { return }
    names[latest.name, default: 0] += latest.count
    latest = ("", 0)
  }
}
