import Foundation
import TestSupport

/// Reads the files in `Scenarios/Members`, one a theme.
///
/// A scenario begins with `=== title`. `key: value, value` lines follow, which say what a right report says; then
/// `--- file [service]` begins lines of a file, or of a compose service in it. Lines are put in the order of their
/// times, so that what several services say can be written one after the other. `HH:MM:SS,mmm` and `HH:MM:SS.mmm` at the
/// beginning of a line get the scenario's date in front. Three short forms spare typing:
///
/// - `@beats VERSION MEMBER ROLE LEADER FROM TO SECONDS`: an agent's heartbeats in the wording of Patroni 2.0, 2.1 or 4.
/// - `@writes FROM TO ID`: a client's write once a second.
/// - `@at TIME LINE`: a line that has no time of its own.
struct MemberScenarioReader {
  private var scenarios: [MemberScenario] = []
  private var file = ""
  private var service = ""
  private var isInLog = false

  /// All scenarios, in the order of the files' names.
  static func all() throws -> [MemberScenario] {
    let directory = Repository.root.appendingPathComponent("Tests/CorrelationTests/Scenarios/Members")
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.hasSuffix(".txt") }
    return try names.sorted().flatMap { name in
      var reader = MemberScenarioReader()
      let text = try Repository.text("Tests/CorrelationTests/Scenarios/Members/\(name)")
      for line in text.split(separator: "\n") { reader.take(String(line), theme: String(name.dropLast(4))) }
      return reader.scenarios
    }
  }

  private mutating func take(_ line: String, theme: String) {
    if line.hasPrefix("=== ") {
      scenarios.append(MemberScenario(theme: theme, title: String(line.dropFirst(4))))
      isInLog = false
    } else if line.hasPrefix("--- ") {
      let words = line.dropFirst(4).split(separator: " ").map(String.init)
      file = words.first ?? ""
      service = words.count > 1 ? words[1] : ""
      isInLog = true
    } else if let last = scenarios.indices.last, !line.hasPrefix("#") || isInLog {
      if isInLog {
        scenarios[last].add(line, to: file, service: service)
      } else if let colon = line.firstIndex(of: ":") {
        let values = line[line.index(after: colon)...].split(separator: ",").map {
          $0.trimmingCharacters(in: .whitespaces)
        }
        // `none` says that nothing is found, but of lost writes it is the verdict.
        let key = String(line[..<colon])
        scenarios[last].expected[key] = values.filter { !$0.isEmpty && ($0 != "none" || key == "lost writes") }
      }
    }
  }
}
