package import Model

/// What classification makes of lines: the events to keep, looks at the clocks, and counts.
///
/// The caller may take `events` and `readings` away after each batch; `tallies` go on from batch to batch.
package struct Classified: Sendable {
  /// Events in arrival order, but for those that waited for something to happen near them; those of one line are in
  /// the order of its record.
  package var events: [Event]
  /// Looks at the clocks, roughly one a second and source.
  ///
  /// Almost in arrival order: the last line before a gap is added when the gap is noticed.
  package var readings: [ClockReading]
  /// Counts per source, at the source's index.
  package var tallies: [SourceTally]
  /// Messages of which there were so many that they count as routine since.
  package var thinned: [String]
  /// Whether so many events were kept that no more are.
  package var isFull: Bool

  package init() {
    events = []
    readings = []
    tallies = []
    thinned = []
    isFull = false
  }
}

/// What was seen of one source.
package struct SourceTally: Sendable {
  /// All lines, with blank ones and continuations.
  package var lines: Int
  /// Lines that a message claimed, continuations of such lines, and blank ones.
  package var recognizedLines: Int
  package var events: Int
  /// Those of `ParserCatalogue.components` whose heads or messages fitted, as bits.
  package var componentBits: UInt64
  /// Unrecognised lines of level error and above; the first `maximumSamples` are in `samples`.
  package var unrecognizedErrors: Int
  package var samples: [UnrecognizedLine]
  /// The first and the last line that carries a time, or the first and last line if none does.
  package var first: ClockReading?
  package var last: ClockReading?

  package init() {
    lines = 0
    recognizedLines = 0
    events = 0
    componentBits = 0
    unrecognizedErrors = 0
    samples = []
  }

  package static let maximumSamples = 200

  /// Indices into `ParserCatalogue.components` of those whose heads or messages fitted.
  package var components: [Int] { (0..<64).filter { componentBits >> UInt64($0) & 1 != 0 } }

  /// Lines that nothing claimed.
  package var unrecognizedLines: Int { lines - recognizedLines }
}

/// A line that no message claimed although it says that something is wrong.
package struct UnrecognizedLine: Hashable, Sendable {
  /// 1-based number of the line in its input.
  package var line: Int
  package var stamp: Stamp?
  package var level: Level
  /// The line without its framing, cut to 1 KiB.
  package var text: String
}
