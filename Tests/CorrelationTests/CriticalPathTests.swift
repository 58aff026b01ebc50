import Contract
import Model
import Testing

@testable import Correlation

@Suite("The critical path")
struct CriticalPathTests {
  static let stories: [(String, String)] = [
    ("killed leader", Stories.killedLeader), ("switchover", Stories.switchover), ("store lost", Stories.storeLost),
    ("restart in place", Stories.restartInPlace), ("frozen agent", Stories.frozenAgent()),
  ]

  @Test("partitions every outage to the millisecond", arguments: stories)
  func partitions(_ story: (name: String, text: String)) throws {
    let incident = try #require(Transcript(story.text).log.incidents.first)
    guard let outage = incident.impact.writeOutage, let duration = outage.duration else {
      #expect(incident.downtime.isEmpty)
      return
    }
    #expect(abs(incident.downtime.compactMap(\.duration).reduce(0, +) - duration) < 0.0005)
    #expect(incident.downtime.first?.from == outage.from)
    #expect(incident.downtime.last?.to == outage.to)
    #expect(zip(incident.downtime, incident.downtime.dropFirst()).allSatisfy { $0.to == $1.from })
    #expect(incident.downtime.allSatisfy { ($0.duration ?? 0) >= 0.1 }, "too short to tell")
  }

  @Test("of a killed leader goes over what ended last before each step")
  func killedLeader() throws {
    let incident = try #require(Transcript(Stories.killedLeader).log.incidents.first)
    #expect(
      incident.downtime.map(\.waitingFor) == [
        "the leader lock to expire", "the election", "the proxy's health checks", "the pooler's connection",
        "the clients' next attempt",
      ]
    )
    // The promotion took until 43.0, but the pooler, which followed the proxy's UP at 42.5, took until 51.02.
    #expect(slack(.promotion, incident) == 8.02)
    #expect(slack(.routingSwitch, incident) == 0)
    #expect(slack(.detection, incident) == 0)
    #expect(slack(.poolReconnect, incident) == 0)
  }

  @Test("names the setting of each wait with what the log shows of it")
  func settings() throws {
    let incident = try #require(Transcript(Stories.killedLeader).log.incidents.first)
    let pool = try #require(incident.downtime.first { $0.waitingFor == "the pooler's connection" })
    #expect(pool.settings.first?.setting == "server_login_retry")
    #expect(pool.settings.first?.observed == "15 s")
    #expect(pool.settings.first?.suggested == "1")
    let lock = try #require(incident.downtime.first)
    #expect(lock.settings.map(\.setting) == ["ttl"])
    #expect(lock.settings.first?.observed != nil)
  }

  @Test("of an orderly stop waits for no expiry, with or without a line that says so", arguments: [true, false])
  func orderlyStop(isSaid: Bool) throws {
    var text = Stories.switchover
    if !isSaid {
      text = text.split(separator: "\n").filter { !$0.contains("operator.") && !$0.contains("leader.released") }
        .joined(separator: "\n")
    }
    let incident = try #require(Transcript(text).log.incidents.first)
    #expect(incident.kind == (isSaid ? .switchover : .failover))
    #expect(incident.downtime.first?.waitingFor == "the old primary to stop and release the leader lock")
  }

  @Test("of a lost store waits for the store, then for the lock")
  func storeLost() throws {
    let incident = try #require(Transcript(Stories.storeLost).log.incidents.first)
    #expect(
      incident.downtime.map(\.waitingFor) == [
        "the DCS", "the next HA loop and the leader lock", "the promotion", "the clients' next attempt",
      ] || incident.downtime.map(\.waitingFor) == ["the DCS", "the promotion", "the clients' next attempt"]
    )
  }

  @Test("of a restart in place waits for the agent, the server and the pooler")
  func restart() throws {
    let incident = try #require(Transcript(Stories.restartInPlace).log.incidents.first)
    #expect(
      incident.downtime.map(\.waitingFor) == [
        "Patroni on pg1 to notice", "PostgreSQL to be writable again on pg1", "the pooler's connection",
        "the clients' next attempt",
      ]
    )
  }

  @Test("of an outage that goes on ends with an open wait and says why")
  func ongoing() throws {
    let text =
      Transcript.healthy("10:00", from: 0, to: 20, leader: "pg1", replicas: ["pg2"]) + """
        10:00:20.900 docker runtime.exited name=pg1 code=137
        10:00:21.500 monitor client.write_failed error=closed
        10:00:22.500 monitor client.write_failed error=closed
        10:00:41.000 pg2 candidate.refused reason=lag
        10:00:44.000 pg2 candidate.refused reason=lag
        10:00:59.000 monitor client.write_failed error=closed
        """
    let incident = try #require(Transcript(text).log.incidents.first)
    let last = try #require(incident.downtime.last)
    #expect(incident.status == .ongoing)
    #expect(last.to == nil)
    #expect(last.duration == nil)
    #expect(last.waitingFor == "a writable primary")
    #expect(last.explanation.contains("it lags too far behind"))
    #expect(incident.phases.allSatisfy { $0.slack == nil })
  }

  private func slack(_ name: PhaseName, _ incident: Incident) -> Double? {
    incident.phases.first { $0.name == name }?.slack
  }
}

