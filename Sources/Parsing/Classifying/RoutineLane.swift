import Model

/// The latest lines of one routine message of one source, as bytes in a ring, and the rhythm in which they come.
struct RoutineLane {
  /// A line that may yet be of interest.
  struct Waiting {
    /// Its head, and how many bytes it has.
    var head: Int32
    var length: Int32
    var number: Int
    var arrival: Int
    var outer: Stamp?
    /// By the source's own clock, else its collector's.
    var time: Int64
  }

  private let source: SourceID
  /// The disturbance that the lane has noticed last.
  private var epoch = -1
  /// How many lines are still kept as they come.
  private var remaining = 0
  /// Until when lines are kept as they come.
  private var until = Int64.min
  private var last: Int64?
  /// The usual pause, which follows the middle one of the pauses seen.
  private var rhythm: Int64 = 0
  private var waiting: [Waiting] = []
  private var bytes: [UInt8] = []
  /// Where the oldest line is in `waiting`, and how many there are.
  private var oldest = 0
  private(set) var held = 0
  private var folded = 0
  private var foldedFrom: Int64 = 0

  /// Longer lines find no room.
  static let longestLine = 384
  /// Lines that wait at most; a power of two.
  private static let capacity = 256

  init(source: SourceID) {
    self.source = source
  }

  // MARK: Decisions

  /// Decides on a line that was read at `time`; a break in the rhythm begins a new epoch.
  ///
  /// `digit`: the step of the printed digits, by which a pause may seem longer than it was.
  mutating func fate(
    at time: Int64,
    digit: Int64,
    isRhythmic: Bool,
    epoch now: inout Int,
    _ folding: RoutineFolding
  ) -> RoutineFold.Fate {
    let isBreak = isRhythmic && (last.map { breaksRhythm(pause: time &- $0, digit: digit) } ?? true)
    last = time
    if isBreak { now &+= 1 }
    if epoch != now {
      epoch = now
      remaining = folding.count
      until = time.addingReportingOverflow(folding.window).partialValue
    }
    if isBreak { return .disturbs }
    if remaining > 0 || time <= until {
      remaining &-= 1
      return held > 0 ? .disturbs : .kept
    }
    return .waits
  }

  /// Whether a pause is longer than usual, or the clock was set; far below what counts as a silence.
  private mutating func breaksRhythm(pause: Int64, digit: Int64) -> Bool {
    // A clock that prints no date begins anew at midnight.
    let pause = pause < -80_000_000 ? pause &+ CivilTime.millisecondsPerDay : pause
    let usual = rhythm
    if usual == 0 {
      rhythm = max(pause, 0)
    } else {
      rhythm = max(1, usual &+ (pause > usual ? max(1, usual / 8) : pause < usual ? -max(1, usual / 8) : 0))
    }
    return pause < -1000 || pause > max(usual &* 2, usual &+ 1000 &+ (digit > 1 ? digit : 0))
  }

  // MARK: Waiting

  /// Keeps a line for the time being, and lets go of those that have waited for long enough.
  mutating func hold(
    _ text: Span<UInt8>,
    _ line: LineContext,
    head: Int,
    at time: Int64,
    _ folding: RoutineFolding
  ) {
    if held == waiting.count { grow() }
    let mask = waiting.count &- 1
    let place = (oldest &+ held) & mask
    let offset = place &* Self.longestLine
    waiting[place] = Waiting(
      head: Int32(truncatingIfNeeded: head),
      length: Int32(truncatingIfNeeded: line.length),
      number: line.number,
      arrival: line.arrival,
      outer: line.outer,
      time: time
    )
    held &+= 1
    text.extracting(line.start..<line.end).withUnsafeBytes { text in
      bytes.withUnsafeMutableBytes { target in
        UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset &+ text.count]).copyMemory(from: text)
      }
    }
    while held > folding.count {
      let first = waiting[oldest].time
      let age = time &- first
      guard age > folding.window || age < 0 || held >= Self.capacity else { break }
      if folded == 0 { foldedFrom = first }
      folded &+= 1
      oldest = (oldest &+ 1) & mask
      held &-= 1
    }
  }

  /// Makes room for more lines, the oldest first.
  private mutating func grow() {
    let old = waiting.count
    let size = max(32, old * 2)
    var lines: [Waiting] = []
    lines.reserveCapacity(size)
    var texts = [UInt8](repeating: 0, count: size * Self.longestLine)
    for index in 0..<held {
      let place = (oldest + index) % old
      let (from, to) = (place * Self.longestLine, index * Self.longestLine)
      texts.replaceSubrange(to..<to + Self.longestLine, with: bytes[from..<from + Self.longestLine])
      lines.append(waiting[place])
    }
    let blank = Waiting(head: 0, length: 0, number: 0, arrival: 0, outer: nil, time: 0)
    lines += Array(repeating: blank, count: size - lines.count)
    waiting = lines
    bytes = texts
    oldest = 0
  }

  /// How many were folded since the last event that was kept.
  mutating func takeFolded(until time: Int64) -> FoldedRun? {
    guard folded > 0 else { return nil }
    let run = FoldedRun(count: folded, milliseconds: max(0, time - foldedFrom))
    folded = 0
    return run
  }

  /// Calls `body` with each line that waits, the oldest first, and forgets them.
  mutating func release(_ body: (_ head: Int, _ line: LineContext, _ bytes: Span<UInt8>, _ folded: FoldedRun?) -> Void)
  {
    let texts = bytes
    for index in 0..<held {
      let place = (oldest + index) % waiting.count
      let waiting = waiting[place]
      let start = place * Self.longestLine
      let line = LineContext(
        start: start,
        end: start + Int(waiting.length),
        source: source,
        number: waiting.number,
        arrival: waiting.arrival,
        outer: waiting.outer
      )
      body(Int(waiting.head), line, texts.span, takeFolded(until: waiting.time))
    }
    held = 0
    oldest = 0
  }
}
