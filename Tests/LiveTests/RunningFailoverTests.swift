import Contract
import Live
import Model
import TestSupport
import Testing

/// The recorded failover, line by line, as somebody sees it who watches.
@Suite("A failover while it runs")
struct RunningFailoverTests {
  /// The run after the line that begins with `text`.
  private func run(through text: String) throws -> LiveRun {
    var run = LiveRun { $0.pause = 0 }
    for line in try Log.lines(Log.failover) {
      run.feed(line, thenWait: 0.2)
      if String(decoding: line, as: UTF8.self).hasPrefix(text) { break }
    }
    return run
  }

  @Test("before it, all is well")
  func before() throws {
    let run = try run(through: "monitor    | [21:57:23] READ")
    #expect(run.notices.isEmpty)
    #expect(run.analysis.state.report?.verdict.status == .healthy)
    #expect(run.analysis.state.report?.cluster.primaryAtEnd == "pg1")
  }

  @Test("when the primary is gone, the lock is waited for, with the bound that Patroni has by default")
  func lockExpiring() throws {
    let run = try run(through: "pg2        | 2025-08-10 21:57:33,834")
    let open = try #require(run.analysis.state.open.last)
    #expect(open.incident.kind == .primaryOutage)
    let wait = try #require(CurrentWait(of: open.incident, settings: run.analysis.state.report?.settingsObserved ?? []))
    #expect(wait.waitingFor == "the leader lock to expire")
    #expect(wait.since == Instant(rfc3339: "2025-08-10T21:57:23.629Z"))
    #expect(wait.atMost == 30)
    #expect(wait.isAssumed)
  }

  @Test("when the new leader has the lock, its promotion is waited for")
  func promoting() throws {
    let run = try run(through: "pg2        | 2025-08-10 21:57:50,639")
    let open = try #require(run.analysis.state.open.last)
    #expect(open.incident.kind == .failover)
    #expect(CurrentWait(of: open.incident, settings: [])?.waitingFor == "pg2 to finish its promotion")
    #expect(open.runningPhases.contains { $0.name == .promotion && $0.member == "pg2" })
  }

  @Test("one incident is told, under one name, with rising revisions, although kind and start change")
  func oneIncident() throws {
    let run = try run(through: "nothing")
    let ids = Set(run.notices.map(\.incident.id))
    #expect(ids.count == 1)
    #expect(run.notices.first?.action == .opened)
    #expect(run.notices.map(\.incident.revision) == Array(1...run.notices.count))
    let kinds = run.notices.map(\.incident.incident.kind)
    #expect(kinds.first == .primaryOutage)
    #expect(kinds.last == .failover)
    #expect(run.analysis.state.open.count == 1)
    #expect(run.notices.last?.incident.incident.status == .degraded)
  }

  @Test("phases begin, and end once")
  func phases() throws {
    let run = try run(through: "nothing")
    let promotion = run.phases.filter { $0.phase.name == .promotion }
    #expect(promotion.first?.phase.to == nil)
    #expect(promotion.last?.phase.to == Instant(rfc3339: "2025-08-10T21:57:58.833Z"))
    #expect(promotion.map(\.revision) == Array(0..<promotion.count))
  }

  @Test("every event is told once, at once, and with the time that the report gives it")
  func events() throws {
    var run = LiveRun { $0.pause = 0 }
    for line in try Log.lines(Log.failover) { run.feed(line, thenWait: 0.2) }
    run.finish()
    let first = run.events.filter { $0.revision == 0 }
    let places = first.map { "\($0.source):\($0.event.line) \($0.event.message)" }
    #expect(Set(places).count == places.count)
    #expect(first.count == run.analysis.state.report?.input.eventCount)
    let entries = run.analysis.state.report?.incidents.first?.timeline ?? []
    for entry in entries where entry.uncertainty < 0.5 {
      let told = run.events.last { $0.event.line == entry.evidence.line && $0.event.kind.rawValue == entry.kind }
      #expect(told.map { abs($0.at.seconds(since: entry.at)) <= 1 } == true, "\(entry)")
    }
  }

  @Test("a finding is told within a quarter of a second after its last line, in time that looks take nothing of")
  func prompt() throws {
    var run = LiveRun()
    var found: Double?
    var told: Double?
    for line in try Log.lines(Log.failover) {
      let isLast = String(decoding: line, as: UTF8.self).contains("promoted self to leader")
      run.feed(line, thenWait: isLast ? 0 : 0.05)
      guard isLast else { continue }
      found = run.uptime
      for _ in 0..<40 where told == nil {
        run.wait(0.01)
        if run.notices.contains(where: { $0.incident.incident.kind == .failover }) { told = run.uptime }
      }
      break
    }
    #expect(try #require(told) - (try #require(found)) <= 0.25)
  }
}
