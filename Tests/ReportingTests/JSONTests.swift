import Contract
import Foundation
import Testing

@testable import Reporting

@Suite("The report as JSON")
struct JSONTests {
  @Test func readsBackAsTheSameReport() throws {
    let text = try json(.failover)
    let decoded = try JSONDecoder().decode(Report.self, from: Data(text.utf8))
    #expect(decoded == .failover)
    #expect(try json(decoded) == text)
  }

  @Test func keepsTheOrderOfTheContract() throws {
    let value = try JSONValue(encoding: Report.failover)
    #expect(
      value.keys == [
        "schema", "generator", "input", "cluster", "incidents", "findings", "coverage", "settings_observed", "verdict",
      ]
    )
    #expect(try json(.failover).hasPrefix("{\n  \"schema\": \"failscope.report/1\",\n"))
    #expect(try json(.failover).hasSuffix("}\n"))
  }

  @Test func writesNullRatherThanNothing() throws {
    guard case .array(let incidents)? = try JSONValue(encoding: Report.failover)["incidents"] else {
      return #expect(Bool(false), "no incidents")
    }
    #expect(incidents.first?["ended_at"] == .null)
    #expect(incidents.first?["impact"]?["read_outage"] == .null)
  }

  @Test func leavesSlashesAndEscapesControls() {
    #expect(JSONValue.string("0/4015EB0").text == "\"0/4015EB0\"\n")
    #expect(
      JSONValue.string("\u{1b}\"\\\n\u{202e}\u{7f}\u{e0001}é").text
        == "\"\\u001b\\\"\\\\\\n\\u202e\\u007f\\udb40\\udc01é\"\n"
    )
  }

  @Test(arguments: [(36.329, "36.329"), (5.0, "5"), (0.1, "0.1"), (-0.4, "-0.4"), (1e20, "1e+20")])
  func numbers(_ number: Double, _ text: String) {
    #expect(JSONValue.number(number).text == text + "\n")
  }

  @Test func refusesNumbersThatJSONHasNot() {
    var report = Report.failover
    report.findings[0].confidence = .nan
    #expect(throws: EncodingError.self) { try json(report) }
  }

  @Test func emptyContainers() {
    #expect(JSONValue.array([]).text == "[]\n")
    #expect(JSONValue.object([]).text == "{}\n")
  }
}
