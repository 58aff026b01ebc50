import Contract
import Testing

/// Written logs of every trouble that members can have, and of what looks like it and is none.
@Suite("Scenarios of members")
struct MemberScenarioTests {
  private static let scenarios = (try? MemberScenarioReader.all()) ?? []

  @Test("The files are read")
  func areRead() {
    #expect(Self.scenarios.count >= 60)
    #expect(Self.scenarios.allSatisfy { $0.expected["incidents"] != nil })
  }

  @Test("The report says what happened, and nothing else", arguments: scenarios)
  func report(scenario: MemberScenario) throws {
    let report = try scenario.report()
    let incidents = report.incidents
    expect(scenario, "incidents", incidents.map { "\($0.kind.rawValue) \($0.status.rawValue)" })
    expect(scenario, "findings", incidents.flatMap { $0.findings.map(\.code.rawValue) })
    expect(scenario, "report findings", report.findings.map(\.code.rawValue))
    expect(scenario, "remedies", incidents.flatMap { $0.remediation.map(\.code.rawValue) })
    expect(scenario, "lost writes", incidents.map(\.impact.lostWrites.verdict.rawValue))
    expect(scenario, "wal bytes", incidents.map { $0.impact.lostWrites.walBytes.map(String.init) ?? "null" })
    expect(scenario, "verdict", [report.verdict.status.rawValue])
    expectCause(scenario, incidents)
    expectPhases(scenario, incidents)
    expectMembers(scenario, report.cluster.members)
    for finding in incidents.flatMap(\.findings) { #expect(!finding.evidence.isEmpty, "\(finding.code) cites nothing") }
  }

  private func expect(_ scenario: MemberScenario, _ key: String, _ actual: [String]) {
    guard let expected = scenario.expected[key] else { return }
    // One remedy or finding for each of several members is named once.
    var found = key == "incidents" || key == "lost writes" || key == "wal bytes" ? actual : Array(Set(actual))
    // A log that is missing is the log's matter, not the member's: only a scenario that names it speaks of it.
    if key == "remedies", !expected.contains("collect_more_logs") { found.removeAll { $0 == "collect_more_logs" } }
    #expect(found.sorted() == expected.sorted(), "\(key)")
  }

  /// `code member`, or several of them with bars between where the lines cannot tell; `?` is no member.
  private func expectCause(_ scenario: MemberScenario, _ incidents: [Incident]) {
    guard let expected = scenario.expected["cause"]?.first else { return }
    let accepted = expected.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
    let holds = incidents.contains { incident in
      accepted.contains { words in
        words.first == incident.rootCause.code.rawValue
          && (words.count < 2 || words[1] == incident.rootCause.member ?? "?")
      }
    }
    #expect(holds, "cause \(expected), not \(incidents.map(\.rootCause.code.rawValue))")
  }

  private func expectPhases(_ scenario: MemberScenario, _ incidents: [Incident]) {
    let phases = Set(incidents.flatMap { $0.phases.map(\.name.rawValue) })
    for name in scenario.expected["phases"] ?? [] {
      #expect(phases.contains(name.replacing("!", with: "")) == !name.hasPrefix("!"), "phase \(name)")
    }
  }

  private func expectMembers(_ scenario: MemberScenario, _ members: [Member]) {
    for entry in scenario.expected["members"] ?? [] {
      let words = entry.split(separator: " ").map(String.init)
      let state = members.first { $0.name == words[0] }?.stateAtEnd.rawValue
      #expect(state == words[1], "member \(words[0])")
    }
  }
}