@Suite("The graph of waits")
struct WaitGraphTests {
  private static let zero = Instant(milliseconds: 1_000_000)

  private func wait(_ name: Wait.Name, after: [Wait.Name], _ end: Double?) -> Wait {
    Wait(
      name: name,
      after: after,
      end: end.map { Self.zero.advanced(bySeconds: $0) },
      waitingFor: name.rawValue,
      explanation: ""
    )
  }

  private func graph(_ waits: [Wait], seconds: Double = 30) -> WaitGraph {
    WaitGraph(waits, from: Self.zero, to: Self.zero.advanced(bySeconds: seconds))
  }

  @Test("two waits side by side: the later one is on the path, the other one has slack")
  func parallel() {
    let graph = graph([
      wait(.fault, after: [], 0), wait(.election, after: [.fault], 10), wait(.promotion, after: [.election], 25),
      wait(.routing, after: [.election], 14), wait(.pooling, after: [.routing], 20),
      wait(.client, after: [.promotion, .routing, .pooling], 30),
    ])
    #expect(graph.path.map(\.wait.name) == [.election, .promotion, .client])
    #expect(graph.slack(of: .pooling) == 5)
    // What follows the routing still takes its 6 s.
    #expect(graph.slack(of: .routing) == 5)
    #expect(graph.slack(of: .promotion) == 0)
    #expect(graph.slack(of: .election) == 0)
  }

  @Test("a wait without an end is passed over, not guessed")
  func missing() {
    let graph = graph([
      wait(.fault, after: [], 0), wait(.election, after: [.fault], 10), wait(.promotion, after: [.election], nil),
      wait(.client, after: [.promotion], 30),
    ])
    #expect(graph.path.map(\.wait.name) == [.election, .client])
    #expect(graph.slack(of: .promotion) == nil)
  }

  @Test("what ended long after the outage was not waited for")
  func late() {
    let graph = graph([
      wait(.fault, after: [], 0), wait(.promotion, after: [.fault], 29), wait(.routing, after: [.fault], 45),
      wait(.client, after: [.promotion, .routing], 30),
    ])
    #expect(graph.path.map(\.wait.name) == [.promotion, .client])
  }

  @Test("the path has no gap and no overlap whatever the order of the ends")
  func covers() {
    let ends = [0.0, 5, 12, 30]
    for election in ends {
      for promotion in ends {
        for routing in ends {
          let path = graph([
            wait(.fault, after: [], 0), wait(.election, after: [.fault], election),
            wait(.promotion, after: [.election], promotion), wait(.routing, after: [.election], routing),
            wait(.client, after: [.promotion, .routing], 30),
          ]).path
          #expect(zip(path, path.dropFirst()).allSatisfy { $0.to == $1.from }, "\(election) \(promotion) \(routing)")
          #expect(path.last?.to == Self.zero.advanced(bySeconds: 30))
          #expect(path.first?.from == Self.zero)
        }
      }
    }
  }
}
