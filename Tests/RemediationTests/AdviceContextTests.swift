import Correlation
import Model
import Remediation
import Testing

@Suite("What advice reads off the log")
struct AdviceContextTests {
  /// pg1 led, was killed, pg2 took over and goes on.
  private func failover(_ framing: Framing = .compose) -> WrittenLog {
    var log = WrittenLog(framing: framing)
    log.add("pg1", .server, .serverReady)
    log.add("pg2", .server, .serverReadyReadOnly)
    log.beat(leader: "pg1", replica: "pg2")
    log.add("compose", .runtime, .runtimeExited, [.name: "pg1", .code: "137"])
    log.add("pg2", .agent, .leaderAcquired, [.name: "pg2"])
    log.add("pg2", .server, .timelineSelected, [.timeline: "2"])
    log.add("pg2", .server, .serverReady)
    log.beat(leader: "pg2")
    return log
  }

  @Test("the new leader is healthy, the killed one down, with its exit status")
  func afterFailover() {
    let context = AdviceContext(observations: failover().observations)
    #expect(context.leader == "pg2" && context.isLeaderHealthy && context.leaderTimeline == 2)
    #expect(context.member("pg1").condition == .down)
    #expect(context.member("pg1").exitCode == 137)
    #expect(!context.member("pg1").isAgentAlive && context.member("pg2").isAgentAlive)
    #expect(context.scope == nil && context.configurationFile == "/etc/patroni.yml")
    #expect(!context.isPaused)
  }

  @Test("a leader that gave up, stopped, fell silent or lost its data is not healthy")
  func unhealthyLeaders() {
    let ends: [(inout WrittenLog) -> Void] = [
      { $0.add("pg2", .agent, .leaderDemoted, [.name: "pg2", .reason: "dcs"]) },
      { $0.add("pg2", .agent, .leaderReleased, [.name: "pg2"]) },
      { $0.add("compose", .runtime, .runtimeExited, [.name: "pg2", .code: "0"]) },
      { $0.add("pg2", .server, .serverShutDown) },
      { $0.add("pg2", .server, .faultDiskFull) },
      { $0.add("pg2", .server, .faultDataCorrupt, [.reason: "wal"]) },
      { log in
        log.pass(seconds: 200)
        log.add("monitor", .client, .clientWriteFailed)
      },
    ]
    for end in ends {
      var log = failover()
      end(&log)
      #expect(!AdviceContext(observations: log.observations).isLeaderHealthy)
    }
  }

  @Test("a leader without a log here is vouched for by those who name it round after round and reach it")
  func leaderOfOthers() {
    var log = WrittenLog(framing: .plain)
    for _ in 0..<5 {
      log.add("db1", .agent, .agentHeartbeat, [.name: "db1", .role: "replica", .leader: "db2"])
      log.pass(seconds: 9)
    }
    let context = AdviceContext(observations: log.observations)
    #expect(context.leader == "db2" && context.isLeaderHealthy)
    log.add("db1", .server, .replicationConnectFailed, [.reason: "refused"])
    log.add("db1", .agent, .agentHeartbeat, [.name: "db1", .role: "replica", .leader: "db2"])
    #expect(!AdviceContext(observations: log.observations).isLeaderHealthy)
  }

  @Test("two primaries make neither of them a source to copy from")
  func rival() {
    var log = failover()
    log.add("pg1", .server, .serverReady)
    log.add("pg1", .agent, .agentServerUnresponsive, [.name: "pg1"])
    log.beat(leader: "pg2", rounds: 1)
    let context = AdviceContext(observations: log.observations)
    #expect(context.member("pg1").condition == .primary)
    #expect(!context.isLeaderHealthy)
  }

  @Test("a server that says that it cannot follow has diverged, until it streams or was rebuilt")
  func diverged() {
    var log = failover()
    log.add("pg1", .server, .serverReadyReadOnly)
    log.add("pg1", .agent, .agentHeartbeat, [.name: "pg1", .role: "replica", .leader: "pg2"])
    log.add("pg1", .server, .timelineDiverged, [.reason: "forked_before", .lsn: "0/30AB188"])
    log.add("pg1", .server, .timelineEnded, [.timeline: "1", .lsn: "0/305FC08"])
    log.beat(leader: "pg2", replica: "pg1", rounds: 1)
    let before = AdviceContext(observations: log.observations).member("pg1")
    #expect(before.condition == .diverged && !before.isRepairOrdered)
    #expect(before.fork == LSN("0/305FC08").map { ForkPoint(timeline: 1, lsn: $0) })

    log.add("pg2", .operation, .operatorCommand, [.action: "reinit", .member: "pg1", .scope: "main"])
    #expect(AdviceContext(observations: log.observations).member("pg1").isRepairOrdered)
    log.add("pg1", .agent, .cloneSucceeded, [.name: "pg1"])
    log.add("pg1", .server, .serverReadyReadOnly)
    log.add("pg1", .server, .replicationStreaming, [.timeline: "2"])
    log.beat(leader: "pg2", replica: "pg1", rounds: 2)
    #expect(AdviceContext(observations: log.observations).member("pg1").condition == .streaming)
  }

