import Contract
import Testing

@testable import Correlation

@Suite("What an outage would have been")
struct CounterfactualTests {
  private func whatIf(_ story: String, _ settings: String) throws -> WhatIf {
    let incident = try #require(Transcript(story).log(whatIf: settings).incidents.first)
    return try #require(incident.whatIf)
  }

  private func recorded(_ story: String) throws -> Double {
    try #require(Transcript(story).log.incidents.first?.impact.writeOutage?.duration)
  }

  @Test("is nothing where nobody asks")
  func unasked() throws {
    let incident = try #require(Transcript(Stories.killedLeader).log.incidents.first)
    #expect(incident.whatIf == nil)
  }

  @Test("with the settings as they were is the outage as it was", arguments: ["patroni.ttl=20", "haproxy.fall=3"])
  func same(settings: String) throws {
    let result = try whatIf(Stories.killedLeader, settings)
    let duration = try #require(result.duration)
    #expect(abs(duration - (try recorded(Stories.killedLeader))) < 1)
  }

  @Test(
    "the segments add up to it",
    arguments: ["patroni.ttl=30", "pgbouncer.server_login_retry=1", "haproxy.inter=1s"]
  )
  func addsUp(settings: String) throws {
    let result = try whatIf(Stories.killedLeader, settings)
    let duration = try #require(result.duration)
    #expect(abs(result.segments.map(\.duration).reduce(0, +) - duration) < 0.005)
    #expect(result.minimum ?? .infinity <= duration)
    #expect(result.maximum ?? 0 >= duration)
    #expect(result.segments.allSatisfy { $0.minimum <= $0.duration && $0.duration <= $0.maximum })
  }

  @Test("a longer ttl shifts what follows; the pooler's attempts stay where they were")
  func longerTTL() throws {
    let result = try whatIf(Stories.killedLeader, "patroni.ttl=30")
    let lock = try #require(result.segments.first { $0.waitingFor == "the leader lock to expire" })
    #expect(abs(lock.duration - (lock.recorded ?? 0) - 10) < 0.6)
    // UP would have come at 52.5, after the attempt at 51.02: the next one is 15 s later.
    #expect(abs((result.duration ?? 0) - (try recorded(Stories.killedLeader)) - 15) < 0.6)
  }

  @Test("a shorter pause of the pooler leads over the promotion, which had slack before")
  func shorterPause() throws {
    let result = try whatIf(Stories.killedLeader, "pgbouncer.server_login_retry=1")
    let duration = try #require(result.duration)
    // The promotion was over at 43.0, the last good write at 20.5, the client's next attempt 0.6 s after the pooler.
    #expect((22.5...25).contains(duration), "\(duration)")
  }

  @Test("what had slack changes nothing, and that is said")
  func slack() throws {
    let text = Stories.killedLeader.replacing("10:00:43.000 pg2 server.ready", with: "10:00:51.500 pg2 server.ready")
    let result = try whatIf(text, "haproxy.rise=1")
    #expect(result.duration == (try recorded(text)))
    #expect(result.unanswered.contains { $0.contains("of slack") })
  }

  @Test(
    "a setting that bounds nothing is named",
    arguments: [
      "pgbouncer.query_wait_timeout=5", "postgresql.wal_receiver_timeout=5s", "haproxy.fall=1",
      "patroni.failsafe_mode=true",
      "postgresql.connect_timeout=3", "patroni.primary_start_timeout=0", "postgresql.tcp_user_timeout=5s",
    ]
  )
  func unbound(settings: String) throws {
    let result = try whatIf(Stories.killedLeader, settings)
    #expect(result.duration == (try recorded(Stories.killedLeader)))
    let name = settings.prefix { $0 != "=" }
    #expect(result.unanswered.contains { $0.hasPrefix("\(name) bounds nothing") }, "\(result.unanswered)")
  }

  @Test("ttl does not bound an outage whose lock was released")
  func releasedLock() throws {
    let result = try whatIf(Stories.switchover, "patroni.ttl=60")
    #expect(result.duration == (try recorded(Stories.switchover)))
    #expect(result.unanswered.contains { $0.contains("no lock had to expire") })
  }

  @Test("in failsafe mode there may have been no outage, and what is not known is a bound")
  func failsafe() throws {
    let result = try whatIf(Stories.storeLost, "patroni.failsafe_mode=true")
    #expect(result.duration == 0)
    #expect(result.maximum ?? 0 >= (try recorded(Stories.storeLost)))
    #expect(result.segments.allSatisfy { $0.duration == 0 })
  }

