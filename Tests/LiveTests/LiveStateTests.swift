import Analyzer
import Contract
import Foundation
import Ingestion
import Model
import TestSupport
import Testing

@testable import Live

@Suite("Looks, memory, and times")
struct LiveStateTests {
  @Test("lines that say nothing new are looked at later than news")
  func schedule() {
    var options = LiveOptions(analysis: .init())
    options.interval = 0.1
    options.routineInterval = 1
    var schedule = LookSchedule(options)
    schedule.note(isNews: false, uptime: 0)
    #expect(schedule.due == 1)
    schedule.note(isNews: true, uptime: 0.3)
    #expect(schedule.due == 0.3)
    schedule.begin(uptime: 0.3)
    #expect(schedule.due == nil)
    schedule.note(isNews: true, uptime: 0.31)
    #expect(schedule.due == nil)
    schedule.end(took: 0.05, uptime: 0.35)
    #expect(abs((schedule.due ?? 0) - 0.5) < 1e-9)
  }

  @Test("the window is cut beside incidents, not through them")
  func window() throws {
    let start = Instant(milliseconds: 0)
    let times = (0..<1000).map { start.advanced(bySeconds: Double($0)) }
    let limit = 900
    func kept(_ incidents: [Incident]) -> EventWindow.Kept {
      EventWindow(limit: limit, incidents: incidents, present: times.last).kept(times)
    }
    #expect(kept([]).cut == times[550])
    var run = LiveRun()
    run.feed(try Log.bytes(Log.failover))
    run.finish()
    var incident = try #require(run.analysis.state.incidents.first?.incident)
    (incident.startedAt, incident.endedAt) = (times[500], times[600])
    #expect(kept([incident]).cut == times[440])
    #expect(kept([incident]).first == 440)
    // An incident that fills everything is cut all the same.
    (incident.startedAt, incident.endedAt) = (times[70], nil)
    #expect(kept([incident]).cut == times[190])
  }

  @Test("what is held is cut although nothing tells the events apart, or their dates are wrong")
  func hostileTimes() {
    let now = Instant(milliseconds: 0)
    func left(_ times: [Instant], present: Instant?) -> Int {
      let kept = EventWindow(limit: 100, incidents: [], present: present).kept(times)
      return kept.givenUp(times.indices.map { $0 }).count { !$0 }
    }
    // A clock that stands still.
    #expect(left([Instant](repeating: now, count: 250), present: now) == 90)
    // A few events from next year that came first go with those that came after them.
    let future = (0..<20).map { now.advanced(bySeconds: 3e7 + Double($0)) }
    let kept = EventWindow(limit: 100, incidents: [], present: now)
      .kept([Instant](repeating: now, count: 230) + future)
    #expect(kept.givenUp(Array(230..<250) + Array(0..<230)).prefix(20) == [Bool](repeating: true, count: 20)[...])
    // Nothing but events from next year.
    let years = (0..<250).map { now.advanced(bySeconds: 3e7 * Double($0)) }
    #expect(left(years, present: now) == 50)
    #expect(left(years, present: nil) == 50)
  }

  /// Feeds lines as fast as they are taken; a look ends only when `lookLasts` pieces have come meanwhile, or when no
  /// more are taken.
  private static func flood(_ run: inout LiveRun, _ pieces: some Sequence<String>, lookLasts: Int) {
    var look: Look?
    var age = 0
    for piece in pieces {
      age += 1
      if let taken = look, age >= lookLasts || run.analysis.isFull {
        _ = run.analysis.endLook(taken.run(), uptime: run.uptime)
        look = nil
      }
      if look == nil, run.analysis.isLookDue(uptime: run.uptime) {
        look = run.analysis.beginLook(uptime: run.uptime)
        age = 0
        if run.analysis.isFull, let taken = look {
          _ = run.analysis.endLook(taken.run(), uptime: run.uptime)
          look = nil
        }
      }
      let isFull = run.analysis.isFull
      #expect(!isFull, "a look has made room")
      run.feed(Array(piece.utf8))
    }
  }

  @Test("lines that come faster than looks, with half of them unknown, pile up nowhere")
  func flood() throws {
    let limit = 200
    var run = LiveRun { $0.eventLimit = limit }
    let pieces = (0..<600).lazy.map { piece in
      (0..<20).map { line in
        let second = piece * 20 + line
        let clock = [second / 3600, second / 60 % 60, second % 60].map { String(format: "%02d", $0) }
          .joined(separator: ":")
        return """
          monitor    | [2025-08-10 \(clock)] WRITE: ID=\(second), Data='x'
          app        | 2025-08-10 \(clock) request \(second) served, as nobody's parser knows

          """
      }.joined()
    }
    Self.flood(&run, pieces, lookLasts: 1000)
    let retained = run.analysis.retained
    #expect(retained.events <= limit * 2 + 20)
    #expect(retained.announcements == retained.events)
    #expect(retained.readings <= retained.events * 2 + 10)
    #expect(run.analysis.state.lines == 24_000)
  }

