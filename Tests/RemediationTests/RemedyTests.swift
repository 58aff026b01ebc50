import Contract
import Remediation
import Testing

@Suite("Remedies with the names of the log")
struct RemedyTests {
  @Test("a diverged old primary is saved, then built anew, from the new leader's container")
  func reinit() throws {
    let advice = ClusterSample().failover(.leaderLost, .timelineSplit, .writesLost, lostWrites: .confirmed)
    #expect(Array(advice.codes.prefix(3)) == [.salvageDivergedWrites, .reinitMember, .rewindMember])
    let reinit = try #require(advice.first(.reinitMember))
    #expect(reinit.urgency == .now)
    #expect(reinit.commands == ["docker exec pg2 patronictl -c /etc/patroni.yml reinit postgres-cluster pg1 --force"])
    #expect(reinit.risk?.contains("Destroys pg1's data directory") == true)
    #expect(reinit.preconditions.contains { $0.contains("healthy leader on timeline 2") })
    #expect(reinit.preconditions.contains { $0.contains("copied aside") })
    #expect(reinit.verify.contains { $0.contains("pg1 streaming on timeline 2") })
    #expect(reinit.answers == [.timelineSplit])
  }

  @Test("an unknown cluster name is a placeholder")
  func placeholder() throws {
    var sample = ClusterSample()
    sample.scope = nil
    let reinit = try #require(sample.failover(.timelineSplit).first(.reinitMember))
    #expect(reinit.commands.contains { $0.contains("reinit CLUSTER pg1") })
  }

  struct Place: Sendable, CustomTestStringConvertible {
    var runtime: Runtime
    var reinit: String
    var start: String
    var testDescription: String { "\(runtime)" }
  }

  @Test(
    "commands run where the members do",
    arguments: [
      Place(
        runtime: .host("pg1"),
        reinit: "patronictl -c /etc/patroni.yml reinit postgres-cluster pg1 --force",
        start: "sudo systemctl start patroni  # on pg1"
      ),
      Place(
        runtime: .container("pg1"),
        reinit: "docker exec pg2 patronictl -c /etc/patroni.yml reinit postgres-cluster pg1 --force",
        start: "docker start pg1"
      ),
      Place(
        runtime: .composeService("pg1"),
        reinit: "docker compose exec pg2 patronictl -c /etc/patroni.yml reinit postgres-cluster pg1 --force",
        start: "docker compose up --detach pg1"
      ),
      Place(
        runtime: .pod("pg1"),
        reinit: "kubectl exec pg2 -- patronictl -c /etc/patroni.yml reinit postgres-cluster pg1 --force",
        start: "kubectl describe pod pg1"
      ),
    ]
  )
  func places(_ place: Place) {
    var sample = ClusterSample(runtime: { name in
      switch place.runtime {
      case .host: .host(name)
      case .container: .container(name)
      case .composeService: .composeService(name)
      case .pod: .pod(name)
      }
    })
    #expect(sample.failover(.timelineSplit).first(.reinitMember)?.commands == [place.reinit])
    sample.condition = .down
    sample.isAgentAlive = false
    #expect(sample.failover(.leaderLost).first(.restartMember)?.commands == [place.start])
  }

  @Test("what has merely stopped is started, and never wiped")
  func restart() {
    var sample = ClusterSample(condition: .down)
    sample.isAgentAlive = false
    let advice = sample.failover(.leaderLost)
    #expect(advice.codes == [.restartMember])
    #expect(!sample.failover(.leaderLost, .memberStartFailed, .timelineSplit).has(.reinitMember))
  }

  @Test("a member that is back needs nothing", arguments: [MemberCondition.streaming, .running, .leader])
  func healed(_ condition: MemberCondition) {
    let sample = ClusterSample(condition: condition)
    let advice = sample.remedies(
      .failover,
      [.leaderLost, .timelineSplit, .memberStartFailed, .rewindRan],
      status: .resolved,
      healed: ["pg1"]
    )
    #expect(advice.isEmpty)
  }

  @Test("slots that are in use get a longer life instead of being switched on")
  func slots() {
    var sample = ClusterSample(condition: .running)
    sample.usesSlots = true
    let advice = sample.remedies(.replicaOutage, [.walRemoved])
    #expect(advice.codes == [.reinitMember, .keepMoreWAL, .memberSlotsTtl])
  }

