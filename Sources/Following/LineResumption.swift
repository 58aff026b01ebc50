/// Lets each line of `docker compose logs --timestamps` through once, although a restarted command begins a little
/// before the place where the old one ended.
///
/// Containers print independently of each other, so a place is kept for each: the last time that it printed, and how
/// many lines with that time came.
struct LineResumption: Sendable {
  private struct Place: Sendable {
    var time: ComposeTime
    var count: Int
  }

  /// A restarted command is asked for lines from so many seconds before the last one.
  private static let overlap = 10
  /// Hostile names without end must not fill the memory.
  private static let limit = 4096

  private var places: [[UInt8]: Place] = [:]
  /// While the overlap is read: how many lines with the time of its place a container has repeated.
  private var repeated: [[UInt8]: Int] = [:]
  /// The places at the last restart.
  private var resumed: [[UInt8]: Place] = [:]
  private var latest: ComposeTime?
  /// Up to when every container's lines are known to have come.
  private var settled: ComposeTime?

  /// From when a restarted command should deliver, as RFC 3339; nil if it should begin anew.
  ///
  /// While old lines are handed over, one container's may be hours behind another's: only what was known when the command
  /// last had nothing more to say is known of all of them.
  var since: String? { settled?.earlier(bySeconds: Self.overlap).text }

  /// Notes that the command has nothing more to say at the moment.
  mutating func settle() {
    settled = latest
  }

  /// Notes that the command was started again.
  mutating func restart() {
    resumed = places
    repeated = [:]
  }

  /// Whether a line, without its line feed, is new.
  mutating func isNew(_ line: ArraySlice<UInt8>) -> Bool {
    guard let (name, time) = ComposeTime.parse(line) else { return true }
    if let place = resumed[name] {
      if time < place.time { return false }
      if time == place.time, repeated[name, default: 0] < place.count {
        repeated[name, default: 0] += 1
        return false
      }
      if time > place.time { resumed[name] = nil }
    }
    note(name, time)
    return true
  }

  private mutating func note(_ name: [UInt8], _ time: ComposeTime) {
    latest = max(latest ?? time, time)
    if let place = places[name], place.time >= time {
      // A line that is older than its predecessor does not move the place.
      if place.time == time { places[name]?.count += 1 }
      return
    }
    guard places[name] != nil || places.count < Self.limit else { return }
    places[name] = Place(time: time, count: 1)
  }
}
