import Contract
import Model
import Testing

@testable import Checking

/// Answers of Patroni as its versions print them, recorded from clusters of two members.
@Suite("What Patroni and PostgreSQL answer")
struct ReadingTests {
  private func json(_ text: String) throws -> LooseJSON { try #require(LooseJSON(Array(text.utf8))) }

  @Test("GET /cluster of Patroni 4.1")
  func cluster() throws {
    let listing = try #require(
      PatroniReader.cluster(
        json(
          #"""
          {"members": [{"name": "pg1", "role": "replica", "state": "streaming", "api_url": "http://127.0.0.1:50783/patroni",
          "host": "127.0.0.1", "port": 57583, "timeline": 2, "receive_lag": 0, "receive_lsn": "0/3000178", "replay_lag": 0,
          "replay_lsn": "0/3000178", "lag": 0, "lsn": "0/3000178"}, {"name": "pg2", "role": "leader", "state": "running",
          "api_url": "http://127.0.0.1:47311/patroni", "host": "127.0.0.1", "port": 37799, "timeline": 2}], "scope": "shop"}
          """#
        )
      )
    )
    #expect(listing.scope == "shop")
    #expect(listing.isPaused == false)
    #expect(
      listing.members.first
        == ListedMember(
          name: "pg1",
          role: "replica",
          state: "streaming",
          timeline: 2,
          lag: 0,
          place: Place(host: "127.0.0.1", port: 57583),
          agentPlace: Place(host: "127.0.0.1", port: 50783)
        )
    )
  }

  @Test("GET /patroni of Patroni 4.1")
  func agent() throws {
    let facts = try #require(
      PatroniReader.agent(
        json(
          #"""
          {"state": "running", "postmaster_start_time": "2026-11-27 03:49:11.434220+00:00", "role": "replica",
          "server_version": 150020, "xlog": {"received_location": 50332024, "replayed_location": 50332024,
          "replayed_timestamp": null, "paused": false}, "timeline": 2, "replication_state": "streaming",
          "dcs_last_seen": 1795751362, "database_system_identifier": "7712693038035760899",
          "patroni": {"version": "4.1.0", "scope": "shop", "name": "pg1"}}
          """#
        )
      )
    )
    #expect(facts.name == "pg1")
    #expect(facts.isInRecovery == true)
    #expect(facts.position == LSN(bytes: 50_332_024))
    #expect(facts.systemIdentifier == "7712693038035760899")
    #expect(facts.storeSeen == Instant(milliseconds: 1_795_751_362_000))
  }

  @Test("patronictl list and history of Patroni 4.1, and the list of Patroni 2.1")
  func patronictl() throws {
    let listing = try #require(
      PatroniReader.list(
        json(
          #"""
          [{"Cluster": "shop", "Member": "pg1", "Host": "127.0.0.1:57583", "Role": "Sync Standby", "State": "streaming",
          "TL": 2, "Receive LSN": "0/3000178", "Receive Lag": 1, "Replay LSN": "0/3000178", "Replay Lag": 0},
          {"Cluster": "shop", "Member": "pg2", "Host": "127.0.0.1:37799", "Role": "Leader", "State": "running", "TL": 2}]
          """#
        )
      )
    )
    #expect(listing.members.map(\.role) == ["sync_standby", "leader"])
    #expect(listing.members.first?.lag == 1_048_576)
    #expect(listing.members.first?.place == Place(host: "127.0.0.1", port: 57583))
    #expect(listing.isPaused == nil)
    let old =
      #"[{"Cluster": "a", "Member": "pg1", "Host": "pg1", "Role": "Leader", "State": "running", "TL": 1, "Lag in MB": ""}]"#
    #expect(PatroniReader.list(try json(old))?.members.first?.place == Place(host: "pg1", port: 5432))
    let rows =
      #"[[1, 50331744, "no recovery target specified", "2026-11-27T03:48:43.101536+00:00", "pg2"], [2, 5, "x"]]"#
    let promotions = try #require(PatroniReader.history(json(rows)))
    #expect(promotions.map(\.leader) == ["pg2", nil])
    #expect(promotions.first?.at == Instant(milliseconds: 1_795_751_323_101))
    let named =
      #"[{"TL": 1, "LSN": 50331744, "Reason": "r", "Timestamp": "2026-11-27T03:48:43.101536+00:00", "New Leader": "pg2"}]"#
    #expect(PatroniReader.history(try json(named)) == [promotions[0]])
  }

  @Test("the configuration's keys are joined, whatever their depth")
  func configuration() throws {
    let text =
      #"{"ttl": 20, "pause": true, "postgresql": {"use_slots": true, "parameters": {"wal_keep_size": "32MB"}}}"#
    let configuration = try #require(PatroniReader.configuration(json(text)))
    #expect(configuration["postgresql.parameters.wal_keep_size"] == "32MB")
    #expect(configuration["postgresql.use_slots"] == "true")
    #expect(configuration["ttl"] == "20")
  }

  @Test(
    "what is no answer of Patroni is none",
    arguments: [
      "null", "[]", "{}", "7", "\"pg1\"", "[[]]", "[{}]", #"{"members": 7}"#, #"[["x", 1]]"#, #"{"state": 1}"#,
    ]
  )
  func garbage(text: String) throws {
    let value = try json(text)
    #expect(PatroniReader.agent(value) == nil)
    #expect(PatroniReader.cluster(value) == nil)
    #expect(PatroniReader.list(value) == nil)
    #expect((PatroniReader.history(value) ?? []).isEmpty)
    #expect(ServerReader.facts(value) == nil)
  }

  @Test("numbers beyond all bounds, and depth, are not read")
  func hostile() throws {
    let text =
      #"{"state": "running", "timeline": -3, "xlog": {"location": -1}, "dcs_last_seen": 1e300, "replication": 4}"#
    let facts = try #require(PatroniReader.agent(json(text)))
    #expect(facts.timeline == nil && facts.position == nil && facts.storeSeen == nil)
    let lag =
      #"[{"Cluster": "a", "Member": "m", "Role": "Replica", "State": "", "TL": 9e99, "Lag in MB": 9223372036854775807}]"#
    let member = try #require(PatroniReader.list(json(lag))?.members.first)
    #expect(member.lag == nil && member.timeline == nil)
    #expect(LooseJSON(Array((String(repeating: "[", count: 100_000)).utf8)) == nil)
  }

  @Test("a member is named by its connection, its slot or its address")
  func naming() {
    var report = Samples.report()
    report.cluster.members[0].aliases = ["10.0.0.1"]
    let naming = MemberNaming(report: report, listings: [])
    func name(_ host: String, receiver: ServerFacts.Receiver? = nil, given: String? = nil) -> String? {
      var facts = ServerFacts()
      facts.receiver = receiver
      return naming.knownName(
        of: ServerSighting(place: Place(host: host, port: 5432), givenName: given, facts: facts)
      )
    }
    #expect(name("10.0.0.1") == "pg1")
    #expect(name("10.0.0.9") == nil)
    #expect(name("10.0.0.9", given: "pg2") == "pg2")
    #expect(name("10.0.0.9", receiver: .init(status: "streaming", applicationName: "pg3")) == "pg3")
    #expect(name("10.0.0.9", receiver: .init(status: "streaming", slot: "pg3")) == "pg3")
    #expect(name("10.0.0.9", receiver: .init(status: "streaming", applicationName: "walreceiver")) == nil)
  }

  @Test("a remedy is about the member that its sentence names first, as a word of its own")
  func targets() {
    let cluster = Samples.report().cluster
    func target(_ code: RemedyCode, _ summary: String, _ findings: [Finding] = []) -> String? {
      var remedy = Samples.remedy(code, summary)
      remedy.answers = findings.map(\.code)
      return RemedyTarget.member(of: remedy, in: Samples.incident(findings: findings), cluster: cluster)
    }
    #expect(target(.reinitMember, "Build pg1 anew from pg2: its history is not part of pg2's.") == "pg1")
    #expect(target(.restartMember, "Restart pg2, which is up and does not stream.") == "pg2")
    #expect(target(.reinitMember, "Build pg1-b anew from pg2.", [Samples.finding(.timelineSplit, "pg1-b")]) == "pg1-b")
    #expect(target(.reinitMember, "Build pg10 anew from pg2.") == "pg2")
    let refused = Samples.finding(.replicationBroken, "pg1")
    #expect(target(.fixConfiguration, "Let pg2 accept pg1's replication login: the password.", [refused]) == "pg1")
    #expect(target(.enableFailsafe, "Switch failsafe mode on.") == nil)
  }
}
