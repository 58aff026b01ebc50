package import CByteScan
package import Model

/// Where the payload of one line lies, who wrote it, and when its collector received it.
package struct LineRecord: Sendable {
  /// Offset of the payload in `LineBatch.bytes`.
  package var start: Int
  /// Length of the payload in bytes, without prefix and line end.
  package var length: Int
  /// The stream that the line belongs to; an index into `LineReader.sources`.
  package var source: SourceID
  /// 1-based line number in its own input file.
  package var number: Int
  /// The collector's time (docker, kubelet, journald, syslog), if the framing prints one.
  package var outer: Stamp?
  /// Index into `LineBatch.programs` of the syslog identifier or file-name hint; -1 if there is none.
  package var program: Int32

  package init(start: Int, length: Int, source: SourceID, number: Int, outer: Stamp? = nil, program: Int32 = -1) {
    self.start = start
    self.length = length
    self.source = source
    self.number = number
    self.outer = outer
    self.program = program
  }
}

/// A run of consecutive lines and the bytes that they point into.
///
/// Batches cross the border between modules instead of single lines, so that each side's loop stays in one module.
package struct LineBatch: Sendable {
  /// The bytes that `lines` point into; what lies between payloads is of no meaning.
  package var bytes: [UInt8]
  /// The lines in arrival order.
  package var lines: [LineRecord]
  /// All syslog identifiers and file-name hints seen so far; a later batch has the same ones at the same indices.
  package var programs: [String]
  /// Position of the first line among all lines of all inputs; the others follow by one, those of runs among them.
  package var firstArrival: Int
  /// Lines between those of `lines` that the reader was taught to be noise, in arrival order; none if it was not taught.
  package var runs: [NoiseRun]
  /// The lines of the runs; what no run refers to is of no meaning.
  package var noise: [noise_line]

  package init(
    bytes: [UInt8],
    lines: [LineRecord],
    programs: [String] = [],
    firstArrival: Int = 0,
    runs: [NoiseRun] = [],
    noise: [noise_line] = []
  ) {
    self.bytes = bytes
    self.lines = lines
    self.programs = programs
    self.firstArrival = firstArrival
    self.runs = runs
    self.noise = noise
  }

  /// How many lines there are, those of runs among them.
  package var count: Int { lines.count + runs.reduce(0) { $0 + $1.lines.count } }
}
