import Model

/// Lets go of looks at a source's clock that nothing happened near.
///
/// The first ones are given out as they come. After those they wait: what happens gives out all that were taken shortly
/// before and after it, and where nothing does, one now and then is enough.
struct CalmReadings {
  private struct Waiting {
    var reading: ClockReading
    var time: Int64
    /// Whether it stands beside a silence, which nothing else would tell.
    var isEdge: Bool
  }

  /// For how long readings wait, by the source's own clock, in milliseconds.
  private let window: Int64
  /// How many are given out as they come.
  private let allowance: Int
  private var waiting: [Waiting] = []
  /// Where the oldest one is in `waiting`.
  private var oldest = 0
  /// The disturbance that was noticed last, and until when it concerns what comes.
  private var epoch = -1
  private var until = Int64.min
  /// How many are still given out for its sake, should the clock stand still.
  private var remaining = 0
  /// The usual one of the longer pauses, which follows the middle one of those seen.
  private var rhythm: Int64 = 0
  /// How many were given out, and how many of them where nothing happened.
  private var given = 0
  private var calm = 0
  private var lastGiven: Int64?
  /// Whether readings were let go since one was given out.
  private var hasLetGo = false
  private var step = shortestStep

  /// Longer pauses are all alike, in milliseconds.
  private static let longestPause: Int64 = 3_600_000
  /// Readings that wait at most, and that one disturbance gives out at most afterwards.
  private static let capacity = 512
  /// From one reading to the next where nothing happens, in milliseconds; it doubles with each generation of such
  /// readings, and so does the shortest silence.
  private static let shortestStep: Int64 = 30_000
  private static let generation = 512

  init(window: Int64, allowance: Int) {
    self.window = window
    self.allowance = allowance
  }

  /// Notes a longer pause; true if it is longer than usual or long by itself, so that those on either side are to be
  /// kept.
  mutating func isSilence(_ pause: Int64) -> Bool {
    let pause = min(pause, Self.longestPause)
    let usual = rhythm
    rhythm = usual == 0 ? pause : usual &+ (pause > usual ? max(1, usual / 8) : -max(1, usual / 8))
    return pause >= step / 2 || pause >= step / 10 && pause &- usual > max(usual / 2, 1000)
  }

  /// Takes a reading in; `epoch` tells how many disturbances there were.
  mutating func take(_ reading: ClockReading, isEdge: Bool, epoch: Int, _ give: (ClockReading) -> Void) {
    let time = reading.stamp?.milliseconds ?? reading.outer?.milliseconds ?? 0
    if self.epoch != epoch {
      self.epoch = epoch
      until = time &+ window
      remaining = Self.capacity
      release(give)
    }
    let isNear = remaining > 0 && time <= until && time >= until &- 2 &* window
    guard given >= allowance, !isNear else {
      remaining &-= 1
      return hand(reading, at: time, give)
    }
    waiting.append(Waiting(reading: reading, time: time, isEdge: isEdge))
    letGo(at: time, give)
  }

  /// Notes that the last reading that was taken stands beside a silence.
  mutating func markEdge() {
    if oldest < waiting.count { waiting[waiting.count - 1].isEdge = true }
  }

  /// Gives out all that wait.
  mutating func release(_ give: (ClockReading) -> Void) {
    for index in oldest..<waiting.count { hand(waiting[index].reading, at: waiting[index].time, give) }
    waiting.removeAll(keepingCapacity: true)
    oldest = 0
  }

  /// Makes the steps as short as at the beginning.
  mutating func restart() {
    calm = 0
    step = Self.shortestStep
  }

  /// Lets go of those that have waited for long enough.
  private mutating func letGo(at time: Int64, _ give: (ClockReading) -> Void) {
    while oldest < waiting.count {
      // Read at its place: most are let go of, and a copy costs more than the decision.
      let first = waiting[oldest].time
      let age = time &- first
      guard age > window || age < 0 || waiting.count &- oldest > Self.capacity else { break }
      let place = oldest
      oldest &+= 1
      let distance = lastGiven.map { (first &- $0).magnitude } ?? .max
      if waiting[place].isEdge || distance >= step.magnitude {
        hand(waiting[place].reading, at: first, give)
        calm &+= 1
        if calm % Self.generation == 0, step < 1 << 40 { step *= 2 }
      } else {
        hasLetGo = true
      }
    }
    guard oldest >= Self.capacity else { return }
    waiting.removeFirst(oldest)
    oldest = 0
  }

  private mutating func hand(_ reading: ClockReading, at time: Int64, _ give: (ClockReading) -> Void) {
    lastGiven = time
    given &+= 1
    var reading = reading
    reading.followsOthers = reading.followsOthers || hasLetGo
    hasLetGo = false
    give(reading)
  }
}
