import Model

/// What is kept of routine lines.
package struct RoutineFolding: Hashable, Sendable {
  /// How many lines of each kind and source are kept on either side of anything that is not routine.
  package var count: Int
  /// For how long, by the source's clock, lines are kept on either side, in milliseconds.
  package var window: Int64
  /// How many routine events are kept before any is folded.
  package var allowance: Int
  /// How many looks at the clock of each source are kept before any is let go; nil if those that are kept become ever
  /// fewer instead, wherever something happens.
  package var readings: Int?
  /// How many events of one message are kept before they count as routine.
  package var limit: Int
  /// How many events are kept at most; a log of a hundred incidents has some ten thousand.
  package var maximum: Int

  package init(
    count: Int = 16,
    window: Int64 = 45_000,
    allowance: Int = 4096,
    readings: Int? = 2048,
    limit: Int = 10_000,
    maximum: Int = 1_000_000
  ) {
    self.count = count
    self.window = window
    self.allowance = allowance
    self.readings = readings
    self.limit = limit
    self.maximum = maximum
  }

  /// Everything is kept.
  package static let none = RoutineFolding(
    count: .max,
    window: .max,
    allowance: .max,
    readings: nil,
    limit: .max
  )
  /// Everything is given out, however much: the caller lets go of it.
  package static let endless = RoutineFolding(
    count: .max,
    window: .max,
    allowance: .max,
    readings: nil,
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
  /// What is to become of a routine line.
  enum Fate {
    /// It is kept, after those that wait.
    case disturbs
    case kept
    case waits
  }

  let folding: RoutineFolding
  private var lanes: [RoutineLane] = []
  private var laneOfText: [TextKey: Int] = [:]
  /// How many disturbances there were.
  private(set) var epoch = 0
  private var allowance: Int
  /// Whether any lane holds a line.
  private var isHolding = false

  private struct TextKey: Hashable {
    var source: Int
    var slot: Int32
    var hash: UInt64
  }

  /// Lines longer than this are kept as they come.
  static let longestLine = RoutineLane.longestLine
  /// More lanes than this only hostile input has; the rest is kept as it comes.
  private static let maximumLanes = 512

  init(_ folding: RoutineFolding) {
    self.folding = folding
    allowance = folding.allowance
  }

  /// Whether routine lines are looked at by now.
  @inline(__always)
  var isSparing: Bool { allowance <= 0 }

  /// Whether routine lines need to be looked at at all yet; counts a line.
  @inline(__always)
  mutating func isGenerous() -> Bool {
    guard allowance > 0 else { return false }
    allowance &-= 1
    return true
  }

  /// A new lane, or -1 if there are too many.
  mutating func makeLane(of source: SourceID) -> Int {
    guard lanes.count < Self.maximumLanes else { return -1 }
    lanes.append(RoutineLane(source: source))
    return lanes.count - 1
  }

  /// The lane of lines of a message that say just this, or -1.
  mutating func lane(of source: SourceID, _ slot: Int32, saying text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in start..<end { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    let key = TextKey(source: source.index, slot: slot, hash: hash)
    if let known = laneOfText[key] { return known }
    let lane = makeLane(of: source)
    if lane >= 0 { laneOfText[key] = lane }
    return lane
  }

  /// Notes that something happened that is not routine; whoever calls takes out what waits first.
  @inline(__always)
  mutating func disturb() {
    epoch &+= 1
  }

  /// Decides on a line of a lane that was read at `time`.
  @inline(__always)
  mutating func fate(of lane: Int, at time: Int64, digit: Int64, isRhythmic: Bool) -> Fate {
    lanes[lane].fate(at: time, digit: digit, isRhythmic: isRhythmic, epoch: &epoch, folding)
  }

  // MARK: Lines that wait

  /// Keeps a line for the time being, and lets go of those that have waited for long enough.
  @inline(__always)
  mutating func hold(_ bytes: Span<UInt8>, _ line: LineContext, head: Int, at time: Int64, in lane: Int) {
    isHolding = true
    lanes[lane].hold(bytes, line, head: head, at: time, folding)
  }

  /// How many were folded in a lane since its last event that was kept.
  mutating func takeFolded(_ lane: Int, until time: Int64) -> FoldedRun? {
    lanes[lane].takeFolded(until: time)
  }

  /// Calls `body` with each line that waits, lane by lane, and forgets them.
  mutating func release(_ body: (_ head: Int, _ line: LineContext, _ bytes: Span<UInt8>, _ folded: FoldedRun?) -> Void)
  {
    guard isHolding else { return }
    isHolding = false
    for lane in lanes.indices where lanes[lane].held > 0 { lanes[lane].release(body) }
  }
}
