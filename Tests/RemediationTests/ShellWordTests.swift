import Contract
import Remediation
import Testing

@Suite("Names from a log in commands")
struct ShellWordTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var value: String?
    var word: String
    var testDescription: String { value?.debugDescription ?? "nil" }
  }

  @Test(
    "become one word, or none",
    arguments: [
      Case(value: "pg1", word: "pg1"),
      Case(value: "/etc/patroni.yml", word: "/etc/patroni.yml"),
      Case(value: "node-1.example_2", word: "node-1.example_2"),
      Case(value: "two words", word: "'two words'"),
      Case(value: "a;reboot", word: "'a;reboot'"),
      Case(value: "$(reboot)", word: "'$(reboot)'"),
      Case(value: "it's", word: "'it'\\''s'"),
      Case(value: "'; reboot; '", word: "''\\''; reboot; '\\'''"),
      Case(value: "узел1", word: "'узел1'"),
      Case(value: "~root", word: "'~root'"),
      Case(value: "--force", word: "NAME"),
      Case(value: "-rf", word: "NAME"),
      Case(value: "", word: "NAME"),
      Case(value: nil, word: "NAME"),
      Case(value: "pg1\nreboot", word: "NAME"),
      Case(value: "pg1\rreboot", word: "NAME"),
      Case(value: "pg1\u{1B}[2J", word: "NAME"),
      Case(value: "pg\u{202E}1", word: "NAME"),
      Case(value: "pg\u{0}1", word: "NAME"),
      Case(value: "pg\u{A0}1", word: "NAME"),
      Case(value: "pg\u{2028}1", word: "NAME"),
    ]
  )
  func word(_ example: Case) {
    #expect(ShellWord.word(example.value, or: "NAME") == example.word)
  }

  @Test("are not taken if no name is that long")
  func longWord() {
    #expect(ShellWord.word(String(repeating: "a", count: 255), or: "NAME") != "NAME")
    #expect(ShellWord.word(String(repeating: "a", count: 256), or: "NAME") == "NAME")
  }

  @Test(
    "cannot leave their word in any command of any remedy",
    arguments: [
      "a;reboot", "$(reboot)", "`reboot`", "x y", "a'b", "-zz", "a\nreboot", "a\u{1B}]0;x\u{7}", "a&reboot", "a|b>c",
    ]
  )
  func hostileNames(_ name: String) {
    for runtime in HostileRuntime.allCases {
      for condition in MemberCondition.allCases {
        var sample = ClusterSample(condition: condition, runtime: runtime.make, scope: name)
        sample.name = name
        sample.isAgentAlive = condition != .down
        for remedy in sample.remedies(.failover, AllFindings.codes, lostWrites: .possible) {
          for command in remedy.commands {
            #expect(command.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }, "\(remedy.code)")
            #expect(!outsideQuotes(of: command).contains(name), "\(remedy.code): \(command)")
          }
        }
      }
    }
  }

  /// What a shell would not take literally, with quoted spans left out.
  private func outsideQuotes(of command: String) -> String {
    var rest = ""
    var isQuoted = false
    var isEscaped = false
    for character in command {
      if isEscaped {
        isEscaped = false
      } else if character == "\\", !isQuoted {
        isEscaped = true
      } else if character == "'" {
        isQuoted.toggle()
      } else if !isQuoted {
        rest.append(character)
      }
    }
    return rest
  }
}

/// What a member can run in, for tests that go through all of it.
enum HostileRuntime: CaseIterable {
  case host
  case container
  case composeService
  case pod

  var make: @Sendable (String) -> Runtime {
    switch self {
    case .host: { .host($0) }
    case .container: { .container($0) }
    case .composeService: { .composeService($0) }
    case .pod: { .pod($0) }
    }
  }
}
