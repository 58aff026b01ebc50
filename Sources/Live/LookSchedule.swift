/// Decides when to look at all events again, so that the cost of a line stays constant however many lines there are.
struct LookSchedule: Sendable {
  /// When the next look should be taken, as uptime in seconds; nil if nothing asks for one.
  private(set) var due: Double?

  private let interval: Double
  private let pause: Double
  private let routineInterval: Double
  private var earliest = -Double.infinity
  /// Whether a look is being taken.
  private(set) var isLooking = false
  /// What came while a look was being taken: whether it was news.
  private var pending: Bool?

  init(_ options: LiveOptions) {
    interval = options.interval
    pause = options.pause
    routineInterval = options.routineInterval
  }

  /// Notes that events came.
  mutating func note(isNews: Bool, uptime: Double) {
    guard !isLooking else {
      pending = (pending ?? false) || isNews
      return
    }
    let wanted = isNews ? uptime : uptime + routineInterval
    due = min(due ?? .infinity, max(wanted, earliest))
  }

  mutating func begin(uptime: Double) {
    isLooking = true
    due = nil
    pending = nil
    earliest = uptime + interval
  }

  mutating func end(took seconds: Double, uptime: Double) {
    isLooking = false
    earliest = max(earliest, uptime + seconds * pause)
    if let pending { note(isNews: pending, uptime: uptime) }
    pending = nil
  }
}