  @Test("a listing after the last line of a member counts, except for running, which hides divergence")
  func listing() {
    for (state, condition) in [
      ("start failed", MemberCondition.startFailed), ("streaming", .streaming), ("stopped", .down),
    ] {
      var log = failover()
      log.add("shell", .operation, .clusterMemberListed, [.member: "pg1", .role: "replica", .state: state])
      #expect(AdviceContext(observations: log.observations).member("pg1").condition == condition)
    }
  }

  @Test("the reason that says most tells why a server did not start")
  func startFailures() {
    for (reasons, failure) in [
      (["checkpoint", "startup_process"], StartFailure.data), (["startup_process"], .unclear),
      (["lock_file"], .environment),
      (["other", "bind", "other"], .environment),
    ] {
      var log = failover()
      log.add("pg1", .agent, .serverLaunched, [.name: "pg1"])
      log.add("pg1", .server, .serverStarting)
      for reason in reasons { log.add("pg1", .server, .serverStartFailed, [.reason: reason]) }
      let member = AdviceContext(observations: log.observations).member("pg1")
      #expect(member.startFailure == failure)
    }
  }

  @Test("the last line that can tell decides whether the cluster is paused")
  func paused() {
    var log = failover()
    log.add("pg2", .agent, .agentHeartbeat, [.name: "pg2", .role: "leader", .paused: "true"])
    #expect(AdviceContext(observations: log.observations).isPaused)
    log.add("shell", .operation, .operatorCommand, [.action: "resume"])
    #expect(!AdviceContext(observations: log.observations).isPaused)
    log.add("shell", .operation, .operatorCommand, [.action: "pause"])
    #expect(AdviceContext(observations: log.observations).isPaused)
    log.beat(leader: "pg2", rounds: 1)
    #expect(!AdviceContext(observations: log.observations).isPaused)
  }

  struct Typed: Sendable, CustomTestStringConvertible {
    var command: String
    var file: String
    var runtime: Runtime
    var testDescription: String { command }
  }

  @Test(
    "configuration file and way in are those that people typed",
    arguments: [
      Typed(
        command: "$ patronictl -c /etc/patroni/config.yml list",
        file: "/etc/patroni/config.yml",
        runtime: .host("pg1")
      ),
      Typed(
        command: "docker exec pg2 patronictl -c /etc/patroni.yml list",
        file: "/etc/patroni.yml",
        runtime: .container("pg1")
      ),
      Typed(
        command: "docker compose exec pg2 patronictl --config-file=/p.yml list",
        file: "/p.yml",
        runtime: .composeService("pg1")
      ),
      Typed(
        command: "kubectl exec -it pg2 -- patronictl --config-file '/home/x.yaml' list",
        file: "/home/x.yaml",
        runtime: .pod("pg1")
      ),
      Typed(command: "patronictl list", file: "/etc/patroni.yml", runtime: .host("pg1")),
      Typed(command: "patronictl -c", file: "/etc/patroni.yml", runtime: .host("pg1")),
      Typed(command: "exec", file: "/etc/patroni.yml", runtime: .host("pg1")),
    ]
  )
  func typedCommands(_ typed: Typed) {
    var log = failover(.plain)
    log.add("shell", .operation, .operatorCommand, [.action: "list"], text: typed.command)
    let context = AdviceContext(observations: log.observations)
    #expect(context.configurationFile == typed.file)
    #expect(context.member("pg1").runtime == typed.runtime)
  }

  @Test("what stands around the lines tells where the members run")
  func runtimes() {
    let expected: [(Framing, Runtime)] = [
      (.compose, .container("pg1")), (.dockerJSON, .container("pg1")), (.kubectl, .pod("pg1")), (.stern, .pod("pg1")),
      (.journaldISO, .host("pg1")), (.plain, .host("pg1")),
    ]
    for (framing, runtime) in expected {
      #expect(AdviceContext(observations: failover(framing).observations).member("pg1").runtime == runtime)
    }
  }

  @Test("a container that compose numbered is reached by its service")
  func numberedContainer() {
    var log = WrittenLog(framing: .compose)
    for _ in 0..<4 { log.add("pg1-1", .agent, .agentHeartbeat, [.name: "pg1", .role: "leader"]) }
    #expect(AdviceContext(observations: log.observations).member("pg1").runtime == .composeService("pg1"))
  }

  @Test("the DCS is out while it has no leader, and its lost members are named")
  func store() {
    var log = failover()
    log.add("etcd1", .dcs, .dcsReady)
    log.add("etcd2", .dcs, .dcsReady)
    log.add("compose", .runtime, .runtimeExited, [.name: "etcd2", .code: "137"])
    log.add("etcd1", .dcs, .dcsQuorumLost)
    log.add("pg2", .agent, .dcsUnreachable, [.name: "pg2"])
    let out = AdviceContext(observations: log.observations).store
    #expect(out.isOut && out.name == "etcd" && out.lostMembers == [.container("etcd2")] && out.cutOff == ["pg2"])

    log.add("etcd2", .dcs, .dcsReady)
    log.add("etcd1", .dcs, .dcsLeaderElected)
    log.beat(leader: "pg2", rounds: 1)
    let back = AdviceContext(observations: log.observations).store
    #expect(!back.isOut && back.lostMembers.isEmpty && back.cutOff.isEmpty)
  }

  @Test("an empty log gives placeholders and no leader")
  func empty() {
    let context = AdviceContext(observations: WrittenLog().observations)
    #expect(context == AdviceContext())
  }
}