  /// The recorded failover in the fourth minutes, to its end, with a client that writes until the next one; every other
  /// time pg1 takes over from pg2.
  private static func failover(number: Int) throws -> String {
    func clock(_ second: Int) -> String {
      [10 + second / 3600, second / 60 % 60, second % 60].map { String(format: "%02d", $0) }.joined(separator: ":")
    }
    let start = number * 240
    func writes(_ seconds: Range<Int>) -> String {
      seconds.map { "monitor    | [2025-08-10 \(clock(start + $0))] WRITE: ID=\(start + $0), Data='x'\n" }.joined()
    }
    let recorded = String(decoding: try Log.bytes(Log.failover), as: UTF8.self)
      .replacing("| [21:", with: "| [2025-08-10 21:")
      .replacing("21:57:", with: clock(start).prefix(6)).replacing("21:58:", with: clock(start + 60).prefix(6))
    let agent = "INFO: no action. I am (pg1), a secondary, and following a leader (pg2)"
    let stream = "started streaming WAL from primary at 0/4000000 on timeline 3"
    let text =
      recorded.trimmingCharacters(in: .newlines) + "\n" + writes(62..<80)
      + "pg1        | 2025-08-10 \(clock(start + 80)).000 UTC [50] LOG:  \(stream)\n" + writes(80..<85)
      + "pg1        | 2025-08-10 \(clock(start + 85)),000 \(agent)\n" + writes(85..<105)
      + "pg1        | 2025-08-10 \(clock(start + 105)),000 \(agent)\n" + writes(105..<260)
    guard !number.isMultiple(of: 2) else { return text }
    return text.replacing("pg1", with: "pg#").replacing("pg2", with: "pg1").replacing("pg#", with: "pg2")
  }

  @Test("memory stays bounded, and incidents out of sight stay in the report")
  func boundedMemory() throws {
    var run = LiveRun {
      $0.eventLimit = 600
      $0.pause = 0
    }
    var lines = 0
    for number in 0..<12 {
      let text = try Self.failover(number: number)
      lines += text.count { $0 == "\n" }
      run.feed(Array(text.utf8), thenWait: 1)
      #expect(run.analysis.state.heldEvents <= 1000)
    }
    run.finish()
    let incidents = run.analysis.state.report?.incidents ?? []
    #expect(incidents.count == 12)
    #expect(incidents.map(\.startedAt) == incidents.map(\.startedAt).sorted())
    #expect(incidents.map(\.newPrimary) == (0..<12).map { $0.isMultiple(of: 2) ? "pg2" : "pg1" })
    #expect(run.analysis.state.lines == lines)
  }

  @Test("a clock without a zone is corrected, and the correction has a revision")
  func correction() throws {
    var run = LiveRun { $0.pause = 0 }
    let lines = (0..<20).flatMap { second in
      [
        "pg1  | 2025-08-10 14:00:\(String(format: "%02d", second)).000 UTC [33] LOG:  checkpoint complete: wrote 1 buffers (0.0%)",
        "pg1  | 2025-08-10 16:00:\(String(format: "%02d", second)),100 INFO: no action. I am (pg1), the leader with the lock",
      ]
    }
    for line in lines { run.feed(Array((line + "\n").utf8), thenWait: 0.3) }
    run.wait(2)
    run.finish()
    let beats = run.events.filter { $0.event.kind == .agentHeartbeat }
    #expect(beats.contains { $0.revision > 0 })
    let last = try #require(beats.last { $0.revision == 0 })
    #expect(last.at == Instant(rfc3339: "2025-08-10T14:00:19.100Z"))
  }

  @Test("a time of day without a date is placed on the day of the lines around it")
  func midnight() {
    var clock = LineClock()
    func event(_ stamp: Stamp) -> Event {
      Event(
        kind: .clientWriteSucceeded,
        source: SourceID(0),
        line: 1,
        arrival: 0,
        stamp: stamp,
        component: Component(name: "monitor", role: .client),
        message: "m",
        text: ""
      )
    }
    let evening = Stamp(milliseconds: Instant(rfc3339: "2025-08-10T23:59:59Z")?.milliseconds ?? 0, zoneOffset: 0)
    _ = clock.instant(of: event(evening), input: 0)
    let afterMidnight = Stamp(milliseconds: 1000, missing: .date, resolution: 1000)
    #expect(clock.instant(of: event(afterMidnight), input: 0) == Instant(rfc3339: "2025-08-11T00:00:01Z"))
  }

