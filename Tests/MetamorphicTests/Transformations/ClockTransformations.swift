/// All clocks by the same time later or earlier.
struct ShiftedClocks: Transformation {
  /// Whole seconds.
  var seconds: Int64
  var year = 2026

  var description: String { "all clocks moved by \(seconds) s" }

  func applied(to log: LogSet) -> LogSet? {
    let move = StampRewriter(shift: seconds * 1000, year: year)
    return log.mapLines { move($0) }
  }
}

/// The clock of one service ahead or behind.
struct SkewedService: Transformation {
  var service: String
  var milliseconds: Int64

  var description: String { "the clock of \(service) off by \(milliseconds) ms" }

  func applied(to log: LogSet) -> LogSet? {
    guard var lines = log.composeLines else { return nil }
    let move = StampRewriter(shift: milliseconds)
    var leaders: [String?] = []
    for index in lines.indices {
      let line = lines[index]
      if line.text.contains("the leader with the lock") { leaders.append(line.source) }
      // The time of a commit that a standby replayed is by the clock of the leader that it followed.
      let leader = leaders.last { $0 != line.source } ?? nil
      let parts = line.text.split(separator: "at log time", maxSplits: 1).map(String.init)
      let own = line.source == service ? move(parts.first ?? "") : parts.first ?? ""
      let replayed = parts.dropFirst().map { leader == service ? move($0) : $0 }
      lines[index].text = ([own] + replayed).joined(separator: "at log time")
    }
    return lines.log()
  }
}

/// One service in another time zone, which those of its lines print that print one.
struct RezonedService: Transformation {
  var service: String
  /// Hours east of Greenwich, with the name that PostgreSQL and PgBouncer print.
  var hours: Int64
  var name: String

  var description: String { "\(service) in \(name)" }

  private var offset: String { (hours < 0 ? "-0" : "+0") + String(hours.magnitude) }

  func applied(to log: LogSet) -> LogSet? {
    guard var lines = log.composeLines else { return nil }
    let move = StampRewriter(shift: hours * 3_600_000)
    for index in lines.indices where lines[index].source == service {
      let text = lines[index].text
      // etcd and JSON print `Z`, which stays what it is.
      guard !text.contains("T0") || !text.contains("Z\"") else { return nil }
      let moved = move(text).replacing(" UTC", with: " \(name)")
      // The time of the last transaction is printed with an offset.
      lines[index].text = moved.hasSuffix("+00") ? String(moved.dropLast(3)) + offset : moved
    }
    return lines.log()
  }
}

/// The hour that a clock without zone repeats in autumn: from `at` on, it is set back.
struct ClocksSetBack: Transformation {
  /// How many lines of the log come before the change.
  var share: Double

  var description: String { "clocks without zone set back after \(share) of the log" }

  func applied(to log: LogSet) -> LogSet? {
    guard let lines = log.composeLines else { return nil }
    let change = Int(Double(lines.count) * share)
    let (before, after) = (StampRewriter(shift: 7_200_000), StampRewriter(shift: 3_600_000))
    let changed = lines.enumerated().map { index, line -> ComposeLine in
      // What prints its zone goes on in UTC.
      guard !line.text.contains("UTC"), !line.text.contains("Z") else { return line }
      return ComposeLine(source: line.source, text: (index < change ? before : after)(line.text))
    }
    return changed.log()
  }
}
