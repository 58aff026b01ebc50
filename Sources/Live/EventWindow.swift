import Contract
import Model

/// Decides which events are held on to: the latest ones, cut where the cut does no harm.
///
/// The events that are left are read as a log that begins at the cut. So the cut must not go through an incident, and
/// leaves some time before the first one that is kept, which shows how the cluster was.
struct EventWindow {
  /// The most events that may be left.
  let limit: Int
  /// The incidents in the events.
  let incidents: [Incident]

  /// How much is kept before an incident, in seconds.
  private static let lead = 60.0

  /// The instant before which events are given up; `times` are those of all events, in order.
  func cut(_ times: [Instant]) -> Instant {
    guard let last = times.last else { return Instant(milliseconds: .min / 2) }
    // Half of the room is freed at once, so that this is seldom done.
    let wanted = times[min(times.count - 1, max(0, times.count - limit / 2))]
    let needed = times[min(times.count - 1, max(0, times.count - limit * 9 / 10))]
    var cut = wanted
    for incident in incidents.reversed() {
      let end = incident.endedAt?.advanced(bySeconds: 2) ?? last
      let start = incident.startedAt.advanced(bySeconds: -Self.lead)
      if start < cut, end >= cut { cut = start }
    }
    // An incident that fills the memory is cut all the same.
    return max(cut, needed)
  }
}
