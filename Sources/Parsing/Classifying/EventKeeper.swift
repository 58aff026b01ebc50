import Model

// A comparison of two of them would go through the runtime, for every line.
extension Routine {
  /// Whether lines may be routine at all.
  @inline(__always)
  fileprivate var isPossible: Bool {
    if case .never = self { false } else { true }
  }

  /// Whether a pause between lines tells something.
  @inline(__always)
  fileprivate var isRhythmic: Bool {
    if case .passing = self { false } else { true }
  }

  /// Whether lines are only routine as long as they say the same.
  @inline(__always)
  fileprivate var isRepeating: Bool {
    if case .repeating = self { true } else { false }
  }
}

/// How a routine line is kept.
struct KeptLine {
  /// Whether it is more than routine, after all.
  var isDisturbing: Bool
  /// The like of it that were not kept.
  var folded: FoldedRun?
}

/// Decides which events are kept, and keeps them.
///
/// Routine is folded, a message that comes beyond measure counts as routine, and there is a most that is ever kept.
struct EventKeeper {
  private var fold: RoutineFold
  private let routines: [Routine]
  /// Per slot, the place of its lane in a source's list; -1 for messages that are not routine.
  private let lanePlaces: [Int]
  /// Per slot, whether its lines are routine whatever they say.
  private let isPlain: [Bool]
  private let laneCount: Int
  private var counts: [Int]
  private var kept = 0

  /// Reasons for which a pooler closes a server's connection that is in order.
  private static let ordinaryClosings = ["lifetime", "idle"]

  init(_ builder: EventBuilder, _ rules: inout MessageRules, _ folding: RoutineFolding) {
    fold = RoutineFold(folding)
    var routines: [Routine] = []
    routines.reserveCapacity(builder.slotCount)
    for slot in 0..<Int32(builder.slotCount) {
      routines.append(builder.kind(of: slot).map { Self.routine(of: $0, slot, &rules) } ?? .never)
    }
    self.routines = routines
    counts = [Int](repeating: 0, count: routines.count)
    var places = [Int](repeating: -1, count: routines.count)
    var count = 0
    for slot in routines.indices where routines[slot].isPossible {
      places[slot] = count
      count += 1
    }
    lanePlaces = places
    isPlain = routines.map { $0.isPossible && !$0.isRepeating }
    laneCount = count
  }

  /// How many disturbances there were: what comes near one is kept.
  @inline(__always)
  var disturbances: Int { fold.epoch }

  /// Counts anew: of what was kept, so many events are left.
  mutating func restart(withEvents count: Int) {
    kept = count
    for slot in counts.indices { counts[slot] = 0 }
  }

  private static func routine(of kind: EventKind, _ slot: Int32, _ rules: inout MessageRules) -> Routine {
    guard case .poolerServerClosed = kind else { return kind.routine }
    let isOrdinary = rules.rule(of: slot).set.contains {
      $0.field == .reason && ordinaryClosings.contains($0.value)
    }
    return isOrdinary ? .passing : kind.routine
  }

  /// Takes in the event of a line that has no further messages.
  ///
  /// `lanes`: those of the line's source.
  @inline(__always)
  mutating func take(
    _ found: Recognition,
    _ bytes: Span<UInt8>,
    _ line: LineContext,
    _ builder: EventBuilder,
    _ recognizer: inout Recognizer,
    _ lanes: inout [Int32],
    _ output: inout Classified
  ) {
    let slot = Int(found.slot)
    var routine = routines[slot]
    if !routine.isPossible {
      counts[slot] &+= 1
      guard counts[slot] > fold.folding.limit else {
        add(found, bytes, line, builder, &recognizer, &output, isDisturbing: true)
        return
      }
      routine = .passing
      if counts[slot] == fold.folding.limit &+ 1 { output.thinned.append(recognizer.rules.rule(of: found.slot).id) }
    }
    if fold.isGenerous() || found.kind != .record || line.length > RoutineFold.longestLine {
      add(found, bytes, line, builder, &recognizer, &output, isDisturbing: false)
      return
    }
    let lane = lane(of: found, routine, bytes, line.source, &lanes)
    guard lane >= 0 else {
      add(found, bytes, line, builder, &recognizer, &output, isDisturbing: false)
      return
    }
    let isRhythmic = routine.isRhythmic
    guard let fate = hold(bytes, line, head: found.head, found.stamp, in: lane, isRhythmic: isRhythmic) else { return }
    take(found, fate, bytes, line, builder, &recognizer, &output)
  }

  /// Whether a line of a message is routine that is not kept as it comes any more, whatever it says.
  @inline(__always)
  func isRoutine(_ slot: Int32, length: Int) -> Bool {
    fold.isSparing && isPlain[Int(slot)] && length <= RoutineFold.longestLine
  }

