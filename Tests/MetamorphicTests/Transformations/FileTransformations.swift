/// Each service's lines in a file of its own, as `docker logs pg1 > pg1.log` gives them: no order of arrival.
struct SplitByService: Transformation {
  var description: String { "a file for each service" }

  func applied(to log: LogSet) -> LogSet? {
    guard let lines = log.composeLines else { return nil }
    return LogSet(
      files: lines.sources.map { source in
        LogFile(name: "\(source).log", lines: lines.filter { $0.source == source }.map(\.text))
      }
    )
  }
}

/// The files in another order.
struct PermutedFiles: Transformation {
  var seed: UInt64

  var description: String { "files shuffled with seed \(seed)" }

  func applied(to log: LogSet) -> LogSet? {
    guard log.files.count > 1 else { return nil }
    var generator = SeededGenerator(seed: seed)
    return LogSet(files: log.files.shuffled(using: &generator))
  }
}

/// Each file cut in three as logrotate does, the current piece first.
struct RotatedFiles: Transformation {
  var description: String { "files rotated" }

  func applied(to log: LogSet) -> LogSet? {
    // A `patronictl` table beside the log has no times by which its pieces could be put in order.
    guard log.files.allSatisfy({ $0.lines.count > 30 }) else { return nil }
    return LogSet(
      files: log.files.flatMap { file in
        let third = file.lines.count / 3
        let pieces = [file.lines[(2 * third)...], file.lines[third..<(2 * third)], file.lines[..<third]]
        return zip(["", ".1", ".2"], pieces).map { LogFile(name: file.name + $0, lines: Array($1)) }
      }
    )
  }
}

/// Everything twice, the copies beside the originals.
struct CopiedFiles: Transformation {
  var description: String { "a copy beside each file" }

  func applied(to log: LogSet) -> LogSet? {
    LogSet(files: log.files.flatMap { [$0, LogFile(name: "backup/\($0.name)", lines: $0.lines)] })
  }
}

/// Beside each file an older copy of it, which ends earlier.
struct EarlierCopies: Transformation {
  var description: String { "an earlier copy beside each file" }

  func applied(to log: LogSet) -> LogSet? {
    LogSet(
      files: log.files.flatMap { file in
        [LogFile(name: "monday/\(file.name)", lines: Array(file.lines.prefix(file.lines.count * 2 / 3))), file]
      }
    )
  }
}
