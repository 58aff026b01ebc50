import Foundation
import Model
import TestSupport
import Testing

@Suite("failscope parsers")
struct ParsersTests {
  private static let acquired =
    "2025-08-10 21:57:43,740 INFO: promoted self to leader by acquiring session lock"

  /// A component that no bundled file knows.
  private static let repmgrd = """
    component: repmgrd
    name: repmgr
    role: agent
    versions: "5.0 to 5.5"
    levels: {NOTICE: notice, ERROR: error}
    heads:
      - id: plain
        layout: '[{time YYYY-MM-DD hh:mm:ss}] [{level}] {message}'
        example: '[2025-08-10 21:57:43] [NOTICE] this node is the only available candidate and will now promote itself'
    messages:
      - id: promoting
        meaning: The standby won the election and promotes its server.
        versions: "5.0-5.5"
        origin: repmgrd-physical.c
        pattern: 'this node is the (?:only available|winning) candidate'
        event: leader.acquired
        set: {reason: lock}
        examples:
          - line: '[2025-08-10 21:57:43] [NOTICE] this node is the only available candidate and will now promote itself'
            fields: {reason: lock}
    """

  @Test func list() throws {
    let output = try failscope("parsers list").output
    for name in ["patroni", "postgresql", "haproxy", "pgbouncer", "etcd"] { #expect(output.contains("\n\(name) ")) }
  }

  @Test func showComponent() throws {
    let output = try failscope("parsers show haproxy").output
    for word in ["role", "HEADS", "MESSAGES", "proxy.server_down"] { #expect(output.contains(word), "\(word)") }
  }

  @Test("a message is shown with all that its file says")
  func showMessage() throws {
    let found = try failscope(["parsers", "match", Self.acquired]).output
    let line = try #require(found.split(separator: "\n").first { $0.hasPrefix("message") })
    let id = try #require(line.split(separator: " ").last)
    let output = try failscope(["parsers", "show", String(id)]).output
    for word in ["meaning", "versions", "pattern", "leader.acquired", "EXAMPLES"] {
      #expect(output.contains(word), "\(word)")
    }
  }

  @Test func match() throws {
    let outcome = try failscope(["parsers", "match", Self.acquired])
    #expect(outcome.status == 0)
    for word in ["patroni", "leader.acquired", "2025-08-10 21:57:43.740", "info"] {
      #expect(outcome.output.contains(word), "\(word)")
    }
    let unknown = try failscope(["parsers", "match", "what is this?"])
    #expect(unknown.status == 1)
    #expect(unknown.output.contains("none: neither a head nor a headless message fits"))
  }

  @Test("lines are matched from standard input, too")
  func matchMany() throws {
    let outcome = try failscope("parsers match -", input: .text("\(Self.acquired)\n\nwhat is this?\n"))
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("patroni."))
    #expect(lines[1].hasPrefix("blank"))
    #expect(lines[2].hasPrefix("unrecognised"))
  }

  @Test("the bundled files are right")
  func testBundled() throws {
    let outcome = try failscope("parsers test")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("parser files are right"))
    let sources = try failscope(["parsers", "test", Repository.root.appendingPathComponent("parsers").path])
    #expect(sources.status == 0, "\(sources.errors)")
    #expect(sources.output == outcome.output)
  }

  @Test("a component of one's own is tested, listed and used, from --parsers and from the configured directory")
  func ownComponent() throws {
    let scratch = try ScratchDirectory()
    _ = try scratch.write(Self.repmgrd, to: "failscope/parsers/repmgr.yaml")
    let directory = scratch.path("failscope/parsers")
    #expect(try failscope(["parsers", "test", directory]).status == 0)
    let line = "[2025-08-10 21:57:43] [NOTICE] this node is the winning candidate"
    let configured = ["XDG_CONFIG_HOME": scratch.url.path]
    for (options, environment) in [(["--parsers", directory], [:]), ([], configured)] {
      let matched = try failscope(["parsers", "match", line] + options, environment: environment)
      #expect(matched.output.contains("repmgrd.promoting"), "\(matched.output)")
      #expect(try failscope(["parsers", "list"] + options, environment: environment).output.contains("repmgrd"))
      let log = line + "\n" + line.replacing(":43", with: ":44") + "\n"
      let events = try failscope(["events"] + options, input: .text(log), environment: environment)
      #expect(events.output.contains("leader.acquired"), "\(events.output)\(events.errors)")
    }
  }

  @Test("a mistake is told with file, line and reason, and everything else works")
  func mistake() throws {
    let scratch = try ScratchDirectory()
    let wrong = Self.repmgrd.replacing("(?:only", with: "((?:only")
    let path = try scratch.write(wrong, to: "repmgr.yaml")
    let tested = try failscope(["parsers", "test", scratch.url.path])
    #expect(tested.status == 1)
    #expect(tested.errors.contains("\(path):11:"), "\(tested.errors)")
    let analyzed = try failscope(["analyze", failover, "--parsers", scratch.url.path])
    #expect(analyzed.status == 0)
    #expect(analyzed.errors.hasPrefix("failscope: \(path):11:"), "\(analyzed.errors)")
    #expect(analyzed.output.contains("pg2"))
  }

  @Test("a wrong example fails the test")
  func wrongExample() throws {
    let scratch = try ScratchDirectory()
    _ = try scratch.write(Self.repmgrd.replacing("fields: {reason: lock}", with: "fields: {}"), to: "repmgr.yaml")
    let outcome = try failscope(["parsers", "test", scratch.url.path])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("field 'reason' is 'lock', the example says absent"), "\(outcome.errors)")
  }

  @Test("the vocabulary is that of the model, comments included")
  func vocabulary() throws {
    let output = words(try failscope("parsers vocabulary").output)
    for kind in EventKind.allCases { #expect(output.contains(" \(kind.rawValue) "), "run `make vocabulary`") }
    for field in Field.allCases { #expect(output.contains(" \(field.rawValue) "), "run `make vocabulary`") }
    for file in ["EventKind", "Field"] {
      for comment in try Self.comments(of: "Sources/Model/\(file).swift") {
        #expect(output.contains(words(comment)), "run `make vocabulary`: «\(comment)»")
      }
    }
  }

  private func words(_ text: String) -> String {
    let plain = text.filter { $0 != "`" && $0 != "*" }
    return " " + plain.split(whereSeparator: \.isWhitespace).joined(separator: " ") + " "
  }

  /// The documentation of each case.
  private static func comments(of path: String) throws -> [String] {
    var comments: [String] = []
    var comment = ""
    for line in try Repository.text(path).split(separator: "\n") {
      let line = line.drop { $0 == " " }
      if line.hasPrefix("///") {
        comment += line.dropFirst(3)
      } else {
        if line.hasPrefix("case "), !comment.isEmpty { comments.append(comment) }
        comment = ""
      }
    }
    return comments
  }
}
