import Analyzer
import Contract
import Foundation
import TestSupport
import Testing

/// A short log of real wordings, and what a right report says about it.
struct MemberScenario: Sendable, CustomTestStringConvertible {
  let theme: String
  let title: String
  var expected: [String: [String]] = [:]
  private var files: [String: [Line]] = [:]

  init(theme: String, title: String) {
    self.theme = theme
    self.title = title
  }

  var testDescription: String { "\(theme): \(title)" }

  /// A line of a log and the second of the day at which it belongs.
  private struct Line: Sendable {
    var second: Double
    var text: String
  }

  /// Runs the whole analysis on the log.
  func report() throws -> Report {
    let scratch = try ScratchDirectory()
    let paths = try files.sorted { $0.key < $1.key }.map { try scratch.write(Self.text($0.value), to: $0.key) }
    return BatchAnalysis(options: AnalysisOptions()).run(paths: paths).report
  }

  private static func text(_ lines: [Line]) -> String {
    let sorted = lines.enumerated().sorted { ($0.element.second, $0.offset) < ($1.element.second, $1.offset) }
    return sorted.map { $0.element.text + "\n" }.joined()
  }
}

// MARK: - Building

extension MemberScenario {
  /// Adds a line as the file has it.
  mutating func add(_ line: String, to file: String, service: String) {
    let words = line.split(separator: " ").map(String.init)
    switch words.first {
    case "@beats" where words.count == 8:
      for beat in Heartbeat(words).lines { append(beat, to: file, service: service) }
    case "@writes" where words.count == 4:
      for write in Self.writes(words) { append(write, to: file, service: service) }
    case "@at" where words.count > 2:
      let text = words.dropFirst(2).joined(separator: " ")
      files[file, default: []].append(Line(second: ClockTime.seconds(words[1]) ?? 0, text: text))
    default:
      append(line, to: file, service: service)
    }
  }

  private mutating func append(_ line: String, to file: String, service: String) {
    let date = expected["date"]?.first ?? "2026-03-14"
    let isBare = line.first?.isNumber == true && ClockTime.seconds(line) != nil
    // A line without a time belongs to the one before it.
    let second = ClockTime.seconds(line) ?? files[file]?.last?.second ?? 0
    let prefix = service.isEmpty ? "" : service.padding(toLength: 10, withPad: " ", startingAt: 0) + "| "
    files[file, default: []].append(Line(second: second, text: prefix + (isBare ? "\(date) \(line)" : line)))
  }

  private static func writes(_ words: [String]) -> [String] {
    guard let from = ClockTime.seconds(words[1]), let to = ClockTime.seconds(words[2]), let first = Int(words[3]) else {
      return []
    }
    return stride(from: from, through: to, by: 1).enumerated().map { offset, second in
      let id = first + offset
      return "[\(ClockTime.text(second).prefix(8))] WRITE: ID=\(id), Data='Test data #\(id)'"
    }
  }
}

/// The heartbeats that one agent prints.
private struct Heartbeat {
  let words: [String]

  init(_ words: [String]) {
    self.words = words
  }

  var lines: [String] {
    guard let from = ClockTime.seconds(words[5]), let to = ClockTime.seconds(words[6]), let step = Double(words[7])
    else { return [] }
    return stride(from: from, through: to, by: step).flatMap { second in
      texts.map { "\(ClockTime.text(second)) INFO: \($0)" }
    }
  }

  private var texts: [String] {
    let (version, name, role, leader) = (words[1], words[2], words[3], words[4])
    switch (version, role) {
    case ("2.0", "leader"): return ["Lock owner: \(name); I am \(name)", "no action.  i am the leader with the lock"]
    case ("2.0", _):
      return [
        "Lock owner: \(leader); I am \(name)", "does not have lock",
        "no action.  i am a secondary and i am following a leader",
      ]
    case ("2.1", "leader"): return ["no action. I am (\(name)) the leader with the lock"]
    case ("2.1", _): return ["no action. I am a secondary (\(name)) and following a leader (\(leader))"]
    case (_, "leader"): return ["no action. I am (\(name)), the leader with the lock"]
    case (_, "standby_leader"): return ["no action. I am (\(name)), the standby leader with the lock"]
    case (_, "standby"): return ["no action. I am (\(name)), a secondary, and following a standby leader (\(leader))"]
    default: return ["no action. I am (\(name)), a secondary, and following a leader (\(leader))"]
    }
  }
}

/// Times of day as the scenarios write them.
private enum ClockTime {
  /// The seconds since midnight that a line begins with, a bracket or date before it left out; nil if there are none.
  static func seconds(_ line: String) -> Double? {
    var rest = Substring(line)
    if rest.first == "[" { rest = rest.dropFirst() }
    if rest.count > 10, rest.dropFirst(4).first == "-" { rest = rest.dropFirst(11) }
    let parts = rest.prefix { $0.isNumber || ":.,".contains($0) }.split(separator: ":")
    guard parts.count == 3, let hours = Double(parts[0]), let minutes = Double(parts[1]),
      let seconds = Double(parts[2].replacing(",", with: "."))
    else { return nil }
    return hours * 3600 + minutes * 60 + seconds
  }

  /// `HH:MM:SS,mmm`.
  static func text(_ second: Double) -> String {
    let milliseconds = Int((second * 1000).rounded())
    let parts = [milliseconds / 3_600_000, milliseconds / 60_000 % 60, milliseconds / 1000 % 60]
    let clock = parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    let fraction = String(milliseconds % 1000)
    return clock + "," + String(repeating: "0", count: 3 - fraction.count) + fraction
  }
}
