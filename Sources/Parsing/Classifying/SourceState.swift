import CByteScan
import Ingestion
import Model

/// What has to be remembered of a source from line to line.
struct SourceState {
  var memory = HeadMemory()
  var clock: ClockTrack
  /// Whether the last record or block was recognised; its continuations are, too.
  var isRecordRecognized = false
  var lines = 0
  var recognizedLines = 0
  var events = 0
  /// Bit per component.
  var components: UInt64 = 0
  var unrecognizedErrors = 0
  var samples: [UnrecognizedLine] = []
  /// A record whose quotes are still open.
  var pending: PendingRecord?
  /// Per kind of routine message, the number of its lane plus one, or 0; empty as long as there was none.
  var lanes: [Int32] = []

  init(_ folding: RoutineFolding) {
    clock = ClockTrack(folding)
  }

  /// Counts a line; true if there is more to it than to recognise it: it is blank, or a record waits for it.
  @inline(__always)
  mutating func begin(isBlank: Bool) -> Bool {
    lines &+= 1
    if pending != nil { return true }
    if isBlank { recognizedLines &+= 1 }
    return isBlank
  }

  /// Counts a blank line that did not continue the record before.
  mutating func countBlank() {
    recognizedLines &+= 1
  }

  /// Counts a line or record that was looked at, and notes its time.
  @inline(__always)
  mutating func settle(
    _ found: Recognition,
    _ line: LineContext,
    _ count: Int,
    _ isClaimed: Bool,
    _ opensBlock: Bool,
    epoch: Int,
    keep: (ClockReading) -> Void
  ) {
    if !clock.isCommon(found.stamp, line) { clock.note(found.stamp, line, epoch: epoch, keep: keep) }
    switch found.kind {
    case .record, .open: isRecordRecognized = isClaimed
    case .headless: if opensBlock { isRecordRecognized = true }
    case .unframed: break
    }
    if isClaimed || (found.kind == .unframed && isRecordRecognized) { recognizedLines &+= count }
    if found.component >= 0 { components |= 1 &<< UInt64(truncatingIfNeeded: min(found.component, 63)) }
  }

  /// Counts a familiar line whose message is known, and notes its time.
  @inline(__always)
  mutating func settleFamiliar(_ stamp: Stamp, _ line: LineContext, epoch: Int, keep: (ClockReading) -> Void) {
    if !clock.isCommon(stamp, line) { clock.note(stamp, line, epoch: epoch, keep: keep) }
    isRecordRecognized = true
    recognizedLines &+= 1
    components |= 1 &<< UInt64(truncatingIfNeeded: min(memory.opening.component, 63))
  }

  /// Counts lines that are noise, and notes their times.
  mutating func settle(
    _ run: NoiseRun,
    _ times: Span<noise_line>,
    arrival: Int,
    epoch: Int,
    keep: (ClockReading) -> Void
  ) {
    lines &+= times.count
    recognizedLines &+= times.count
    isRecordRecognized = true
    components |= 1 &<< UInt64(truncatingIfNeeded: min(run.head.component, 63))
    clock.note(run, times, arrival: arrival, epoch: epoch, keep: keep)
  }

  /// The counts as the caller sees them.
  func update(_ tally: inout SourceTally) {
    tally.lines = lines
    tally.recognizedLines = recognizedLines
    tally.events = events
    tally.componentBits = components
    tally.unrecognizedErrors = unrecognizedErrors
    tally.samples = samples
    tally.first = clock.first
    tally.last = clock.last
  }
}

/// The lines of a record that goes on, joined by line feeds.
struct PendingRecord {
  var bytes: [UInt8]
  var head: Int
  /// The record's first line.
  var line: LineContext
  var lines = 1

  static let maximumLines = 1000
}

/// Where a line stands among the bytes that are given with it, and where it comes from.
struct LineContext {
  var start: Int
  var end: Int
  var source: SourceID
  var number: Int
  var arrival: Int
  var outer: Stamp?

  /// How many bytes it has.
  @inline(__always)
  var length: Int { end &- start }

  /// The line where it has been copied to.
  func moved(to start: Int, length: Int) -> LineContext {
    var line = self
    line.start = start
    line.end = start + length
    return line
  }
}
