import Contract
import Model

@testable import Checking

/// A cluster as somebody might find it: pg1 is the member that a remedy is about, pg2 and pg3 are the others.
struct Scenario: CustomStringConvertible, Sendable {
  /// What is seen of pg1.
  enum Target: CaseIterable, Sendable {
    case leads, primaryBesideLeader, streams, behind, notStreaming, diverged, startFailed, stopped, refused, silent
    case absent, creating, starting, unheard
  }

  /// What is seen of the others.
  enum Others: CaseIterable, Sendable {
    /// pg2 leads and says so itself.
    case leaderHeard
    /// Patroni's record says that pg2 leads.
    case leaderListed
    /// pg2 holds the lock, and its server refuses connections.
    case leaderDown
    /// pg2 holds the lock and is in recovery.
    case leaderInRecovery
    /// The record names nobody.
    case nobody
    /// Nobody was asked.
    case unknown
    /// Two records name different leaders.
    case disputed
  }

  var target: Target
  var others: Others
  var isPaused: Bool? = false

  var description: String { "pg1 \(target), others \(others), paused \(isPaused.map { String($0) } ?? "?")" }

  static let all: [Scenario] = Target.allCases.flatMap { target in
    Others.allCases.flatMap { others in
      [true, false, nil].map { Scenario(target: target, others: others, isPaused: $0) }
    }
  }

  /// The cluster that was observed.
  var cluster: ObservedCluster {
    var cluster = ObservedCluster(scope: "main", isPaused: isPaused, askedAt: Samples.now)
    if others != .unknown { cluster.listedBy = .dcs }
    // Timeline 4 ended at 0/5000000.
    cluster.history = [Promotion(from: 4, lsn: LSN(bytes: 0x500_0000), at: Samples.start, leader: "pg2")]
    cluster.members = [member1, member2, member3].compactMap { $0 }
    if target == .leads { cluster.lockHolders = [Fact("pg1", .dcs)] }
    switch others {
    case .leaderHeard, .leaderListed, .leaderDown, .leaderInRecovery:
      if target != .leads { cluster.lockHolders = [Fact("pg2", .dcs)] }
    case .disputed: cluster.lockHolders = [Fact("pg2", .dcs), Fact("pg3", .dcs)]
    case .nobody, .unknown: break
    }
    return cluster
  }

  private var member1: ObservedMember? {
    var member = ObservedMember(name: "pg1")
    guard target != .unheard else { return nil }
    member.role = Fact(target == .leads ? "leader" : "replica", .dcs)
    func runs(inRecovery: Bool, timeline: Int, position: UInt64 = 0x600_0000, streams: Bool?) {
      var facts = ServerFacts()
      facts.isInRecovery = inRecovery
      facts.timeline = timeline
      facts.position = LSN(bytes: position)
      if let streams {
        facts.hasReceiver = streams
        facts.receiver = streams ? ServerFacts.Receiver(status: "streaming") : nil
      }
      member.learn(facts)
    }
    switch target {
    case .leads: runs(inRecovery: false, timeline: 5, streams: nil)
    case .primaryBesideLeader: runs(inRecovery: false, timeline: 4, streams: nil)
    case .streams: runs(inRecovery: true, timeline: 5, streams: true)
    case .behind: runs(inRecovery: true, timeline: 4, position: 0x400_0000, streams: true)
    case .notStreaming: runs(inRecovery: true, timeline: 5, streams: false)
    case .diverged: runs(inRecovery: true, timeline: 4, streams: false)
    case .startFailed: member.state = Fact("start failed", .patroni)
    case .stopped: member.state = Fact("stopped", .patroni)
    case .refused: member.serverProblem = Unanswered(.refused, "Connection refused")
    case .silent: member.serverProblem = Unanswered(.silent, "timeout expired")
    case .absent: member.role = nil
    case .creating: member.state = Fact("creating replica", .patroni)
    case .starting: member.state = Fact("starting", .patroni)
    case .unheard: break
    }
    return member
  }

  private var member2: ObservedMember? {
    var member = ObservedMember(name: "pg2")
    switch others {
    case .leaderHeard:
      var facts = ServerFacts()
      // Where pg1 leads, pg2 follows.
      facts.isInRecovery = target == .leads
      facts.hasReceiver = target == .leads
      facts.receiver = target == .leads ? ServerFacts.Receiver(status: "streaming") : nil
      facts.timeline = 5
      facts.position = LSN(bytes: 0x700_0000)
      member.learn(facts)
    case .leaderListed, .disputed:
      member.role = Fact(target == .leads ? "replica" : "leader", .dcs)
      member.state = Fact(target == .leads ? "streaming" : "running", .dcs)
      member.timeline = Fact(5, .dcs)
    case .leaderDown:
      member.role = Fact("leader", .dcs)
      member.serverProblem = Unanswered(.refused, "Connection refused")
    case .leaderInRecovery:
      var facts = ServerFacts()
      facts.isInRecovery = true
      facts.timeline = 5
      member.learn(facts)
    case .nobody: member.state = Fact("stopped", .dcs)
    case .unknown: return nil
    }
    member.role = member.role ?? Fact("replica", .dcs)
    return member
  }

  private var member3: ObservedMember? {
    guard others == .leaderHeard || others == .leaderListed else { return nil }
    var member = ObservedMember(name: "pg3")
    member.learn(ListedMember(name: "pg3", role: "replica", state: "streaming", timeline: 5, lag: 0), from: .dcs)
    return member
  }

  /// The question about a remedy for pg1.
  func question(
    _ remedy: Remedy,
    findings: [Finding] = [],
    identity: ClusterIdentity = .same,
    change: (inout ObservedCluster) -> Void = { _ in }
  ) -> Question {
    var cluster = cluster
    change(&cluster)
    let report = Samples.report([remedy], findings: findings)
    return Question(
      remedy: remedy,
      incident: Samples.incident([remedy], findings: findings),
      target: "pg1",
      past: ReportedPast(report),
      cluster: cluster,
      leader: cluster.leader,
      identity: identity
    )
  }
}
