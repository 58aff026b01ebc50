import Contract
import Model
import Remediation
import Testing

@testable import Checking

/// What must hold of every answer, over every remedy in every scenario.
@Suite("Rules that no answer breaks")
struct DecisionRuleTests {
  /// Findings that make a remedy likely, alone and together.
  private static let findings: [[Finding]] = [
    [], [Samples.finding(.timelineSplit, "pg1")], [Samples.finding(.memberStartFailed, "pg1")],
    [Samples.finding(.walRemoved, "pg1")], [Samples.finding(.systemIDMismatch, "pg1")],
    [Samples.finding(.writesLost, nil), Samples.finding(.timelineSplit, "pg1")],
    [Samples.finding(.dataDirectoryLost, "pg1")], [Samples.finding(.noPromotableMember, nil)],
  ]

  private static func everyQuestion(_ codes: [RemedyCode] = RemedyCode.allCases, _ body: (Question, Scenario) -> Void) {
    for scenario in Scenario.all {
      for findings in findings {
        for code in codes { body(scenario.question(Samples.remedy(code), findings: findings), scenario) }
      }
    }
  }

  @Test("every answer has its reasons, and what is not told has what would tell")
  func reasons() {
    Self.everyQuestion { question, scenario in
      let decision = question.decision
      let isWhole =
        !decision.reasons.isEmpty && decision.reasons.allSatisfy { $0.hasSuffix(".") }
        && (decision.wouldTell != nil) == (decision.answer == .cannotTell)
        && (decision.commands == .remedy) == (decision.answer == .stillNeeded)
      // There are a hundred thousand of them, and an expectation that holds costs as well.
      if !isWhole { Issue.record("\(scenario) \(question.remedy.code) \(decision)") }
    }
  }

  @Test("data is replaced only below a healthy leader, on a member that neither leads nor writes nor streams")
  func destruction() {
    var needed = 0
    Self.everyQuestion([.reinitMember, .rewindMember, .rebuildDataDirectory]) { question, scenario in
      guard question.decision.answer == .stillNeeded else { return }
      needed += 1
      #expect(scenario.others == .leaderHeard || scenario.others == .leaderListed, "\(scenario)")
      #expect(question.leader.isHealthy, "\(scenario)")
      let safe: Set<Scenario.Target> = [
        .behind, .notStreaming, .diverged, .startFailed, .stopped, .refused, .absent,
      ]
      #expect(safe.contains(scenario.target), "\(scenario)")
    }
    #expect(needed > 50)
  }

  @Test("what the plan of the advice does not hold is not called needed")
  func agreement() {
    Self.everyQuestion([.reinitMember, .rewindMember, .rebuildDataDirectory]) { question, scenario in
      guard question.decision.answer == .stillNeeded, case .settled(let condition) = question.condition else { return }
      let plan = question.repairState(condition).plan
      #expect(!plan.isDisjoint(with: .destructive), "\(scenario)")
    }
  }

  @Test("nobody is promoted, and no record or data given up, while somebody lives")
  func lastResorts() {
    Self.everyQuestion([.promoteManually, .removeDCSState, .restoreFromBackup]) { question, scenario in
      guard question.decision.answer == .stillNeeded else { return }
      #expect(question.cluster.primaries.isEmpty, "\(scenario)")
      #expect(!question.leader.isHealthy, "\(scenario)")
      if question.remedy.code != .promoteManually {
        #expect([.startFailed, .stopped, .refused].contains(scenario.target), "\(scenario)")
      }
    }
  }

  @Test("the leader is not stopped, copied, started or fenced")
  func leader() {
    let acting: [RemedyCode] = [.fenceOldPrimary, .salvageDivergedWrites, .restartMember, .reinitMember, .rewindMember]
    Self.everyQuestion(acting) { question, scenario in
      guard scenario.target == .leads else { return }
      #expect(question.decision.answer != .stillNeeded, "\(scenario) \(question.remedy.code)")
    }
  }

  @Test("another cluster is left alone")
  func otherCluster() {
    for scenario in Scenario.all {
      for code in RemedyCode.allCases {
        let decision = scenario.question(Samples.remedy(code), identity: .other).decision
        #expect(decision.answer == (code.acts ? .nowDangerous : .cannotTell), "\(scenario) \(code)")
      }
    }
  }

  @Test("a leader on an older timeline than the report's is left alone")
  func timelineWentBack() {
    for code in RemedyCode.allCases where code.acts {
      let question = Scenario(target: .behind, others: .leaderHeard).question(Samples.remedy(code)) { cluster in
        cluster.update("pg2") { $0.timeline = Fact(3, .postgresql) }
      }
      #expect(question.decision.answer == .nowDangerous, "\(code)")
    }
  }
}