  /// Holds such a line back; if it is to be kept, tells how, and `take` is to be called with what was recognised of it.
  @inline(__always)
  mutating func hold(
    _ slot: Int32,
    _ bytes: Span<UInt8>,
    _ line: LineContext,
    head: Int,
    _ stamp: Stamp,
    _ lanes: inout [Int32]
  ) -> KeptLine? {
    let lane = lane(of: slot, line.source, &lanes)
    guard lane >= 0 else { return KeptLine(isDisturbing: false) }
    let isRhythmic = routines[Int(slot)].isRhythmic
    return hold(bytes, line, head: head, stamp, in: lane, isRhythmic: isRhythmic)
  }

  @inline(__always)
  private mutating func hold(
    _ bytes: Span<UInt8>,
    _ line: LineContext,
    head: Int,
    _ stamp: Stamp?,
    in lane: Int,
    isRhythmic: Bool
  ) -> KeptLine? {
    let stamp = stamp ?? line.outer
    let time = stamp?.milliseconds ?? 0
    switch fold.fate(of: lane, at: time, digit: Int64(stamp?.resolution ?? 1), isRhythmic: isRhythmic) {
    case .waits:
      fold.hold(bytes, line, head: head, at: time, in: lane)
      return nil
    case .kept: return KeptLine(isDisturbing: false, folded: fold.takeFolded(lane, until: time))
    case .disturbs: return KeptLine(isDisturbing: true)
    }
  }

  /// Keeps the event of a routine line.
  mutating func take(
    _ found: Recognition,
    _ kept: KeptLine,
    _ bytes: Span<UInt8>,
    _ line: LineContext,
    _ builder: EventBuilder,
    _ recognizer: inout Recognizer,
    _ output: inout Classified
  ) {
    add(found, bytes, line, builder, &recognizer, &output, isDisturbing: kept.isDisturbing, kept.folded)
  }

  /// Takes in the events of a record that has several messages, none of them routine.
  mutating func take(
    _ events: [Event],
    _ builder: EventBuilder,
    _ recognizer: inout Recognizer,
    _ output: inout Classified
  ) {
    fold.disturb()
    release(builder, &recognizer, into: &output)
    for event in events { keep(event, in: &output) }
  }

  /// The lane of a routine line, or -1 if there are too many.
  @inline(__always)
  private mutating func lane(
    of found: Recognition,
    _ routine: Routine,
    _ bytes: Span<UInt8>,
    _ source: SourceID,
    _ lanes: inout [Int32]
  ) -> Int {
    let place = lanePlaces[Int(found.slot)]
    if routine.isRepeating || place < 0 {
      // A message that came beyond measure has no place of its own: its lane is looked up like a repeated text.
      let (first, last) = place < 0 || found.isInScratch ? (0, 0) : (found.textStart, found.textEnd)
      return fold.lane(of: source, found.slot, saying: bytes, first, last)
    }
    return lane(of: found.slot, source, &lanes)
  }

  /// The lane of a source's lines of a message that are routine whatever they say, or -1 if there are too many.
  @inline(__always)
  private mutating func lane(of slot: Int32, _ source: SourceID, _ lanes: inout [Int32]) -> Int {
    let place = lanePlaces[Int(slot)]
    if lanes.isEmpty { lanes = [Int32](repeating: 0, count: laneCount) }
    if lanes[place] == 0 { lanes[place] = Int32(truncatingIfNeeded: fold.makeLane(of: source) &+ 1) }
    return Int(lanes[place]) &- 1
  }

  /// Keeps an event; if it disturbs, after what waits in the lanes.
  @inline(never)
  private mutating func add(
    _ found: Recognition,
    _ bytes: Span<UInt8>,
    _ line: LineContext,
    _ builder: EventBuilder,
    _ recognizer: inout Recognizer,
    _ output: inout Classified,
    isDisturbing: Bool,
    _ folded: FoldedRun? = nil
  ) {
    guard let kind = builder.kind(of: found.slot) else { return }
    let event = builder.event(found, kind, &recognizer, bytes, line).telling(of: folded)
    if isDisturbing {
      fold.disturb()
      release(builder, &recognizer, into: &output)
    }
    keep(event, in: &output)
  }

  private mutating func keep(_ event: Event, in output: inout Classified) {
    kept += 1
    let maximum = fold.folding.maximum
    if kept <= maximum { output.events.append(event) }
    if kept == maximum { output.isFull = true }
  }

  /// Makes events of all lines that wait, in order of arrival.
  mutating func release(_ builder: EventBuilder, _ recognizer: inout Recognizer, into output: inout Classified) {
    var events: [Event] = []
    var memory = HeadMemory()
    fold.release { head, line, bytes, folded in
      guard let found = recognizer.fitted(head, bytes, line.start, line.end, &memory),
        builder.hasEvent(found.slot), let kind = builder.kind(of: found.slot)
      else { return }
      let event = builder.event(found, kind, &recognizer, bytes, line)
      events.append(event.telling(of: folded))
    }
    events.sort { $0.arrival < $1.arrival }
    for event in events { keep(event, in: &output) }
  }
}
