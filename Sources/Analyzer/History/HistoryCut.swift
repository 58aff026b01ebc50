import Clocks
import Contract
import Model
import Parsing

/// Decides how much of a long log can be put away: what is left is read as a log that begins at the cut.
///
/// Nothing is cut where it might change what is said of an incident: an incident that is not over keeps all that came
/// since, and so does a log whose lines do not come in the order of time, such as files that were joined one after another.
struct HistoryCut {
  /// Events from this position in the order of time on are left.
  let first: Int
  /// The instant of the first of them.
  let at: Instant
  /// Incidents that begin before this instant are told for good.
  ///
  /// It is later than the cut, so that the first incident of what is left is told by those who have seen what came before.
  let boundary: Instant

  private let places: ArrivalPlaces

  /// So many events are left at least: who is who shows itself in fewer only by chance.
  private static let leastLeft = 500
  /// How much is kept before an incident, in seconds.
  private static let lead = 60.0
  /// Lines of several sources come out of order by less than this, in seconds.
  private static let disorder = 60.0

  /// Nil if nothing can be put away.
  ///
  /// - Parameters:
  ///   - result: what all events say.
  ///   - events: the events as they arrived.
  init?(_ result: AnalysisResult, of events: [Event]) {
    let times = result.events.map(\.at)
    guard times.count >= 8 else { return nil }
    let incidents = result.report.incidents
    let left = min(max(times.count / 8, Self.leastLeft), times.count / 2)
    let cut = Self.calm(before: times[times.count - left], incidents)
    let first = times.firstIndex { $0 >= cut } ?? 0
    // Less than a quarter would not be worth the look.
    guard first >= times.count / 4 else { return nil }
    self.first = first
    at = cut
    // Half of what is left only shows what came before the first incident that is told of it.
    boundary = max(cut, Self.calm(before: times[times.count - left / 2], incidents))
    places = ArrivalPlaces(result.events)
    guard Self.isSpokenByMany(result.events, first), Self.isInOrder(events, places, times, cut) else { return nil }
  }

  /// The events that are left of all, as they arrived.
  func kept(of events: some Sequence<Event>) -> [Event] {
    events.filter { event in places.place(ofArrival: event.arrival).map { $0 >= first } ?? false }
  }

  /// The latest instant up to a given one that no incident is near.
  private static func calm(before instant: Instant, _ incidents: [Incident]) -> Instant {
    var calm = instant
    for incident in incidents.reversed() {
      let start = incident.startedAt.advanced(bySeconds: -lead)
      let isOver = incident.endedAt.map { $0.advanced(bySeconds: 2) < calm } ?? false
      if start < calm, !isOver { calm = start }
    }
    return calm
  }

  /// Whether several sources speak both before and after the cut: of one alone, nobody knows whether others follow.
  private static func isSpokenByMany(_ events: [TimedEvent], _ first: Int) -> Bool {
    var before: Set<SourceID> = []
    var after: Set<SourceID> = []
    for index in events.indices {
      if index < first { before.insert(events[index].event.source) } else { after.insert(events[index].event.source) }
    }
    return before.intersection(after).count >= 2
  }

  /// Whether nothing from before the cut came long after what is later.
  private static func isInOrder(_ events: [Event], _ places: ArrivalPlaces, _ times: [Instant], _ cut: Instant) -> Bool
  {
    let limit = cut.advanced(bySeconds: disorder)
    var isPast = false
    for index in events.indices {
      guard let place = places.place(ofArrival: events[index].arrival) else { continue }
      if times[place] >= limit { isPast = true }
      if isPast, times[place] < cut { return false }
    }
    return true
  }
}

/// Where events stand in the order of time, by their arrival; the events of one line share the first one's place.
struct ArrivalPlaces {
  /// Arrivals in order, each with a place.
  private let places: [(arrival: Int, place: Int)]

  init(_ events: [TimedEvent]) {
    var places: [(arrival: Int, place: Int)] = []
    places.reserveCapacity(events.count)
    for place in events.indices { places.append((events[place].event.arrival, place)) }
    places.sort { $0 < $1 }
    self.places = places
  }

  /// Nil for an event that was left out.
  func place(ofArrival arrival: Int) -> Int? {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle].arrival < arrival { low = middle + 1 } else { high = middle }
    }
    return low < places.count && places[low].arrival == arrival ? places[low].place : nil
  }
}
