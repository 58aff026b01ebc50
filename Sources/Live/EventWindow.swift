import Contract
import Model

/// Decides which events are held on to: the latest ones, cut where the cut does no harm.
///
/// The events that are left are read as a log that begins at the cut. So the cut must not go through an incident, and
/// leaves some time before the first one that is kept, which shows how the cluster was.
struct EventWindow {
  /// The most events that may be left, but for half as many that are dated in the future.
  let limit: Int
  /// The incidents in the events.
  let incidents: [Incident]
  /// The time now by what most lines say; nil if no line told one.
  let present: Instant?

  /// How much is kept before an incident, in seconds.
  private static let lead = 60.0
  /// Events farther ahead of the present than this have a wrong date, in seconds.
  private static let farAhead = 3600.0

  /// Which events are left.
  struct Kept {
    /// The instant at which what is left begins.
    let cut: Instant
    /// The position of the first one in the order of time.
    let first: Int
    /// The position from which on events are dated in the future.
    let future: Int

    /// Which events of an input are given up.
    ///
    /// An event that is dated in the future is given up with what came after it, else it would stay for good.
    ///
    /// - Parameter places: the positions of its events in the order of time, as they arrived; nil for those without one.
    /// - Returns: at their indices, whether they are given up.
    func givenUp(_ places: [Int?]) -> [Bool] {
      let isOld = places.map { $0.map { $0 < first } ?? true }
      let last = isOld.lastIndex(of: true) ?? 0
      return isOld.indices.map { index in
        isOld[index] || (index < last && places[index].map { $0 >= future } ?? true)
      }
    }
  }

  /// Which events are left of all; `times` are theirs, in order.
  ///
  /// At most nine tenths of the limit are left, however alike their times are.
  func kept(_ times: [Instant]) -> Kept {
    let future = future(times)
    guard future > 0 else { return Kept(cut: Instant(milliseconds: .min / 2), first: 0, future: 0) }
    // Half of the room is freed at once, so that this is seldom done.
    let wanted = max(0, future - limit / 2)
    let needed = max(0, future - limit * 9 / 10)
    var cut = times[wanted]
    for incident in incidents.reversed() {
      let end = incident.endedAt?.advanced(bySeconds: 2) ?? times[future - 1]
      let start = incident.startedAt.advanced(bySeconds: -Self.lead)
      if start < cut, end >= cut { cut = start }
    }
    let beside = times.partitionIndex { $0 >= cut }
    // An incident that fills the memory is cut all the same.
    return beside >= needed
      ? Kept(cut: cut, first: beside, future: future) : Kept(cut: times[needed], first: needed, future: future)
  }

  /// The position of the first event that is dated in the future; there is none where many are.
  private func future(_ times: [Instant]) -> Int {
    guard let end = present?.advanced(bySeconds: Self.farAhead) else { return times.count }
    let first = times.partitionIndex { $0 > end }
    return times.count - first > limit / 2 ? times.count : first
  }
}

extension Array {
  /// The first index at which a condition holds that holds for all elements behind it; the count if it never does.
  fileprivate func partitionIndex(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
