import Model

/// What is kept of routine lines.
package struct RoutineFolding: Hashable, Sendable {
  /// How many lines of each kind and source are kept on either side of anything that is not routine.
  package var count: Int
  /// For how long, by the source's clock, lines are kept on either side, in milliseconds.
  package var window: Int64
  /// How many routine events are kept before any is folded.
  package var allowance: Int
  /// How many events of one message are kept before they count as routine.
  package var limit: Int
  /// How many events are kept at most; a log of a hundred incidents has some ten thousand.
  package var maximum: Int

  package init(
    count: Int = 16,
    window: Int64 = 45_000,
    allowance: Int = 4096,
    limit: Int = 10_000,
    maximum: Int = 1_000_000
  ) {
    self.count = count
    self.window = window
    self.allowance = allowance
    self.limit = limit
    self.maximum = maximum
  }

  /// Everything is kept.
  package static let none = RoutineFolding(count: .max, window: .max, allowance: .max, limit: .max)
  /// Everything is given out, however much: the caller lets go of it.
  package static let endless = RoutineFolding(
    count: .max,
    window: .max,
    allowance: .max,
    limit: .max,
    maximum: .max
  )
}

/// Lets go of routine lines that nothing happened near, so that neither time nor memory is spent on them.
///
/// A lane holds the latest lines of one message of one source as bytes. Whatever is not routine, a pause or a new
/// lane, disturbs: all lanes give out what they hold, and for a while what comes next is kept as it comes. What falls out
/// of a lane undisturbed is counted; the next event that is kept tells how many there were.
struct RoutineFold {
  /// A line that may yet be of interest.
  struct Waiting {
    var line: LineContext
    var head: Int
    var length: Int
    /// By the source's own clock, else its collector's.
    var time: Int64
  }

  struct Lane {
    /// The disturbance that the lane has noticed last.
    var epoch = -1
    /// How many lines are still kept as they come.
    var remaining = 0
    /// Until when lines are kept as they come.
    var until = Int64.min
    var last: Int64?
    /// The usual pause, which follows the middle one of the pauses seen.
    var rhythm: Int64 = 0
    var waiting: [Waiting] = []
    var bytes: [UInt8] = []
    /// Where the oldest line is in `waiting`, and how many there are.
    var oldest = 0
    var held = 0
    var folded = 0
    var foldedFrom: Int64 = 0
  }

  /// What is to become of a routine line.
  enum Fate {
    /// It is kept, after those that wait.
    case disturbs
    case kept
    case waits
  }

  let folding: RoutineFolding
  private var lanes: [Lane] = []
  private var laneOfText: [TextKey: Int] = [:]
  private var epoch = 0
  private var allowance: Int
  /// Whether any lane holds a line.
  private var isHolding = false

  private struct TextKey: Hashable {
    var source: Int
    var slot: Int32
    var hash: UInt64
  }

  /// Lines longer than this are kept as they come.
  static let longestLine = 256
  /// Lines of one lane that wait at most.
  private static let capacity = 256
  /// More lanes than this only hostile input has; the rest is kept as it comes.
  private static let maximumLanes = 512

  init(_ folding: RoutineFolding) {
    self.folding = folding
    allowance = folding.allowance
  }

  /// Whether routine lines need to be looked at at all yet.
  @inline(__always)
  mutating func isGenerous() -> Bool {
    guard allowance > 0 else { return false }
    allowance &-= 1
    return true
  }

  /// A new lane, or -1 if there are too many.
  mutating func makeLane() -> Int {
    guard lanes.count < Self.maximumLanes else { return -1 }
    lanes.append(Lane())
    return lanes.count - 1
  }

