/// Lines of known components that say nothing known, in between.
struct NoiseLines: Transformation {
  var seed: UInt64

  var description: String { "noise with seed \(seed)" }

  func applied(to log: LogSet) -> LogSet? {
    var generator = SeededGenerator(seed: seed)
    return LogSet(
      files: log.files.map { file in
        LogFile(name: file.name, lines: file.lines.flatMap { [$0] + noise(after: $0, &generator) })
      }
    )
  }

  private func noise(after line: String, _ generator: inout SeededGenerator) -> [String] {
    guard Int.random(in: 0..<8, using: &generator) == 0 else { return [] }
    for (mark, noise) in [
      (" LOG:  ", " LOG:  the quux was frobnicated in 17 ms"), (" INFO: ", " DEBUG: nothing that matters"),
      (" LOG C-", " LOG C-0x1: the quux was frobnicated"),
    ] {
      guard let found = line.firstRange(of: mark) else { continue }
      return [String(line[..<found.lowerBound]) + noise]
    }
    return []
  }
}

/// Other names for members, cluster, hosts and addresses, the same everywhere.
struct RenamedNodes: Transformation {
  /// Old names to new ones; words are replaced as wholes.
  var names = ["pg1": "alpha", "pg2": "beta", "pg3": "gamma", "postgres-cluster": "orders"]

  var description: String { "nodes renamed" }

  /// New names to old ones.
  var reversed: [String: String] { Dictionary(uniqueKeysWithValues: names.map { ($1, $0) }) }

  func applied(to log: LogSet) -> LogSet? {
    LogSet(
      files: log.files.map { LogFile(name: renamed($0.name), lines: $0.lines.map(renamed)) }
    )
  }

  private func renamed(_ line: String) -> String {
    let bytes = Array(line.utf8)
    var result = ""
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, Self.isWord(bytes[end]) == Self.isWord(bytes[start]) { end += 1 }
      let word = String(decoding: bytes[start..<end], as: UTF8.self)
      result += names[word] ?? Self.address(word) ?? hyphenated(word)
      start = end
    }
    return result
  }

  /// `pg1-0` is a pod of `pg1`.
  private func hyphenated(_ word: String) -> String {
    word.split(separator: "-", omittingEmptySubsequences: false).map { names[String($0)] ?? String($0) }
      .joined(separator: "-")
  }

  /// Another network: `192.168.100.7` is `10.77.3.47` now.
  private static func address(_ word: String) -> String? {
    guard word.hasPrefix("192.168.100."), let host = Int(word.dropFirst(12)) else { return nil }
    return "10.77.3.\(host + 40)"
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || [UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
  }
}

/// Colours around the service's name, as compose prints them to a terminal.
struct ColouredNames: Transformation {
  var description: String { "coloured names" }

  func applied(to log: LogSet) -> LogSet? {
    guard log.composeLines != nil else { return nil }
    return log.mapLines { line in
      guard ComposeLine(line).source != nil, let bar = line.firstIndex(of: "|") else { return line }
      let end = line.index(after: bar)
      return "\u{1B}[36m\(line[..<end])\u{1B}[0m\(line[end...])"
    }
  }
}

/// Without the lines that compose itself prints.
struct WithoutLifecycleLines: Transformation {
  var description: String { "no lifecycle lines" }

  func applied(to log: LogSet) -> LogSet? {
    log.composeLines.map { lines in lines.filter { $0.source != nil }.log() }
  }
}

/// Without everything that one service printed.
struct WithoutService: Transformation {
  var service: String

  var description: String { "without \(service)" }

  func applied(to log: LogSet) -> LogSet? {
    log.composeLines.map { lines in lines.filter { $0.source != service }.log() }
  }
}

/// Without lines of certain texts.
struct WithoutLines: Transformation {
  var texts: Set<String>

  var description: String { "without \(texts.count) lines of evidence" }

  func applied(to log: LogSet) -> LogSet? {
    // Whatever prefix a collector put before it.
    log.mapLines { line in texts.contains { line.hasSuffix($0) } ? nil : line }
  }
}
