/// One file of a log: its name, and its lines without line ends.
struct LogFile: Hashable {
  var name: String
  var lines: [String]
}

/// The files that are analysed together, in the order in which they are named.
struct LogSet: Hashable {
  var files: [LogFile]

  var lineCount: Int { files.reduce(0) { $0 + $1.lines.count } }

  /// The same files with each line changed; a line that becomes nil is gone.
  func mapLines(_ transform: (String) -> String?) -> LogSet {
    LogSet(files: files.map { LogFile(name: $0.name, lines: $0.lines.compactMap(transform)) })
  }
}

/// A repeatable source of random numbers (SplitMix64), so that a failure can be reproduced by its seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
