import Foundation
import Model

/// Writes a scenario's lines as its components and its framing print them.
struct LeaderScenarioLog {
  let scenario: LeaderScenario

  /// One line of the log, before it is written.
  private struct Entry {
    var seconds: Double
    /// How far the source's clock is ahead, in seconds.
    var skew: Double
    var order: Int
    var source: String
    var component: String
    var level: String?
    var message: String

    /// The moment in milliseconds since 1970; every log begins at the same one.
    var instant: Instant {
      (Instant(rfc3339: "2026-05-12T10:00:00Z") ?? Instant(milliseconds: 0)).advanced(bySeconds: seconds + skew)
    }
  }

  /// The files of the log, by name.
  func files() -> [String: String] {
    var files: [String: String] = [:]
    for entry in scenario.lines.enumerated().flatMap({ entries(of: $0.element, order: $0.offset) })
      .sorted(by: { ($0.seconds, $0.order) < ($1.seconds, $1.order) })
    {
      for line in body(of: entry).components(separatedBy: "\\n") {
        let (name, text) = framed(line, entry)
        files[name, default: ""] += text + "\n"
      }
    }
    return files
  }

  private func entries(of line: String, order: Int) -> [Entry] {
    let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: true).map(String.init)
    guard words.count == 4 else { return [] }
    let component = words[2].split(separator: ":", maxSplits: 1).map(String.init)
    let time = words[0].split(separator: "^", maxSplits: 1).map(String.init)
    return instants(time[0]).map { seconds in
      Entry(
        seconds: seconds,
        skew: time.count > 1 ? Double(time[1]) ?? 0 : 0,
        order: order,
        source: words[1],
        component: component[0],
        level: component.count > 1 ? component[1] : nil,
        message: words[3].replacing("{n}", with: "\(100 + Int(seconds))")
      )
    }
  }

  /// `12.5`, or `0..60/10` for each ten seconds of a minute.
  private func instants(_ text: String) -> [Double] {
    guard let dots = text.firstRange(of: ".."), let slash = text.firstIndex(of: "/") else { return [Double(text) ?? 0] }
    let from = Double(text[..<dots.lowerBound]) ?? 0
    let to = Double(text[dots.upperBound..<slash]) ?? 0
    let step = Double(text[text.index(after: slash)...]) ?? 1
    return Array(stride(from: from, through: to + 1e-9, by: step))
  }

  /// The line as the component prints it.
  private func body(of entry: Entry) -> String {
    let stamp = entry.instant.rfc3339
    let date = stamp.prefix(10)
    let time = stamp.dropFirst(11).prefix(8)
    let fraction = stamp.dropFirst(20).prefix(3)
    let message = entry.message
    switch entry.component {
    case "patroni": return "\(date) \(time),\(fraction) \(entry.level ?? "INFO"): \(message)"
    case "postgres": return "\(date) \(time).\(fraction) UTC [4100] \(entry.level ?? "LOG"):  \(message)"
    case "pgbouncer": return "\(date) \(time).\(fraction) UTC [1] \(entry.level ?? "LOG") \(message)"
    case "haproxy": return "<133>May 12 \(time) haproxy[8]: \(message)"
    case "haproxy-stderr": return "[\(entry.level ?? "WARNING")]  (8) : \(message)"
    case "monitor": return "[\(time)] \(message)"
    case "etcd33": return "\(date) \(time).\(fraction)000 \(entry.level ?? "I") | \(message)"
    case "etcd": return etcdLine(message, level: entry.level ?? "info", stamp: stamp)
    default: return message
    }
  }

  /// A JSON record; what stands in braces after the words are its further keys.
  private func etcdLine(_ message: String, level: String, stamp: String) -> String {
    let parts = message.split(separator: "{", maxSplits: 1).map(String.init)
    let words = parts[0].trimmingCharacters(in: [" "])
    let keys = parts.count > 1 ? ",\(parts[1])" : "}"
    return #"{"level":"\#(level)","ts":"\#(stamp)","caller":"raft/raft.go:1","msg":"\#(words)"\#(keys)"#
  }

  /// The line with what a runtime or collector puts around it, and the file that it stands in.
  private func framed(_ line: String, _ entry: Entry) -> (file: String, text: String) {
    let outer = entry.instant.rfc3339.dropLast() + "000"
    guard entry.source != "-" else { return ("compose.log", line) }
    switch scenario.value("framing") {
    case "files": return ("\(entry.source).log", line)
    case "kubectl": return ("kubectl.log", "[pod/\(entry.source)/postgres] \(outer)000Z \(line)")
    case "timestamps": return ("compose.log", "\(entry.source)  | \(outer)000Z \(line)")
    case "journald":
      let isBare = ["haproxy", "systemd", "kernel"].contains(entry.component)
      let text = isBare ? entry.message : line
      return ("journal.log", "\(outer)+00:00 \(entry.source) \(program(entry.component)): \(text)")
    default: return ("compose.log", "\(entry.source)  | \(line)")
    }
  }

  private func program(_ component: String) -> String {
    switch component {
    case "patroni", "postgres": "patroni[812]"
    case "haproxy", "haproxy-stderr": "haproxy[8]"
    case "pgbouncer": "pgbouncer[9]"
    case "etcd", "etcd33": "etcd[10]"
    case "systemd": "systemd[1]"
    case "monitor": "monitor[77]"
    default: component
    }
  }
}
