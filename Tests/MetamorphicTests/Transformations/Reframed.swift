import Model

/// The lines of a compose log as another collector would have written them.
struct Reframed: Transformation {
  enum Form: String, CaseIterable {
    case composeTimestamps
    case kubectl
    case journald
    case rfc3164
    case rfc5424
  }

  var form: Form

  var description: String { "as \(form.rawValue)" }

  func applied(to log: LogSet) -> LogSet? {
    guard let lines = log.composeLines else { return nil }
    let width = lines.sources.map(\.count).max() ?? 0
    let arrivals = Self.arrivals(of: lines)
    let printed = zip(lines, arrivals).compactMap { line, arrival in
      self.printed(line, CivilTime(milliseconds: arrival), width)
    }
    return LogSet(files: [LogFile(name: "collected.log", lines: printed)])
  }

  private func printed(_ line: ComposeLine, _ arrival: CivilTime, _ width: Int) -> String? {
    guard let source = line.source else { return nil }
    let (iso, bsd) = (Self.iso(arrival), Self.bsd(arrival))
    switch form {
    case .composeTimestamps:
      return ComposeLine(source: source, text: "\(iso)000000Z \(line.text)").printed(width: width)
    case .kubectl: return "[pod/\(source)-0/\(source)] \(iso)000000Z \(line.text)"
    case .journald: return "\(bsd) \(source) \(source)[77]: \(line.text)"
    case .rfc3164: return "<134>\(bsd) \(source) app[77]: \(line.text)"
    case .rfc5424: return "<134>1 \(iso)Z \(source) app 77 - - \(line.text)"
    }
  }

  /// When each line was collected: at the latest time that a line up to it prints in UTC.
  private static func arrivals(of lines: [ComposeLine]) -> [Int64] {
    var latest: Int64 = 0
    let times = lines.map { line -> Int64 in
      if let time = time(in: line.text) { latest = max(latest, time) }
      return latest
    }
    let first = times.first { $0 > 0 } ?? 0
    return times.map { $0 > 0 ? $0 : first }
  }

  private static func time(in text: String) -> Int64? {
    var scanner = ByteScanner(bytes: Array(text.utf8), position: 0)
    guard let year = scanner.digits(4), scanner.one(of: "-") != nil, let month = scanner.digits(2),
      scanner.one(of: "-") != nil, let day = scanner.digits(2), scanner.one(of: " ") != nil, let time = scanner.time()
    else { return nil }
    let (mark, fraction) = scanner.fraction()
    guard !mark.isEmpty else { return nil }
    var civil = CivilTime(year: year, month: month, day: day, hour: time.hour)
    (civil.minute, civil.second) = (time.minute, time.second)
    civil.millisecond = Int(String((fraction + "000").prefix(3))) ?? 0
    return civil.milliseconds
  }

  private static func iso(_ time: CivilTime) -> String {
    let date = "\(time.year)-\(two(time.month))-\(two(time.day))"
    let milliseconds = String(String(1000 + time.millisecond).dropFirst())
    return "\(date)T\(two(time.hour)):\(two(time.minute)):\(two(time.second)).\(milliseconds)"
  }

  private static func bsd(_ time: CivilTime) -> String {
    let day = time.day < 10 ? " \(time.day)" : "\(time.day)"
    return "\(ByteScanner.months[time.month - 1]) \(day) \(two(time.hour)):\(two(time.minute)):\(two(time.second))"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
