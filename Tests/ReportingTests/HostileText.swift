import Contract
import Foundation

@testable import Reporting

/// Text as an attacker would write it into a log, and a report that has it everywhere.
enum HostileText {
  static let all: [String] = [
    "\u{1b}[2J\u{1b}]0;title\u{7}\u{1b}[31mred \u{9b}31m \u{8}\u{0}\u{7f}",
    "line\nforged line\r\nINCIDENT  resolved\u{85}next\u{2028}other\u{2029}para\u{b}\u{c}",
    "<script>alert(1)</script></details></summary><img src=x onerror=y> <!-- & &lt; &#60;",
    "# heading\n- list\n1. one | cell | **bold** _x_ ~~s~~ [a](http://evil.example) ![b](c) > quote $x$ {{t}}",
    "`one` ``two`` ```three``` ~~~~ ````four```` ``````````",
    "\u{202e}\u{2066}\u{200f}\u{61c}\u{2069}\u{feff}\u{200b}\u{200d}\u{ad}\u{e0001}evil",
    "@admin @org/team #123 org/repo#4 GH-12 !7 %milestone ~label ^alert user@example.com http://evil.example www.evil.example",
    String(repeating: "word \u{1b}[5m日本👩‍👩‍👧 ", count: 700),
    String(repeating: "x", count: 10_240),
    "a" + String(repeating: "\u{301}", count: 5_000),
    String(repeating: "<|`*$@#", count: 1_500),
    "",
  ]

  /// For each text the sample that has it everywhere.
  static let reports: [Report] = all.compactMap { try? report(with: $0) }

  /// The sample with `text` in the place of every string that is no code and no instant.
  static func report(with text: String, in sample: Report = .failover) throws -> Report {
    var planter = Planter(text: text)
    let value = planter.planted(try JSONValue(encoding: sample), ReportSchema.value)
    return try JSONDecoder().decode(Report.self, from: Data(value.text.utf8))
  }

  private struct Planter {
    let text: String
    private var walk = SchemaWalk(root: ReportSchema.value)

    init(text: String) {
      self.text = text
    }

    mutating func planted(_ value: JSONValue, _ schema: JSONValue) -> JSONValue {
      let schema = walk.resolved(schema, for: value)
      switch value {
      case .object(let members):
        return .object(
          members.map { JSONMember($0.key, planted($0.value, schema["properties"]?[$0.key] ?? .null)) }
        )
      case .array(let elements):
        return .array(elements.map { planted($0, schema["items"] ?? .null) })
      case .string: return SchemaWalk.isFreeText(schema) ? .string(text) : value
      default: return value
      }
    }
  }
}