  @Test("a line dated in the future does not stop the clock, and a handed-over backlog does not turn it back")
  func presentTime() {
    let start = Instant(milliseconds: 1_754_860_000_000)
    func at(_ seconds: Double) -> Instant { start.advanced(bySeconds: seconds) }
    var present = PresentTime()
    for told in [0, 1, 1e9, 2, 0.5, 1e9, 3] { present.note(at(told)) }
    #expect(present.instant == at(3))
    for told in 0..<40 { present.note(at(-90_000 + Double(told))) }
    #expect(present.instant == at(3))
    // A log that stood still for a day goes on.
    for told in [86_400.0, 86_401] { present.note(at(told)) }
    #expect(present.instant == at(86_401))
    // A first line that was wrong is believed only until others say otherwise.
    var wrong = PresentTime()
    for told in [1e9, 1, 2] { wrong.note(at(told)) }
    #expect(wrong.instant == at(2))
  }

  @Test("a client's line dated in the future hides nothing of the last minutes")
  func futureClient() throws {
    var run = LiveRun { $0.pause = 0 }
    for second in 10..<40 {
      run.feed(Array("monitor  | [2025-08-10 21:57:\(second)] WRITE: ID=\(second), Data='x'\n".utf8), thenWait: 0.1)
      if second == 20 { run.feed(Array("monitor  | [2099-08-10 21:57:20] WRITE: ID=7, Data='x'\n".utf8)) }
    }
    let seconds = run.analysis.state.pulse.seconds
    #expect(seconds.count == 30)
    #expect(run.analysis.state.latest == Instant(rfc3339: "2025-08-10T21:57:39Z"))
  }

  @Test("the first lines are told at once, and not again when their framing is settled")
  func firstLines() throws {
    var run = LiveRun()
    let lines = try Log.lines(Log.switchover)
    for line in lines.prefix(150) { run.feed(line, thenWait: 0.01) }
    let told = run.events.filter { $0.revision == 0 }
    #expect(Set(told.map { "\($0.event.line) \($0.event.message)" }).count == told.count)
    #expect(told.first?.event.line ?? 0 < 20)
  }
}

@Suite("The ledger of incidents")
struct IncidentLedgerTests {
  private func incident(_ id: String, from: Double, to: Double?, kind: IncidentKind = .replicaOutage) throws -> Incident
  {
    var run = LiveRun()
    run.feed(try Log.bytes(Log.failover))
    run.finish()
    var incident = try #require(run.analysis.state.incidents.first?.incident)
    incident.id = id
    incident.kind = kind
    incident.startedAt = Instant(milliseconds: Int64(from * 1000))
    incident.endedAt = to.map { Instant(milliseconds: Int64($0 * 1000)) }
    incident.status = to == nil ? .ongoing : .resolved
    return incident
  }

  private func actions(_ messages: [LiveMessage]) -> [String] {
    messages.compactMap { message in
      guard case .incident(let notice) = message else { return nil }
      return "\(notice.action.rawValue) \(notice.incident.id) \(notice.incident.revision)"
    }
  }

  @Test("opened, revised, closed")
  func life() throws {
    var ledger = IncidentLedger(archiveLimit: 10)
    #expect(actions(ledger.update(with: [try incident("a", from: 10, to: nil)])) == ["opened a 1"])
    #expect(actions(ledger.update(with: [try incident("a", from: 10, to: nil)])) == [])
    #expect(actions(ledger.update(with: [try incident("b", from: 9, to: nil, kind: .failover)])) == ["revised a 2"])
    #expect(actions(ledger.update(with: [try incident("b", from: 9, to: 60, kind: .failover)])) == ["closed a 3"])
    #expect(ledger.incidents.map(\.isClosed) == [true])
  }

  @Test("an incident that turns out to be part of another one is taken back")
  func merged() throws {
    var ledger = IncidentLedger(archiveLimit: 10)
    let both = [try incident("a", from: 10, to: 20), try incident("b", from: 40, to: nil)]
    #expect(actions(ledger.update(with: both)) == ["opened a 1", "closed a 2", "opened b 1"])
    #expect(actions(ledger.update(with: [try incident("a", from: 10, to: nil)])) == ["revised a 3", "closed b 2"])
    #expect(ledger.incidents[1].isWithdrawn)
    #expect(ledger.incidents[1].mergedInto == "a")
  }

  @Test("two at a time stay two")
  func two() throws {
    var ledger = IncidentLedger(archiveLimit: 10)
    let both = [try incident("a", from: 10, to: nil), try incident("b", from: 12, to: nil, kind: .poolerOutage)]
    #expect(actions(ledger.update(with: both)).count == 2)
    #expect(actions(ledger.update(with: both)).isEmpty)
    #expect(ledger.incidents.map(\.id) == ["a", "b"])
  }

  @Test("what is archived is neither matched nor taken back, and the archive is bounded")
  func archive() throws {
    var ledger = IncidentLedger(archiveLimit: 2)
    for number in 0..<4 {
      let start = Double(number) * 1000
      _ = ledger.update(with: [try incident("i\(number)", from: start, to: start + 10)])
      ledger.archive(before: Instant(milliseconds: Int64(start + 500) * 1000))
    }
    #expect(ledger.incidents.map(\.id) == ["i2", "i3"])
    #expect(ledger.forgotten == 2)
    #expect(ledger.update(with: []).isEmpty)
  }
}
