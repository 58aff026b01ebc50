import Clocks
package import Model

/// All occurrences in time order, with indices by kind and member, so that a question costs what its answer holds.
package struct Occurrences: Sendable {
  package let all: [Occurrence]
  private let byKind: KindIndex
  private let byMember: PositionGroups
  private let byKindOfMember: PositionGroups
  /// The numbers of the members that own lines, by which these are put together.
  private let numbers: [String: Int]
  /// The groups of those kinds of lines that a member has, by `key`.
  private let groups: [Int: Int32]

  /// Gives each event its owner.
  init(_ events: [TimedEvent], kinds: KindIndex, directory: MemberDirectory) {
    var all: [Occurrence] = []
    // The owner of each line, and the group of its kind of lines of that owner; -1 without one.
    var owners: [Int32] = []
    var kindsOfOwners: [Int32] = []
    var groups: [Int: Int32] = [:]
    all.reserveCapacity(events.count)
    owners.reserveCapacity(events.count)
    kindsOfOwners.reserveCapacity(events.count)
    for index in events.indices {
      let owner = directory.owner(of: events[index].event)
      all.append(Occurrence(index: index, timed: events[index], member: owner.map { directory.owners[$0] }))
      owners.append(owner.map(Int32.init) ?? -1)
      kindsOfOwners.append(owner.map { groups.number(of: Self.key($0, all[index].kind)) } ?? -1)
    }
    self.all = all
    self.groups = groups
    byKind = kinds
    byMember = PositionGroups(by: owners, count: directory.owners.count)
    byKindOfMember = PositionGroups(by: kindsOfOwners, count: groups.count)
    numbers = directory.ownerNumbers
  }

  /// A number for each kind of lines of each member.
  private static func key(_ member: Int, _ kind: EventKind) -> Int { member * EventKind.count + kind.number }

  /// All occurrences in a window, in time order.
  package func all(in window: Window) -> ArraySlice<Occurrence> {
    all[all.range(of: window) { $0.at }]
  }

  /// All occurrences of a member, in time order.
  package func list(ofMember member: String) -> OccurrenceList {
    OccurrenceList(positions(of: member), of: all)
  }

  /// All occurrences of a member in a window, in time order.
  package func of(member: String, in window: Window) -> [Occurrence] {
    positions(positions(of: member), in: window).map { all[Int($0)] }
  }

  /// The last occurrence of a member that meets a condition.
  package func last(of member: String, where condition: (Occurrence) -> Bool) -> Occurrence? {
    positions(of: member).last { condition(all[Int($0)]) }.map { all[Int($0)] }
  }

  /// The occurrences of some kinds, of one member if one is named, in time order.
  package func list(of kinds: EventKind..., member: String? = nil) -> OccurrenceList {
    list(of: kinds, member: member)
  }

  /// The occurrences of some kinds, of one member if one is named, in time order.
  package func list(of kinds: [EventKind], member: String? = nil) -> OccurrenceList {
    OccurrenceList(positions(of: kinds, member: member, in: nil), of: all)
  }

  /// The occurrences of some kinds, of one member if one is named, in a window if one is given, in time order.
  package func of(_ kinds: EventKind..., member: String? = nil, in window: Window? = nil) -> [Occurrence] {
    of(kinds, member: member, in: window)
  }

  /// The occurrences of some kinds, of one member if one is named, in a window if one is given, in time order.
  package func of(_ kinds: [EventKind], member: String? = nil, in window: Window? = nil) -> [Occurrence] {
    positions(of: kinds, member: member, in: window).map { all[Int($0)] }
  }

  /// The first occurrence of some kinds in a window.
  package func first(_ kinds: EventKind..., member: String? = nil, in window: Window? = nil) -> Occurrence? {
    kinds.compactMap { positions(of: $0, member: member, in: window).first }.min().map { all[Int($0)] }
  }

  /// The last occurrence of some kinds in a window.
  package func last(_ kinds: EventKind..., member: String? = nil, in window: Window? = nil) -> Occurrence? {
    kinds.compactMap { positions(of: $0, member: member, in: window).last }.max().map { all[Int($0)] }
  }

  /// Whether any of the kinds occurs in a window.
  package func contains(_ kinds: EventKind..., member: String? = nil, in window: Window? = nil) -> Bool {
    kinds.contains { !positions(of: $0, member: member, in: window).isEmpty }
  }

  // MARK: - Positions

  private func positions(of member: String) -> ArraySlice<Int32> {
    numbers[member].map { byMember[$0] } ?? []
  }

  private func positions(of kinds: [EventKind], member: String?, in window: Window?) -> ArraySlice<Int32> {
    ArraySlice(merging: kinds.map { positions(of: $0, member: member, in: window) })
  }

  private func positions(of kind: EventKind, member: String?, in window: Window?) -> ArraySlice<Int32> {
    guard let member else { return positions(byKind[kind], in: window) }
    guard let number = numbers[member], let group = groups[Self.key(number, kind)] else { return [] }
    return positions(byKindOfMember[Int(group)], in: window)
  }

  private func positions(_ candidates: ArraySlice<Int32>, in window: Window?) -> ArraySlice<Int32> {
    guard let window else { return candidates }
    return candidates[candidates.range(of: window) { all[Int($0)].at }]
  }
}

extension Dictionary where Value == Int32 {
  /// The number of a key, which gets the next one if it has none.
  fileprivate mutating func number(of key: Key) -> Int32 {
    if let number = self[key] { return number }
    let next = Int32(count)
    self[key] = next
    return next
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
  /// The occurrences up to an instant.
  package func upTo(_ instant: Instant) -> SubSequence {
    self[..<partition { $0.at > instant }]
  }

  /// The occurrences after an instant.
  package func after(_ instant: Instant) -> SubSequence {
    self[partition { $0.at > instant }...]
  }

  /// The last occurrence up to an instant.
  package func last(upTo instant: Instant) -> Occurrence? { upTo(instant).last }

  /// The first occurrence after an instant.
  package func first(after instant: Instant) -> Occurrence? { after(instant).first }

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
