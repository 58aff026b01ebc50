package import Clocks
package import Model

/// An event with its instant and the member on whose node it happened.
package struct Occurrence: Hashable, Sendable {
  /// Position among all events in time order.
  package let index: Int
  package let timed: TimedEvent
  /// The member whose agent, server or container the line speaks of; nil for proxies, poolers, stores and clients.
  package let member: String?
  // What nearly every question asks first is kept here, so that it costs no look at the event.
  package let kind: EventKind
  /// What the component that wrote the line is to the cluster.
  package let role: ComponentRole

  init(index: Int, timed: TimedEvent, member: String?) {
    self.index = index
    self.timed = timed
    self.member = member
    kind = timed.event.kind
    role = timed.event.role
  }

  package var at: Instant { timed.at }
  package var earliest: Instant { timed.earliest }
  package var latest: Instant { timed.latest }
  package var fields: Fields { timed.event.fields }
  package var source: SourceID { timed.event.source }
  package var component: Component { timed.event.component }
  package var reason: String? { timed.event[.reason] }
  /// The line without its framing.
  package var text: String { timed.event.text }
  /// The width of the interval in which the instant lies, in seconds.
  package var uncertainty: Double { timed.uncertainty }
  /// Whether a server says it about one of its standbys, not about itself.
  package var isSaidByUpstream: Bool { timed.event[.role] == "upstream" }
  /// The routine that came just before and was not kept.
  package var folded: FoldedRun? { timed.event.folded }
  /// Whether the line prints a time of its own.
  package var hasOwnTime: Bool { timed.event.stamp != nil }

  /// The value of a field, or nil if the line did not tell it.
  package subscript(field: Field) -> String? { timed.event[field] }

  package static func == (left: Occurrence, right: Occurrence) -> Bool {
    left.index == right.index && left.timed == right.timed && left.member == right.member
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(index)
    hasher.combine(at)
  }
}

extension Occurrence {
  /// Whether a service manager, not a container runtime, speaks of the agent's unit.
  package var isOfAgentUnit: Bool {
    guard role == .runtime, let name = self[.name], name.contains("patroni") else { return false }
    return reason == "unit" || (kind == .runtimeStateChanged && member.map { name.contains($0) } != true)
  }

  /// Whether a signal ended the agent alone: the server beside it need not have ended with it.
  package var isAgentKilled: Bool {
    kind == .runtimeExited && isOfAgentUnit && self[.signal].map { $0 != "15" } == true
  }
}
