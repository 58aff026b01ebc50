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
  /// The routine that came just before and was not kept.
  package var folded: FoldedRun? { timed.event.folded }
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

/// All occurrences in time order, with indices by kind and member, so that a question costs what its answer holds.
package struct Occurrences: Sendable {
  package let all: [Occurrence]
  private let byKind: [EventKind: [Int]]
  private let byMember: [String: [Int]]
  private let byKindOfMember: [MemberKind: [Int]]

  private struct MemberKind: Hashable {
    var member: String
    var kind: EventKind
  }

  package init(_ all: [Occurrence]) {
    self.all = all
    var byKind: [EventKind: [Int]] = [:]
    var byMember: [String: [Int]] = [:]
    var byKindOfMember: [MemberKind: [Int]] = [:]
    for (position, occurrence) in all.enumerated() {
      byKind[occurrence.kind, default: []].append(position)
      guard let member = occurrence.member else { continue }
      byMember[member, default: []].append(position)
      byKindOfMember[MemberKind(member: member, kind: occurrence.kind), default: []].append(position)
    }
    self.byKind = byKind
    self.byMember = byMember
    self.byKindOfMember = byKindOfMember
  }

  /// All occurrences in a window, in time order.
  package func all(in window: Window) -> ArraySlice<Occurrence> {
    all[all.range(of: window) { $0.at }]
  }

  /// All occurrences of a member in a window, in time order.
  package func of(member: String, in window: Window = .always) -> [Occurrence] {
    positions(byMember[member], in: window).map { all[$0] }
  }

  /// The last occurrence of a member that meets a condition.
  package func last(of member: String, where condition: (Occurrence) -> Bool) -> Occurrence? {
    byMember[member]?.last { condition(all[$0]) }.map { all[$0] }
  }

  /// The occurrences of some kinds, of one member if one is named, in a window if one is given, in time order.
  package func of(_ kinds: EventKind..., member: String? = nil, in window: Window = .always) -> [Occurrence] {
    of(kinds, member: member, in: window)
  }

  /// The occurrences of some kinds, of one member if one is named, in a window if one is given, in time order.
  package func of(_ kinds: [EventKind], member: String? = nil, in window: Window = .always) -> [Occurrence] {
    var found: [Int] = []
    for kind in kinds { found += positions(of: kind, member: member, in: window) }
    if kinds.count > 1 { found.sort() }
    return found.map { all[$0] }
  }

  /// The first occurrence of some kinds in a window.
  package func first(_ kinds: EventKind..., member: String? = nil, in window: Window = .always) -> Occurrence? {
    kinds.compactMap { positions(of: $0, member: member, in: window).first }.min().map { all[$0] }
  }

  /// The last occurrence of some kinds in a window.
  package func last(_ kinds: EventKind..., member: String? = nil, in window: Window = .always) -> Occurrence? {
    kinds.compactMap { positions(of: $0, member: member, in: window).last }.max().map { all[$0] }
  }

  /// Whether any of the kinds occurs in a window.
  package func contains(_ kinds: EventKind..., member: String? = nil, in window: Window = .always) -> Bool {
    kinds.contains { !positions(of: $0, member: member, in: window).isEmpty }
  }

  private func positions(of kind: EventKind, member: String?, in window: Window) -> ArraySlice<Int> {
    guard let member else { return positions(byKind[kind], in: window) }
    return positions(byKindOfMember[MemberKind(member: member, kind: kind)], in: window)
  }

  private func positions(_ candidates: [Int]?, in window: Window) -> ArraySlice<Int> {
    guard let candidates else { return [] }
    return candidates[candidates.range(of: window) { all[$0].at }]
  }
}

extension RandomAccessCollection {
  /// The elements whose instants lie in a window; they must be in time order.
  func range(of window: Window, at instant: (Element) -> Instant) -> Range<Index> {
    let start = partition { instant($0) >= window.from }
    guard let end = window.to else { return start..<endIndex }
    return start..<Swift.max(start, partition { instant($0) > end })
  }

  /// The first index from which on a condition holds, where it holds for all that follow.
  func partition(where holds: (Element) -> Bool) -> Index {
    var low = startIndex
    var length = count
    while length > 0 {
      let half = length / 2
      let middle = index(low, offsetBy: half)
      if holds(self[middle]) {
        length = half
      } else {
        low = index(after: middle)
        length -= half + 1
      }
    }
    return low
  }
}

extension RandomAccessCollection<Occurrence> {
  /// The last occurrence up to an instant.
  package func last(upTo instant: Instant) -> Occurrence? {
    self[..<partition { $0.at > instant }].last
  }

  /// The first occurrence after an instant.
  package func first(after instant: Instant) -> Occurrence? {
    self[partition { $0.at > instant }...].first
  }

  /// The occurrences in a window.
  package func within(_ window: Window) -> SubSequence {
    self[range(of: window) { $0.at }]
  }

  /// The occurrences before a position among all events.
  package func before(index position: Int) -> SubSequence {
    self[..<partition { $0.index >= position }]
  }

  /// The occurrences after a position among all events.
  package func after(index position: Int) -> SubSequence {
    self[partition { $0.index > position }...]
  }
}