  /// The lane of lines of a message that say just this, or -1.
  mutating func lane(of source: Int, _ slot: Int32, saying text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in start..<end { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    let key = TextKey(source: source, slot: slot, hash: hash)
    if let known = laneOfText[key] { return known }
    let lane = makeLane()
    if lane >= 0 { laneOfText[key] = lane }
    return lane
  }

  /// Notes that something happened that is not routine; whoever calls takes out what waits first.
  @inline(__always)
  mutating func disturb() {
    epoch &+= 1
  }

  /// Decides on a line of a lane that was read at `time`.
  mutating func fate(of lane: Int, at time: Int64, isRhythmic: Bool) -> Fate {
    var isBreak = false
    if isRhythmic {
      if let last = lanes[lane].last { isBreak = breaksRhythm(lane, pause: time &- last) } else { isBreak = true }
    }
    lanes[lane].last = time
    if isBreak { epoch &+= 1 }
    if lanes[lane].epoch != epoch {
      lanes[lane].epoch = epoch
      lanes[lane].remaining = folding.count
      lanes[lane].until = time.addingReportingOverflow(folding.window).partialValue
    }
    if isBreak { return .disturbs }
    if lanes[lane].remaining > 0 || time <= lanes[lane].until {
      lanes[lane].remaining &-= 1
      return lanes[lane].held > 0 ? .disturbs : .kept
    }
    return .waits
  }

  /// Whether a pause is longer than usual, or the clock was set; far below what counts as a silence.
  private mutating func breaksRhythm(_ lane: Int, pause: Int64) -> Bool {
    // A clock that prints no date begins anew at midnight.
    let pause = pause < -80_000_000 ? pause &+ CivilTime.millisecondsPerDay : pause
    let usual = lanes[lane].rhythm
    if usual == 0 {
      lanes[lane].rhythm = max(pause, 0)
    } else {
      lanes[lane].rhythm = max(1, usual &+ (pause > usual ? max(1, usual / 8) : pause < usual ? -max(1, usual / 8) : 0))
    }
    return pause < -1000 || pause > max(usual &* 2, usual &+ 1000)
  }

  // MARK: Lines that wait

  /// Keeps a line for the time being, and lets go of those that have waited for long enough.
  mutating func hold(
    _ line: LineContext,
    head: Int,
    at time: Int64,
    in lane: Int,
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ end: Int
  ) {
    isHolding = true
    if lanes[lane].held == lanes[lane].waiting.count { grow(lane) }
    let capacity = lanes[lane].waiting.count
    let place = (lanes[lane].oldest &+ lanes[lane].held) % capacity
    lanes[lane].waiting[place] = Waiting(line: line, head: head, length: end &- start, time: time)
    lanes[lane].held &+= 1
    let offset = place &* Self.longestLine
    bytes.extracting(start..<end).withUnsafeBytes { source in
      lanes[lane].bytes.withUnsafeMutableBytes { target in
        UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset &+ source.count]).copyMemory(from: source)
      }
    }
    while lanes[lane].held > folding.count {
      let first = lanes[lane].waiting[lanes[lane].oldest]
      let age = time &- first.time
      guard age > folding.window || age < 0 || lanes[lane].held >= Self.capacity else { break }
      if lanes[lane].folded == 0 { lanes[lane].foldedFrom = first.time }
      lanes[lane].folded &+= 1
      lanes[lane].oldest = (lanes[lane].oldest &+ 1) % capacity
      lanes[lane].held &-= 1
    }
  }

  /// Makes room for more lines, the oldest first.
  private mutating func grow(_ lane: Int) {
    let old = lanes[lane].waiting.count
    let size = max(32, old * 2)
    var waiting: [Waiting] = []
    waiting.reserveCapacity(size)
    var bytes = [UInt8](repeating: 0, count: size * Self.longestLine)
    for index in 0..<lanes[lane].held {
      let place = (lanes[lane].oldest + index) % old
      waiting.append(lanes[lane].waiting[place])
      let length = Self.longestLine
      bytes.replaceSubrange(
        index * length..<(index + 1) * length,
        with: lanes[lane].bytes[place * length..<(place + 1) * length]
      )
    }
    let blank = Waiting(line: LineContext(source: SourceID(0), number: 0, arrival: 0), head: 0, length: 0, time: 0)
    while waiting.count < size { waiting.append(blank) }
    lanes[lane].waiting = waiting
    lanes[lane].bytes = bytes
    lanes[lane].oldest = 0
  }

  /// How many were folded in a lane since its last event that was kept.
  mutating func takeFolded(_ lane: Int, until time: Int64) -> FoldedRun? {
    guard lanes[lane].folded > 0 else { return nil }
    let run = FoldedRun(count: lanes[lane].folded, milliseconds: max(0, time - lanes[lane].foldedFrom))
    lanes[lane].folded = 0
    return run
  }

  /// Calls `body` with each line that waits, lane by lane, and forgets them.
  mutating func release(_ body: (_ line: Waiting, _ bytes: Span<UInt8>, _ offset: Int, _ folded: FoldedRun?) -> Void) {
    guard isHolding else { return }
    isHolding = false
    for lane in lanes.indices where lanes[lane].held > 0 {
      let bytes = lanes[lane].bytes
      for index in 0..<lanes[lane].held {
        let place = (lanes[lane].oldest + index) % lanes[lane].waiting.count
        let line = lanes[lane].waiting[place]
        let folded = takeFolded(lane, until: line.time)
        body(line, bytes.span, place * Self.longestLine, folded)
      }
      lanes[lane].held = 0
      lanes[lane].oldest = 0
    }
  }
}
