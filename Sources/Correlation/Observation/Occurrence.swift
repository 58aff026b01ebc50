package import Clocks
package import Model

/// An event with its instant and the member on whose node it happened.
package struct Occurrence: Hashable, Sendable {
  /// Position among all events in time order.
  package let index: Int
  package let timed: TimedEvent
  /// The member whose agent, server or container the line speaks of; nil for proxies, poolers, stores and clients.
  package let member: String?

  package var kind: EventKind { timed.event.kind }
  package var at: Instant { timed.at }
  package var earliest: Instant { timed.earliest }
  package var latest: Instant { timed.latest }
  package var fields: Fields { timed.event.fields }
  package var source: SourceID { timed.event.source }
  package var component: Component { timed.event.component }
  package var reason: String? { timed.event.fields[.reason] }
  /// The line without its framing.
  package var text: String { timed.event.text }
  /// The width of the interval in which the instant lies, in seconds.
  package var uncertainty: Double { timed.uncertainty }
  /// Whether a server says it about one of its standbys, not about itself.
  package var isSaidByUpstream: Bool { timed.event.fields[.role] == "upstream" }
  /// Whether the line prints a time of its own.
  package var hasOwnTime: Bool { timed.event.stamp != nil }
}

extension Occurrence {
  /// Whether a service manager, not a container runtime, speaks of the agent's unit.
  package var isOfAgentUnit: Bool {
    guard component.role == .runtime, let name = fields[.name], name.contains("patroni") else { return false }
    return reason == "unit" || (kind == .runtimeStateChanged && member.map { name.contains($0) } != true)
  }

  /// Whether a signal ended the agent alone: the server beside it need not have ended with it.
  package var isAgentKilled: Bool {
    kind == .runtimeExited && isOfAgentUnit && fields[.signal].map { $0 != "15" } == true
  }
}

/// All occurrences in time order, with an index by kind.
package struct Occurrences: Sendable {
  package let all: [Occurrence]
  private let byKind: [EventKind: [Int]]

  package init(_ all: [Occurrence]) {
    self.all = all
    var byKind: [EventKind: [Int]] = [:]
    for (position, occurrence) in all.enumerated() { byKind[occurrence.kind, default: []].append(position) }
    self.byKind = byKind
  }

  /// The occurrences of some kinds, of one member if one is named, in a window if one is given, in time order.
  package func of(_ kinds: EventKind..., member: String? = nil, in window: Window = .always) -> [Occurrence] {
    of(kinds, member: member, in: window)
  }

  /// The occurrences of some kinds, of one member if one is named, in a window if one is given, in time order.
  package func of(_ kinds: [EventKind], member: String? = nil, in window: Window = .always) -> [Occurrence] {
    var positions: [Int] = []
    for kind in kinds {
      guard let candidates = byKind[kind] else { continue }
      positions += candidates.filter { position in
        let occurrence = all[position]
        return window.contains(occurrence.at) && (member == nil || occurrence.member == member)
      }
    }
    if kinds.count > 1 { positions.sort() }
    return positions.map { all[$0] }
  }

  /// The first occurrence of some kinds in a window.
  package func first(_ kinds: EventKind..., member: String? = nil, in window: Window = .always) -> Occurrence? {
    of(kinds, member: member, in: window).first
  }

  /// The last occurrence of some kinds in a window.
  package func last(_ kinds: EventKind..., member: String? = nil, in window: Window = .always) -> Occurrence? {
    of(kinds, member: member, in: window).last
  }

  /// Whether any of the kinds occurs in a window.
  package func contains(_ kinds: EventKind..., member: String? = nil, in window: Window = .always) -> Bool {
    !of(kinds, member: member, in: window).isEmpty
  }
}
