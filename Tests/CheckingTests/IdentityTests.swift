import Contract
import Model
import Testing

@testable import Checking

@Suite("Whether the cluster that was asked is the report's")
struct IdentityTests {
  private func identity(reported: Cluster, seen: ObservedCluster) -> ClusterIdentity {
    var report = Samples.report()
    report.cluster = reported
    return IdentityComparison(past: ReportedPast(report), cluster: seen, leader: seen.leader).identity
  }

  private func cluster(scope: String? = nil, systemIdentifier: String? = nil, names: [String]) -> ObservedCluster {
    var cluster = ObservedCluster(scope: scope, listedBy: .dcs)
    cluster.members = names.map { name in
      var member = ObservedMember(name: name)
      member.role = Fact(name == names.first ? "leader" : "replica", .dcs)
      member.systemIdentifier = systemIdentifier.map { Fact($0, .patroni) }
      return member
    }
    return cluster
  }

  private let members = [
    Member(name: "pg1", aliases: ["10.0.0.1"], roleAtStart: .leader, roleAtEnd: .unknown, stateAtEnd: .stopped)
  ]

  @Test("system identifiers decide, whatever the names are")
  func identifiers() {
    let reported = Cluster(name: "main", systemIdentifier: "7", members: members)
    #expect(identity(reported: reported, seen: cluster(scope: "main", systemIdentifier: "7", names: ["pg1"])) == .same)
    #expect(identity(reported: reported, seen: cluster(scope: "main", systemIdentifier: "8", names: ["pg1"])) == .other)
  }

  @Test("without them the clusters' names do")
  func scopes() {
    let reported = Cluster(name: "main", members: members)
    #expect(identity(reported: reported, seen: cluster(scope: "main", names: ["pg1"])) == .same)
    #expect(identity(reported: reported, seen: cluster(scope: "shop", names: ["pg1"])) == .other)
  }

  @Test("names of members alone prove nothing, but a cluster shares some with itself")
  func names() {
    let reported = Cluster(members: members)
    #expect(identity(reported: reported, seen: cluster(names: ["pg1", "pg2"])) == .unproven)
    #expect(identity(reported: reported, seen: cluster(names: ["db1", "db2"])) == .other)
  }
}
