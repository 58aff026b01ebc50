import Contract
import Remediation
import Testing

@Suite("Promotion by hand")
struct PromotionStateTests {
  /// Every combination: two codes, three states of the incident, five yes-or-no questions.
  @Test("is advised only while nobody is writable and nothing simpler helps")
  func everyCombination() {
    for codes in [[], [.noPromotableMember], [.promotionFailed], [.leaderLost]] as [Set<FindingCode>] {
      for status in IncidentStatus.allCases {
        for bits in 0..<32 {
          let state = PromotionState(
            codes: codes,
            status: status,
            isLeaderHealthy: bits & 1 != 0,
            hasPrimary: bits & 2 != 0,
            isPaused: bits & 4 != 0,
            isStoreOut: bits & 8 != 0,
            hasCandidate: bits & 16 != 0
          )
          let isExpected =
            status == .ongoing && bits == 16
            && !codes.isDisjoint(with: [.noPromotableMember, .promotionFailed])
          #expect(state.isAdvised == isExpected)
        }
      }
    }
  }

  private var outage: ClusterSample {
    var sample = ClusterSample(condition: .down)
    sample.leader = "pg1"
    sample.isLeaderHealthy = false
    sample.isAgentAlive = false
    return sample
  }

  @Test("comes after the start of the lost leader, which loses nothing")
  func afterRestart() throws {
    let advice = outage.remedies(.primaryOutage, [.leaderLost, .noPromotableMember], status: .ongoing)
    #expect(Array(advice.codes.prefix(2)) == [.restartMember, .promoteManually])
    let promotion = try #require(advice.first(.promoteManually))
    #expect(promotion.commands.contains { $0.hasSuffix("failover postgres-cluster --candidate pg2 --force") })
    #expect(promotion.risk?.contains("Loses every write") == true)
    #expect(!promotion.preconditions.isEmpty)
  }

  @Test("leaves the choice open where several members could be promoted")
  func severalCandidates() throws {
    var context = outage.context
    context.members.append(MemberOutlook(name: "pg3", condition: .running))
    let advice = remedies(
      in: IncidentOutlook(
        kind: .primaryOutage,
        status: .ongoing,
        findings: [outage.finding(.noPromotableMember)],
        oldPrimary: "pg1",
        lostMembers: ["pg1"]
      ),
      context: context
    )
    let promotion = try #require(advice.first(.promoteManually))
    #expect(promotion.commands.contains { $0.contains("--candidate CANDIDATE") })
  }

  @Test("is not advised in a paused cluster, which is resumed instead")
  func paused() {
    var sample = outage
    sample.isPaused = true
    let advice = sample.remedies(.primaryOutage, [.leaderLost, .noPromotableMember, .clusterPaused], status: .ongoing)
    #expect(!advice.has(.promoteManually))
    #expect(advice.has(.resumeCluster))
  }
}
