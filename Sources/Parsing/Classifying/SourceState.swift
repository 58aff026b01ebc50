import Ingestion
import Model

/// What has to be remembered of a source from line to line.
struct SourceState {
  var memory = HeadMemory()
  var clock = ClockTrack()
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

  /// The counts as the caller sees them.
  func update(_ tally: inout SourceTally) {
    tally.lines = lines
    tally.recognizedLines = recognizedLines
    tally.events = events
    tally.components = (0..<64).filter { components >> UInt64($0) & 1 != 0 }
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

/// Where a line comes from.
struct LineContext {
  var source: SourceID
  var number: Int
  var arrival: Int
  var outer: Stamp?
}
