import Contract
import Model
import Testing

@testable import Checking

/// The rows of docs/check.md.
@Suite("The decision about each remedy")
struct DecisionTableTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var code: RemedyCode
    var target: Scenario.Target
    var others: Scenario.Others
    var answer: CheckAnswer
    var findings: [FindingCode] = []
    var testDescription: String { "\(code) of pg1 \(target), others \(others)" }
  }

  static let members: [Row] = [
    // A reinit: already done, still needed, dangerous, not to be told.
    Row(code: .reinitMember, target: .streams, others: .leaderHeard, answer: .alreadyDone),
    Row(code: .reinitMember, target: .diverged, others: .leaderHeard, answer: .stillNeeded),
    Row(code: .reinitMember, target: .startFailed, others: .leaderHeard, answer: .stillNeeded),
    Row(code: .reinitMember, target: .behind, others: .leaderListed, answer: .stillNeeded, findings: [.timelineSplit]),
    Row(code: .reinitMember, target: .behind, others: .leaderListed, answer: .cannotTell),
    Row(code: .reinitMember, target: .leads, others: .leaderHeard, answer: .nowDangerous),
    Row(code: .reinitMember, target: .primaryBesideLeader, others: .leaderHeard, answer: .nowDangerous),
    Row(code: .reinitMember, target: .diverged, others: .leaderDown, answer: .nowDangerous),
    Row(code: .reinitMember, target: .diverged, others: .leaderInRecovery, answer: .nowDangerous),
    Row(code: .reinitMember, target: .diverged, others: .nobody, answer: .nowDangerous),
    Row(code: .reinitMember, target: .diverged, others: .disputed, answer: .nowDangerous),
    Row(code: .reinitMember, target: .diverged, others: .unknown, answer: .cannotTell),
    Row(code: .reinitMember, target: .silent, others: .leaderHeard, answer: .cannotTell, findings: [.timelineSplit]),
    Row(code: .reinitMember, target: .creating, others: .leaderHeard, answer: .cannotTell),
    Row(code: .reinitMember, target: .refused, others: .leaderHeard, answer: .cannotTell),
    Row(code: .reinitMember, target: .unheard, others: .leaderHeard, answer: .cannotTell),
    // A copy aside.
    Row(code: .salvageDivergedWrites, target: .diverged, others: .leaderHeard, answer: .stillNeeded),
    Row(code: .salvageDivergedWrites, target: .primaryBesideLeader, others: .leaderHeard, answer: .stillNeeded),
    Row(code: .salvageDivergedWrites, target: .leads, others: .leaderHeard, answer: .nowDangerous),
    Row(code: .salvageDivergedWrites, target: .streams, others: .leaderHeard, answer: .cannotTell),
    Row(code: .salvageDivergedWrites, target: .creating, others: .leaderHeard, answer: .cannotTell),
    // A start.
    Row(code: .restartMember, target: .streams, others: .leaderHeard, answer: .alreadyDone),
    Row(code: .restartMember, target: .leads, others: .leaderHeard, answer: .alreadyDone),
    Row(code: .restartMember, target: .refused, others: .leaderHeard, answer: .stillNeeded),
    Row(code: .restartMember, target: .stopped, others: .leaderHeard, answer: .stillNeeded),
    Row(code: .restartMember, target: .silent, others: .leaderHeard, answer: .cannotTell),
    Row(code: .restartMember, target: .diverged, others: .leaderHeard, answer: .cannotTell),
    Row(code: .restartMember, target: .primaryBesideLeader, others: .leaderHeard, answer: .nowDangerous),
    // A fence.
    Row(code: .fenceOldPrimary, target: .primaryBesideLeader, others: .leaderHeard, answer: .stillNeeded),
    Row(code: .fenceOldPrimary, target: .streams, others: .leaderHeard, answer: .alreadyDone),
    Row(code: .fenceOldPrimary, target: .refused, others: .leaderHeard, answer: .alreadyDone),
    Row(code: .fenceOldPrimary, target: .silent, others: .leaderHeard, answer: .cannotTell),
    Row(code: .fenceOldPrimary, target: .leads, others: .leaderHeard, answer: .nowDangerous),
    // A promotion.
    Row(code: .promoteManually, target: .streams, others: .leaderHeard, answer: .nowDangerous),
    Row(code: .promoteManually, target: .leads, others: .leaderHeard, answer: .alreadyDone),
    Row(code: .promoteManually, target: .notStreaming, others: .nobody, answer: .stillNeeded),
    // Nothing lives by the record.
    Row(code: .removeDCSState, target: .streams, others: .leaderHeard, answer: .nowDangerous),
    Row(code: .removeDCSState, target: .stopped, others: .nobody, answer: .cannotTell),
    Row(code: .restoreFromBackup, target: .streams, others: .leaderHeard, answer: .nowDangerous),
    Row(code: .restoreFromBackup, target: .refused, others: .nobody, answer: .cannotTell),
    Row(code: .restartPatroni, target: .primaryBesideLeader, others: .leaderHeard, answer: .nowDangerous),
    Row(code: .checkCloneSource, target: .streams, others: .leaderHeard, answer: .alreadyDone),
    Row(code: .checkCloneSource, target: .creating, others: .leaderHeard, answer: .cannotTell),
    Row(code: .fixConfiguration, target: .startFailed, others: .leaderHeard, answer: .stillNeeded),
    Row(code: .fixConfiguration, target: .streams, others: .leaderHeard, answer: .alreadyDone),
  ]

  @Test(arguments: members)
  func member(_ row: Row) {
    let findings = row.findings.map { Samples.finding($0, "pg1") }
    let question = Scenario(target: row.target, others: row.others).question(
      Samples.remedy(row.code),
      findings: findings
    )
    let decision = question.decision
    #expect(decision.answer == row.answer, "\(decision)")
  }

  // MARK: - What happened since the report

  private func reinit(_ history: [Promotion]?, timeline: Int) -> Decision {
    Scenario(target: .diverged, others: .leaderHeard).question(
      Samples.remedy(.reinitMember),
      findings: [Samples.finding(.timelineSplit, "pg1")]
    ) { cluster in
      cluster.history = history
      cluster.update("pg2") { $0.timeline = Fact(timeline, .postgresql) }
    }.decision
  }

  @Test("a member that led since the report may hold writes that the report knows nothing of")
  func ledSince() {
    let end = Promotion(from: 4, lsn: LSN(bytes: 0x500_0000), at: Samples.start, leader: "pg2")
    let others = [Promotion(from: 5, leader: "pg3"), Promotion(from: 6, leader: "pg2")]
    #expect(reinit([end] + others, timeline: 7).answer == .stillNeeded)
    let own = [Promotion(from: 5, leader: "pg1"), Promotion(from: 6, leader: "pg2")]
    #expect(reinit([end] + own, timeline: 7).answer == .nowDangerous)
    #expect(reinit(nil, timeline: 7).answer == .cannotTell)
    let unnamed = [Promotion(from: 5), Promotion(from: 6, leader: "pg2")]
    #expect(reinit([end] + unnamed, timeline: 7).answer == .cannotTell)
  }

  @Test("different system identifiers forbid a reinit, or are for a person to judge if they are its reason")
  func identifiers() {
    for (findings, answer) in [([], CheckAnswer.nowDangerous), ([FindingCode.systemIDMismatch], .cannotTell)] {
      let question = Scenario(target: .startFailed, others: .leaderHeard).question(
        Samples.remedy(.reinitMember),
        findings: findings.map { Samples.finding($0, "pg1") }
      ) { cluster in
        cluster.update("pg1") { $0.systemIdentifier = Fact("1", .patroni) }
        cluster.update("pg2") { $0.systemIdentifier = Fact("2", .patroni) }
      }
      #expect(question.decision.answer == answer)
    }
  }

  // MARK: - Leadership

  @Test("a paused cluster is resumed unless the last leader is away")
  func resumption() {
    func answer(_ target: Scenario.Target, _ others: Scenario.Others, _ isPaused: Bool?) -> CheckAnswer {
      Scenario(target: target, others: others, isPaused: isPaused).question(Samples.remedy(.resumeCluster)).decision
        .answer
    }
    #expect(answer(.streams, .leaderHeard, true) == .stillNeeded)
    #expect(answer(.streams, .leaderHeard, false) == .alreadyDone)
    #expect(answer(.streams, .leaderHeard, nil) == .cannotTell)
    #expect(answer(.refused, .nobody, true) == .nowDangerous)
    #expect(answer(.primaryBesideLeader, .leaderHeard, true) == .nowDangerous)
  }

  @Test("the candidate for a promotion is the member with the most WAL")
  func candidates() {
    func decision(_ other: UInt64) -> Decision {
      let remedy = Samples.remedy(.promoteManually, "Promote pg1 by hand if pg9 cannot be brought back.")
      return Scenario(target: .notStreaming, others: .nobody).question(remedy) { cluster in
        cluster.update("pg2") { $0.position = Fact(LSN(bytes: other), .postgresql) }
        cluster.update("pg9") { $0.serverProblem = Unanswered(.refused, "Connection refused") }
      }.with(oldPrimary: "pg9").decision
    }
    #expect(decision(0x600_0000).answer == .stillNeeded)
    #expect(decision(0x600_0001).answer == .nowDangerous)
  }

  // MARK: - Settings

  private func setting(_ code: RemedyCode, _ command: String, _ values: [String: String]?) -> CheckAnswer {
    Scenario(target: .streams, others: .leaderHeard).question(Samples.remedy(code, commands: [command])) { cluster in
      cluster.configuration = values.map(DynamicConfiguration.init)
    }.decision.answer
  }

  @Test("settings are held against what is set")
  func settings() {
    #expect(setting(.enableFailsafe, "", ["failsafe_mode": "true"]) == .alreadyDone)
    #expect(setting(.enableFailsafe, "", ["ttl": "30"]) == .stillNeeded)
    #expect(setting(.enableFailsafe, "", nil) == .cannotTell)
    #expect(setting(.enableSynchronousMode, "", ["synchronous_mode": "quorum"]) == .alreadyDone)
    #expect(setting(.enableSynchronousMode, "", ["synchronous_mode": "false"]) == .stillNeeded)
    #expect(setting(.useReplicationSlots, "", [:]) == .alreadyDone)
    #expect(setting(.useReplicationSlots, "", ["postgresql.use_slots": "false"]) == .stillNeeded)
    let keep = "patronictl edit-config main -p wal_keep_size=2GB --force"
    #expect(setting(.keepMoreWAL, keep, ["postgresql.parameters.wal_keep_size": "2048MB"]) == .alreadyDone)
    #expect(setting(.keepMoreWAL, keep, ["postgresql.parameters.wal_keep_size": "1GB"]) == .stillNeeded)
    let slots = "patronictl edit-config main -s member_slots_ttl=24h --force"
    #expect(setting(.memberSlotsTtl, slots, ["member_slots_ttl": "86400"]) == .alreadyDone)
    #expect(setting(.memberSlotsTtl, slots, ["member_slots_ttl": "12h"]) == .stillNeeded)
    #expect(setting(.memberSlotsTtl, slots, [:]) == .stillNeeded)
    #expect(setting(.enableRewind, "", ["postgresql.use_pg_rewind": "false"]) == .stillNeeded)
  }

  @Test("a setting that is lower than the primary's is named")
  func lowerSetting() {
    let question = Scenario(target: .notStreaming, others: .leaderHeard).question(Samples.remedy(.fixConfiguration)) {
      $0.update("pg1") { $0.server?.settings["max_connections"] = "50" }
      $0.update("pg2") { $0.server?.settings["max_connections"] = "100" }
    }
    #expect(question.decision.answer == .stillNeeded)
    #expect(question.decision.reasons.first?.contains("max_connections is 50 on pg1 and 100 on pg2") == true)
  }

  @Test("clocks are compared within what the answers' travel leaves open")
  func clocks() {
    func answer(_ own: ClosedRange<Double>, _ other: ClosedRange<Double>) -> CheckAnswer {
      Scenario(target: .streams, others: .leaderHeard).question(Samples.remedy(.fixClock)) {
        $0.update("pg1") { $0.server?.clockOffset = own }
        $0.update("pg2") { $0.server?.clockOffset = other }
      }.decision.answer
    }
    #expect(answer(-0.01...0.01, -0.01...0.01) == .alreadyDone)
    #expect(answer(2.0...2.1, -0.01...0.01) == .stillNeeded)
    #expect(answer(-2.1...(-2.0), -0.01...0.01) == .stillNeeded)
    #expect(answer(0.2...0.9, -0.01...0.01) == .cannotTell)
  }
}

extension Question {
  func with(oldPrimary: String) -> Question {
    var incident = incident
    incident.oldPrimary = oldPrimary
    return Question(
      remedy: remedy,
      incident: incident,
      target: target,
      past: past,
      cluster: cluster,
      leader: leader,
      identity: identity
    )
  }
}
