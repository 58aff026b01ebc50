import Analyzer
import Contract
import Foundation
import TestSupport
import Testing

/// A short log of several sources with what a right report says about it, as the files in `Scenarios/Leaders` tell it.
///
/// A scenario is a title (`== …`), expectations (`key: value`), a line `--`, and lines of the form
/// `SECONDS SOURCE COMPONENT[:LEVEL] message`. `SECONDS` count from the log's begin; `0..60/10` is each ten seconds.
/// `{n}` becomes a number that grows with time, `\n` a line break. The source `-` is the runtime's own output.
struct LeaderScenario: Sendable, CustomTestStringConvertible {
  var file: String
  var title: String
  var expectations: [(key: String, value: String)] = []
  var lines: [String] = []

  var testDescription: String { "\(file): \(title)" }

  /// The first value of a key.
  func value(_ key: String) -> String? { expectations.first { $0.key == key }?.value }

  /// What failscope reports on the scenario's log.
  func report() throws -> Report {
    let scratch = try ScratchDirectory()
    let log = LeaderScenarioLog(scenario: self)
    let paths = try log.files().sorted { $0.key < $1.key }.map { try scratch.write($0.value, to: $0.key) }
    return BatchAnalysis(options: AnalysisOptions()).run(paths: paths).report
  }
}

extension LeaderScenario {
  /// All scenarios of the folder, in the order of files and lines.
  static let all: [LeaderScenario] = {
    let folder = Repository.root.appendingPathComponent("Tests/CorrelationTests/Scenarios/Leaders")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".txt") }.sorted().flatMap { name in
      let text = (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
      return scenarios(in: text, file: name)
    }
  }()

  static func scenarios(in text: String, file: String) -> [LeaderScenario] {
    var scenarios: [LeaderScenario] = []
    var isLog = false
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("== ") {
        scenarios.append(LeaderScenario(file: file, title: String(line.dropFirst(3))))
        isLog = false
      } else if line == "--" {
        isLog = true
      } else if let last = scenarios.indices.last {
        if isLog {
          scenarios[last].lines.append(String(line))
        } else if let colon = line.firstIndex(of: ":") {
          let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
          scenarios[last].expectations.append((String(line[..<colon]), value))
        }
      }
    }
    return scenarios
  }
}
