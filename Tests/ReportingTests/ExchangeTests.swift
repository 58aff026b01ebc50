import Contract
import Foundation
import Testing

@testable import Reporting

@Suite("Reports for other tools")
struct ExchangeTests {
  /// A form of the report, by name.
  struct Form: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let render: @Sendable (Report) throws -> String
  }

  static let forms = [
    Form(testDescription: "jira", render: { jira($0) }),
    Form(testDescription: "gitlab", render: { gitLabTimeline($0) }),
    Form(testDescription: "pagerduty", render: { try pagerDuty($0) }),
    Form(testDescription: "otlp", render: { try openTelemetryTrace($0) }),
    Form(testDescription: "chrome-trace", render: { try chromeTrace($0) }),
    Form(testDescription: "csv", render: { csv($0) }),
    Form(testDescription: "cloudevents", render: { try cloudEvents($0) }),
  ]

  @Test("A form is looked at once and kept", arguments: forms)
  func golden(_ form: Form) throws {
    GoldenFile.expect(try form.render(.failover), is: "failover.\(form.testDescription)")
  }

  @Test("No control, no bidirectional mark, no forged line reaches another tool", arguments: forms)
  func hostileText(_ form: Form) throws {
    for report in HostileText.reports {
      let text = try form.render(report)
      let unsafe = text.unicodeScalars.first { $0 != "\n" && $0 != "\r" && VisibleText.isUnsafe($0) }
      #expect(unsafe == nil, "U+\(unsafe.map { String($0.value, radix: 16) } ?? "")")
      #expect(!text.split(whereSeparator: \.isNewline).contains { $0.hasPrefix("forged") })
    }
  }

  @Test(
    "What is JSON is valid JSON, whatever the log holds",
    arguments: ["pagerduty", "otlp", "chrome-trace", "cloudevents"]
  )
  func validJSON(_ name: String) throws {
    let form = try #require(Self.forms.first { $0.testDescription == name })
    for report in HostileText.reports + [.failover] {
      let text = try form.render(report)
      for document in name == "pagerduty" ? text.split(separator: "\n").map(String.init) : [text] {
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(document.utf8)) }
      }
    }
  }

  @Test("A cell is never a formula", arguments: ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "|calc", "\t=1"])
  func formulas(_ text: String) {
    #expect(CSVText.cell(text).trimmingCharacters(in: ["\""]).hasPrefix("'"))
  }

  @Test("A row has as many cells as there are titles")
  func rows() throws {
    for report in HostileText.reports + [.failover] {
      for line in csv(report).components(separatedBy: "\r\n").dropLast() { #expect(Self.cells(line) == 10) }
    }
  }

  private static func cells(_ line: String) -> Int {
    var isQuoted = false
    return line.reduce(1) { count, character in
      if character == "\"" { isQuoted.toggle() }
      return character == "," && !isQuoted ? count + 1 : count
    }
  }

  @Test(
    "Nothing is markup in Jira's prose",
    arguments: ["*b*", "{code}", "[a|http://x]", "!i.png!", "||h||", "h1. x", "bq. x", "so (x) and :)"]
  )
  func jiraProse(_ text: String) {
    let escaped = JiraText.prose(text)
    let bare = escaped.replacing(#/\\./#, with: "")
    #expect(!bare.contains { "*{}[]|!".contains($0) } && !bare.contains("(x)") && !bare.contains(":)"))
    #expect(!escaped.hasPrefix("h1.") && !escaped.hasPrefix("bq."))
  }

  @Test("A log line cannot end a block of log lines")
  func jiraBlock() {
    let block = JiraText.block(["{noformat}", "x {noformat} *bold*"])
    #expect(block.components(separatedBy: "{noformat}").count == 3)
  }

  @Test("A description fits into Jira's field, and says what it leaves out")
  func jiraLimit() throws {
    var report = try HostileText.report(with: String(repeating: "{*[|", count: 400))
    report.incidents = Array(repeating: report.incidents[0], count: 40)
    let text = jira(report)
    #expect(text.utf16.count < 32_767)
    #expect(text.contains("left out for length"))
  }

  @Test("A quick action is one line of at most 280 characters, with a bar before its minute only")
  func gitLab() throws {
    for report in HostileText.reports + [.failover] {
      for line in gitLabTimeline(report).split(separator: "\n") {
        let parts = line.components(separatedBy: " | ")
        #expect(line.hasPrefix("/timeline ") && parts.count == 2)
        #expect(parts[0].count <= 290)
        #expect(parts.last?.wholeMatch(of: #/\d{4}-\d\d-\d\d \d\d:\d\d/#) != nil)
      }
    }
  }

  @Test("An alert is resolved exactly when the incident is")
  func pagerDutyAction() throws {
    var report = Report.failover
    for (status, action) in [(IncidentStatus.resolved, "resolve"), (.degraded, "trigger"), (.ongoing, "trigger")] {
      report.incidents[0].status = status
      #expect(try report.incidents[0].pagerDutyEvent(in: report)["event_action"] == .string(action))
    }
  }

  @Test("Spans lie below the incident's and end after they begin")
  func spans() throws {
    let trace = try JSONSerialization.jsonObject(with: Data(try openTelemetryTrace(.failover).utf8)) as? [String: Any]
    let resources = trace?["resourceSpans"] as? [[String: Any]]
    let scopes = resources?.first?["scopeSpans"] as? [[String: Any]]
    let spans = try #require(scopes?.first?["spans"] as? [[String: Any]])
    let identifiers = spans.compactMap { $0["spanId"] as? String }
    #expect(Set(identifiers).count == spans.count)
    for span in spans {
      let start = try #require(Int(span["startTimeUnixNano"] as? String ?? ""))
      let end = try #require(Int(span["endTimeUnixNano"] as? String ?? ""))
      #expect(start <= end)
      #expect(
        (span["parentSpanId"] as? String).map { identifiers.contains($0) }
          ?? (span["spanId"] as? String == identifiers[0])
      )
    }
  }
}