  @Test("a retry_timeout longer than the store's outage avoids the demotion")
  func patience() throws {
    let result = try whatIf(Stories.storeLost, "patroni.retry_timeout=40")
    #expect(result.duration == 0)
    #expect(result.maximum == 0)
    let shorter = try whatIf(Stories.storeLost, "patroni.retry_timeout=3")
    #expect(shorter.duration ?? 0 > (try recorded(Stories.storeLost)))
  }

  @Test("a primary that recovered slower than primary_start_timeout would have been given up: how long is not known")
  func startTimeout() throws {
    let result = try whatIf(Stories.restartInPlace, "patroni.primary_start_timeout=0")
    #expect(result.unanswered.contains { $0.contains("another member") })
    #expect(result.minimum ?? 1 < (try recorded(Stories.restartInPlace)) - 1)
  }

  @Test("a client that tries more often waits less")
  func client() throws {
    let result = try whatIf(Stories.killedLeader, "client.retry_interval=100ms")
    #expect((result.duration ?? 0) < (try recorded(Stories.killedLeader)))
  }

  @Test("nothing is said of an outage that goes on")
  func ongoing() throws {
    let text =
      Transcript.healthy("10:00", from: 0, to: 20, leader: "pg1", replicas: ["pg2"]) + """
        10:00:20.900 docker runtime.exited name=pg1 code=137
        10:00:21.500 monitor client.write_failed error=closed
        10:00:59.000 monitor client.write_failed error=closed
        """
    let result = try whatIf(text, "patroni.ttl=20")
    #expect(result.duration == nil)
    #expect(!result.unanswered.isEmpty)
  }
}

@Suite("Settings that somebody asks about")
struct HypotheticalSettingTests {
  @Test(
    "are read with the units of their components",
    arguments: [
      ("patroni.ttl=15", SettingName.ttl, 15.0), ("patroni.ttl=15s", .ttl, 15), ("haproxy.inter=1s", .inter, 1),
      ("haproxy.inter=500", .inter, 0.5), ("haproxy.inter=1500ms", .inter, 1.5), ("haproxy.fall=2", .fall, 2),
      ("patroni.failsafe_mode=on", .failsafeMode, 1), ("patroni.master_start_timeout=0", .primaryStartTimeout, 0),
      (" haproxy.timeout check = 2s ", .timeoutCheck, 2), ("pgbouncer.query_wait_timeout=2min", .queryWaitTimeout, 120),
    ]
  )
  func read(_ example: (text: String, name: SettingName, value: Double)) throws {
    let setting = try HypotheticalSetting(example.text[...])
    #expect(setting == HypotheticalSetting(name: example.name, value: example.value))
  }

  @Test(
    "are refused with the reason",
    arguments: [
      "", "ttl", "patroni.ttl", "patroni.tll=3", "patroni.ttl=soon", "patroni.ttl=-1", "patroni.ttl=1e400",
      "patroni.ttl=nan",
      "haproxy.fall=0", "haproxy.rise=1000000000000000000000", "patroni.failsafe_mode=maybe", "patroni.ttl=15,",
      "patroni.ttl=99999999999",
    ]
  )
  func refused(text: String) {
    #expect(throws: HypotheticalSetting.Mistake.self) { try HypotheticalSetting.list(text) }
  }

  @Test("every known name is read back from its own spelling", arguments: SettingName.allCases)
  func names(name: SettingName) {
    #expect(SettingName(spelled: name.rawValue) == name)
    #expect(name.rawValue.hasPrefix(name.component + "."))
    #expect(!name.setting.isEmpty)
  }

  @Test(
    "break the rules that Patroni has",
    arguments: [
      ("patroni.ttl=15", "Patroni takes no less than 20 s"), ("patroni.retry_timeout=2", "no less than 3 s"),
      ("patroni.ttl=20,patroni.retry_timeout=10,patroni.loop_wait=10", "is broken: 10 s + 2 × 10 s against 20 s"),
      ("patroni.ttl=20", "at most 8.5 s"),
    ]
  )
  func rules(_ example: (settings: String, text: String)) throws {
    let log = Transcript(Stories.killedLeader).log(whatIf: example.settings)
    let violations = try #require(log.incidents.first?.whatIf?.violations)
    #expect(violations.contains { $0.contains(example.text) }, "\(violations)")
  }

  @Test("that keep the rules break none")
  func kept() throws {
    let log = Transcript(Stories.killedLeader).log(
      whatIf: "patroni.ttl=30,patroni.retry_timeout=10,patroni.loop_wait=10,haproxy.inter=1s"
    )
    #expect(log.incidents.first?.whatIf?.violations == [])
  }
}