  @Test("a cluster that was resumed is not resumed again")
  func resumed() {
    var sample = ClusterSample(condition: .streaming)
    #expect(!sample.failover(.clusterPaused).has(.resumeCluster))
    sample.isPaused = true
    #expect(
      sample.failover(.clusterPaused).first(.resumeCluster)?.commands == [
        "docker exec pg2 patronictl -c /etc/patroni.yml resume postgres-cluster --wait"
      ]
    )
  }

  @Test("a DCS that is back is not restored, failsafe mode is advised for the next time")
  func storeIsBack() {
    let advice = ClusterSample(condition: .streaming).remedies(
      .dcsOutage,
      [.demotedWithoutDCS, .dcsQuorumLost],
      status: .resolved
    )
    #expect(advice.codes == [.enableFailsafe])
  }

  @Test("a DCS that is out is restored first, with its lost members by name")
  func storeIsOut() throws {
    let store = StoreOutlook(name: "etcd", isOut: true, lostMembers: [.container("etcd2"), .container("etcd3")])
    let advice = ClusterSample(condition: .running, store: store).remedies(
      .dcsOutage,
      [.dcsQuorumLost],
      status: .ongoing
    )
    let restore = try #require(advice.first)
    #expect(restore.code == .restoreDCS)
    #expect(Array(restore.commands.prefix(2)) == ["docker start etcd2", "docker start etcd3"])
  }

  @Test("the keys in the DCS are never deleted while anybody leads or follows", arguments: MemberCondition.allCases)
  func dcsState(_ condition: MemberCondition) {
    var sample = ClusterSample(condition: condition)
    #expect(
      !sample.remedies(.bootstrapFailure, [.waitingForLeader, .systemIDMismatch], status: .ongoing).has(.removeDCSState)
    )
    sample.isLeaderHealthy = false
    let isAlive = [.leader, .primary, .streaming, .running, .diverged].contains(condition)
    var context = sample.context
    context.members.removeLast()
    let outlook = IncidentOutlook(
      kind: .bootstrapFailure,
      status: .ongoing,
      findings: [sample.finding(.waitingForLeader)],
      lostMembers: ["pg1"]
    )
    #expect(remedies(in: outlook, context: context).has(.removeDCSState) == !isAlive)
  }

  @Test("everything that destroys data says so, says what must hold before, and how success is seen")
  func destructiveRemedies() {
    let destructive: Set<RemedyCode> = [
      .reinitMember, .rewindMember, .rebuildDataDirectory, .promoteManually, .removeDCSState, .restoreFromBackup,
    ]
    for condition in MemberCondition.allCases {
      for code in AllFindings.codes {
        for remedy in ClusterSample(condition: condition).remedies(.failover, [code])
        where destructive.contains(remedy.code) {
          #expect(
            remedy.risk?.isEmpty == false && !remedy.preconditions.isEmpty && !remedy.verify.isEmpty,
            "\(remedy.code)"
          )
        }
      }
    }
  }

  @Test("a copy comes before whatever overwrites the data, with any finding", arguments: MemberCondition.allCases)
  func copyFirst(_ condition: MemberCondition) {
    let destructive: Set<RemedyCode> = [.reinitMember, .rewindMember, .rebuildDataDirectory]
    for code in AllFindings.codes {
      for verdict in LostWritesVerdict.allCases {
        let codes = ClusterSample(condition: condition).remedies(.failover, [code], lostWrites: verdict).codes
        guard let copy = codes.firstIndex(of: .salvageDivergedWrites) else { continue }
        #expect(!codes[..<copy].contains { destructive.contains($0) }, "\(code)")
      }
    }
  }

  @Test("row counts alone do not hold up the start of a stopped member")
  func rowCountsAlone() {
    var sample = ClusterSample(condition: .down)
    sample.isAgentAlive = false
    #expect(sample.failover(.leaderLost, .rowCountChanged).codes == [.restartMember, .salvageDivergedWrites])
    #expect(sample.failover(.leaderLost, .writesLost).codes.first == .salvageDivergedWrites)
  }

  @Test("are in order of urgency, and say something each", arguments: MemberCondition.allCases)
  func order(_ condition: MemberCondition) {
    let advice = ClusterSample(condition: condition).remedies(.failover, AllFindings.codes, lostWrites: .possible)
    let ranks = advice.map { Urgency.allCases.firstIndex(of: $0.urgency) ?? 0 }
    #expect(ranks == ranks.sorted())
    #expect(advice.allSatisfy { !$0.summary.isEmpty && !$0.verify.isEmpty })
    #expect(advice.allSatisfy { $0.commands.allSatisfy { !$0.isEmpty && !$0.contains("\n") } })
    #expect(Set(advice.map { "\($0.code) \($0.summary)" }).count == advice.count)
  }
}
