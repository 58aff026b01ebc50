import Contract
import Testing

@testable import Correlation

@Suite("Settings read off the log")
struct SettingsTests {
  private func setting(_ name: String, in text: String) -> ObservedSetting? {
    Transcript(text).log.settings.first { "\($0.component).\($0.setting)" == name }
  }

  @Test("loop_wait is the rhythm of the heartbeats")
  func loopWait() throws {
    let found = try #require(setting("patroni.loop_wait", in: Stories.killedLeader))
    #expect(found.value == "3")
    #expect(found.from == .inferred)
    #expect(found.evidence.count == 2)
  }

  @Test("ttl lies in its bounds, which one that still saw the lock narrows")
  func ttl() throws {
    let found = try #require(setting("patroni.ttl", in: Stories.killedLeader))
    #expect(try #require(found.lower) <= 20)
    #expect(try #require(found.upper) >= 20)
    let seen = Stories.killedLeader + "10:00:35.100 pg2 agent.heartbeat name=pg2 role=replica leader=pg1\n"
    let narrowed = try #require(setting("patroni.ttl", in: seen))
    #expect(try #require(narrowed.lower) >= (found.lower ?? 0))
    #expect(try #require(narrowed.lower) <= 20)
  }

  @Test("a lock that was released tells no ttl")
  func released() {
    #expect(setting("patroni.ttl", in: Stories.switchover) == nil)
  }

  @Test("retry_timeout is bounded by the time until the demotion")
  func retryTimeout() throws {
    let found = try #require(setting("patroni.retry_timeout", in: Stories.storeLost))
    #expect(found.value == nil)
    #expect(try #require(found.lower) <= 7)
    #expect(try #require(found.upper) >= 7)
  }

  @Test("the proxy's pause and counts are those that fit all its transitions")
  func proxy() throws {
    // 13.3 s for a silent host: three checks of 3 s, or fewer with longer pauses; 3.8 s to UP.
    let found = try #require(
      setting("haproxy.inter", in: Stories.killedLeader.replacing("10:00:34.000", with: "10:00:37.400"))
    )
    #expect(found.value == "3s")
    #expect(try #require(found.lower) >= 2.9)
    #expect(try #require(found.upper) >= 3)
  }

  @Test("printed checks give the counts", arguments: [("UP", "haproxy.fall"), ("DOWN", "haproxy.rise")])
  func counts(_ example: (state: String, name: String)) throws {
    let text =
      Stories.killedLeader
      + "10:00:22.000 haproxy proxy.check_failed backend=primary server=pg1 value=1/4 state=\(example.state)\n"
    let found = try #require(setting(example.name, in: text))
    #expect(found.value == "4")
    #expect(found.from == .logged)
  }

  @Test("the pooler's pause is the least time between a failed attempt and the next")
  func loginRetry() throws {
    let found = try #require(setting("pgbouncer.server_login_retry", in: Stories.killedLeader))
    #expect(found.value == "15")
    #expect(try #require(found.lower) < 15)
    #expect(try #require(found.upper) > 15)
  }

  @Test("attempts of two pools tell nothing about the pause of one")
  func pools() {
    let lines = Stories.killedLeader.split(separator: "\n").map(String.init)
    let text = lines.map { $0.contains("pointer=c ") ? $0.replacing("user=app", with: "user=other") : $0 }
      .joined(separator: "\n")
    let found = setting("pgbouncer.server_login_retry", in: text)
    #expect(found?.value != "15")
  }

  @Test("an attempt that was given up gives the connect time-out")
  func connectTimeout() throws {
    let text =
      Stories.killedLeader + "10:00:33.000 pgbouncer pooler.server_closed pointer=z reason=connect_timeout age_s=5\n"
    #expect(setting("pgbouncer.server_connect_timeout", in: text)?.value == "5")
  }

  @Test(
    "what is switched on is told by the line that shows it",
    arguments: [
      ("pg1 replication.sync_changed", "", ""),
      ("pg1 dcs.failsafe role=leader", "patroni.failsafe_mode", "true"),
      ("pg1 rewind.started", "patroni.postgresql.use_pg_rewind", "true"),
      ("pg1 rewind.impossible reason=disabled", "patroni.postgresql.use_pg_rewind", "false"),
    ]
  )
  func switches(_ example: (line: String, name: String, value: String)) {
    let text =
      Transcript.healthy("10:00", from: 0, to: 20, leader: "pg1", replicas: ["pg2"]) + "10:00:05.500 \(example.line)\n"
    guard !example.name.isEmpty else {
      // A server's own line does not tell that Patroni runs in synchronous mode.
      return #expect(setting("patroni.synchronous_mode", in: text) == nil)
    }
    #expect(setting(example.name, in: text)?.value == example.value)
  }

  @Test("PostgreSQL's printed settings are told, those with secrets are not")
  func server() {
    let text =
      Transcript.healthy("10:00", from: 0, to: 20, leader: "pg1", replicas: ["pg2"]) + """
        10:00:05.500 pg1 server.parameter_changed setting=max_connections value=200
        10:00:06.500 pg1 server.parameter_changed setting=max_connections value=300
        10:00:07.500 pg1 server.parameter_changed setting=ssl_passphrase_command value=cat

        """
    #expect(setting("postgresql.max_connections", in: text)?.value == "300")
    #expect(setting("postgresql.ssl_passphrase_command", in: text) == nil)
  }

  @Test("numbers beyond reason neither crash nor count")
  func hostile() {
    let huge = String(repeating: "9", count: 400)
    let text =
      Stories.killedLeader + """
        10:00:22.000 haproxy proxy.check_failed backend=primary server=pg1 value=1/\(huge) state=UP duration_ms=\(huge)
        10:00:22.100 haproxy proxy.server_down backend=primary server=pg1 status=Layer4_timeout duration_ms=\(huge) reason=check
        10:00:22.200 pgbouncer pooler.server_closed pointer=q reason=connect_timeout age_s=\(huge)
        10:00:22.300 pgbouncer pooler.server_closed pointer=q reason=crashed age_s=99999999999999
        10:00:22.400 pg1 server.parameter_changed setting=primary_conninfo value=host=x_connect_timeout=\(huge)

        """
    let log = Transcript(text).log(whatIf: "patroni.ttl=20,haproxy.inter=1,pgbouncer.server_login_retry=1")
    #expect(!log.settings.contains { $0.value?.contains("99999") == true })
    #expect(log.incidents.first?.whatIf?.duration != nil)
  }
}

@Suite("The fit of health checks")
struct CheckFitTests {
  @Test("contains the truth of checks that are played", arguments: [1.0, 2, 3, 5], [1, 2, 3])
  func fits(inter: Double, count: Int) throws {
    for share in stride(from: 0.0, through: 1, by: 0.25) {
      let fixed = Double(count - 1) * inter
      let down = CheckFit.Down(seconds: fixed + share * inter, doubt: 0.5, check: 0)
      let up = CheckFit.Up(seconds: fixed + (1 - share) * inter, doubt: 0.5)
      let fit = CheckFit(downs: [down], ups: [up], shortestInter: 0.1)
      #expect(try #require(fit.inter(fall: count, rise: count)).contains(inter))
      #expect(try #require(fit.falls(inter: inter)).contains(count))
      #expect(try #require(fit.rises(inter: inter)).contains(count))
    }
  }

  @Test("of nothing is nothing")
  func empty() {
    let fit = CheckFit(downs: [], ups: [], shortestInter: 0.1)
    #expect(fit.inter(fall: nil, rise: nil) == nil)
    #expect(fit.falls(inter: 1) == nil)
  }
}
