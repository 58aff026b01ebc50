import Contract
import Testing

@Suite("Leadership, store, routing and resources in written logs")
struct LeaderScenarioTests {
  @Test("The report says what happened", arguments: LeaderScenario.all)
  func holds(_ scenario: LeaderScenario) throws {
    let report = try scenario.report()
    for (key, value) in scenario.expectations {
      let complaints = LeaderExpectation(key: key, value: value).complaints(about: report)
      #expect(complaints.isEmpty, "\(scenario.testDescription)")
    }
    let unrecognised = report.input.warnings.filter { $0.contains("is not recognised") }
    #expect(unrecognised.isEmpty, "a line of the scenario is no line of its component")
  }

  @Test("Every finding and every root cause that is claimed cites a line", arguments: LeaderScenario.all)
  func isCited(_ scenario: LeaderScenario) throws {
    for incident in try scenario.report().incidents {
      if incident.rootCause.code != .unknown { #expect(!incident.rootCause.evidence.isEmpty) }
      for finding in incident.findings { #expect(!finding.evidence.isEmpty, "\(finding.code)") }
    }
  }

  @Test("Scenarios are found, and each expects something")
  func areThere() {
    #expect(LeaderScenario.all.count >= 70)
    #expect(LeaderScenario.all.allSatisfy { $0.expectations.contains { ["kind", "kinds"].contains($0.key) } })
    #expect(LeaderScenario.all.allSatisfy { !$0.lines.isEmpty })
  }

  @Test(
    "A wrong expectation is noticed",
    arguments: [
      ("kind", "switchover"), ("cause", "disk_full"), ("findings", "disk_full"), ("no_findings", "leader_lost"),
      ("old", "nobody"), ("status", "resolved"), ("remedies", "free_disk_space"), ("nonsense", "1"),
      ("cause[7]", "unknown"),
    ]
  )
  func canary(key: String, value: String) throws {
    let scenario = try #require(LeaderScenario.all.first { $0.title.hasPrefix("The only replica is too far behind") })
    let report = try scenario.report()
    #expect(!LeaderExpectation(key: key, value: value).complaints(about: report).isEmpty)
  }

  /// Codes of this part of the vocabulary that no scenario expects would be codes without a test.
  @Test("Each cause of this part is expected by a scenario")
  func causesAreCovered() {
    let expected = Set(
      LeaderScenario.all.flatMap {
        $0.expectations.filter { $0.key.hasPrefix("cause") && !$0.key.hasPrefix("cause_member") }
      }
      .flatMap { $0.value.split(separator: "|").map(String.init) }
    )
    let causes: [RootCauseCode] = [
      .containerStopped, .hostLost, .postmasterCrash, .backendCrash, .outOfMemory, .diskFull, .patroniStalled,
      .patroniStopped, .postgresStalled, .networkPartition, .networkDegraded, .dcsQuorumLost, .dcsUnreachable, .dcsSlow,
      .operatorSwitchover, .operatorFailover, .operatorRestart, .healthCheckFailure, .proxyRestart, .proxyMisrouting,
      .poolerRestart, .connectionsExhausted, .authenticationFailure, .configurationError, .unknown,
    ]
    for cause in causes { #expect(expected.contains(cause.rawValue), "\(cause)") }
  }

  @Test("Each finding of this part is expected by a scenario")
  func findingsAreCovered() {
    let expected = Set(
      LeaderScenario.all.flatMap {
        $0.expectations.filter { ["findings", "top"].contains($0.key.prefix { $0 != "[" }) }
      }
      .flatMap { $0.value.split { ", |".contains($0) }.map(String.init) }
    )
    let findings: [FindingCode] = [
      .leaderLost, .demotedWithoutDCS, .failsafeActive, .dualPrimary, .noPromotableMember, .clusterPaused,
      .promotionStalled, .promotionFailed, .patroniKilled, .postgresStalled, .watchdogUnavailable, .dcsMemberLost,
      .dcsSingleMember, .dcsQuorumLost, .dcsUnreachable, .dcsSlow, .crashRestart, .diskFull, .connectionsExhausted,
      .readOnlyWrites, .slowProxyDetection, .noServerAvailable, .proxyFlapping, .poolerStuck, .dnsFailure,
      .standbyLeader,
    ]
    for finding in findings { #expect(expected.contains(finding.rawValue), "\(finding)") }
  }
}
