import Analyzer
import BundledParsers
import Contract
import Foundation
import Ingestion
import Live
import Model
import Parsing
import Reporting
import Synchronization
import TestSupport
import Testing

@testable import Delivery

/// Lines with which the old primary comes back.
private let closing = """
  pg1        | 2025-08-10 21:58:20.000 UTC [50] LOG:  started streaming WAL from primary at 0/4000000 on timeline 3
  pg1        | 2025-08-10 21:58:25,000 INFO: no action. I am (pg1), a secondary, and following a leader (pg2)
  pg1        | 2025-08-10 21:58:45,000 INFO: no action. I am (pg1), a secondary, and following a leader (pg2)

  """

/// The notices of the recorded failover.
private func notices() throws -> (notices: [IncidentNotice], report: Report) { try recorded.get() }

private let recorded = Result { try notices(endingWith: "") }

/// The notices of the recorded failover, and of some more lines.
private func notices(endingWith more: String) throws -> (notices: [IncidentNotice], report: Report) {
  let catalogue = ParserCatalogue(compact: BundledParsers.compact)
  var options = LiveOptions(analysis: AnalysisOptions())
  options.pause = 0
  var analysis = LiveAnalysis(catalogue: catalogue, options: options)
  _ = analysis.addInput(.standardInput)
  var messages: [LiveMessage] = []
  var uptime = 0.0
  for line in (try Repository.text("samples/seed-failover/compose.log") + more).split(separator: "\n") {
    messages += analysis.feed(Array((line + "\n").utf8), to: 0, uptime: uptime)
    messages += analysis.pause(0, uptime: uptime)
    uptime += 0.5
    if analysis.isLookDue(uptime: uptime) {
      messages += analysis.endLook(analysis.beginLook(uptime: uptime).run(), uptime: uptime)
    }
  }
  messages += analysis.finish(uptime: uptime)
  let found = messages.compactMap { if case .incident(let notice) = $0 { notice } else { nil } }
  return (found, try #require(analysis.state.report))
}

@Suite("What webhooks are told")
struct WebhookFormatTests {
  private func delivered(isClosed: Bool = false) throws -> Delivered {
    let (notices, report) = try notices()
    return Delivered(try #require(isClosed ? notices.last : notices.first), in: report)
  }

  @Test("PagerDuty: trigger with a key that stays the same")
  func pagerduty() throws {
    let (notices, report) = try notices()
    let keys = try notices.map { notice in
      try WebhookFormat.pagerduty.body(Delivered(notice, in: report), secret: "R0")["dedup_key"]
    }
    #expect(Set(keys).count == 1)
    let body = try WebhookFormat.pagerduty.body(delivered(), secret: "R0")
    #expect(body["routing_key"] == "R0")
    #expect(body["event_action"] == "trigger")
    let payload = try #require(body["payload"])
    // No write has failed yet.
    #expect(payload["severity"] == "warning")
    let last = try WebhookFormat.pagerduty.body(Delivered(try #require(notices.last), in: report), secret: "R0")
    #expect(last["payload"]?["severity"] == "critical")
    #expect(payload["timestamp"] == "2025-08-10T21:57:23.629Z")
    #expect(payload.keys.starts(with: ["summary", "source", "severity"]))
  }

  @Test("Alertmanager: labels that identify, and no end before the end")
  func alertmanager() throws {
    guard case .array(let alerts) = try WebhookFormat.alertmanager.body(delivered(), secret: nil) else {
      Issue.record("not a list")
      return
    }
    #expect(alerts.count == 1)
    #expect(alerts[0]["labels"]?["alertname"] == "FailscopeIncident")
    #expect(alerts[0]["endsAt"] == nil)
    #expect(alerts[0]["annotations"]?["kind"] == "primary_outage")
  }

  @Test("Slack: the text is escaped")
  func slack() throws {
    let (notices, report) = try notices()
    let body = try WebhookFormat.slack.body(Delivered(try #require(notices.last), in: report), secret: nil)
    guard case .string(let text)? = body["text"] else {
      Issue.record("no text")
      return
    }
    #expect(text.contains("*Failover pg1 → pg2"))
    #expect(text.contains("docker start pg1"))
    #expect(!text.contains("<"))
  }

  @Test("the generic form has the whole report, with this incident alone")
  func generic() throws {
    let body = try WebhookFormat.generic.body(delivered(), secret: nil)
    #expect(body["report"]?["schema"] == "failscope.report/1")
    #expect(body["action"] == "opened")
    guard case .array(let incidents)? = body["report"]?["incidents"] else {
      Issue.record("no incidents")
      return
    }
    #expect(incidents.count == 1)
  }

  @Test("curl is told everything on standard input, quoted")
  func configuration() {
    let hook = Webhook(url: "http://h/\"x", format: .generic, headers: ["Authorization: Bearer a\\b"])
    let text = hook.configuration("{\"a\":\"b\\n\"}")
    #expect(text.contains("url = \"http://h/\\\"x\"\n"))
    #expect(text.contains("header = \"Authorization: Bearer a\\\\b\"\n"))
    #expect(text.contains("data-raw = \"{\\\"a\\\":\\\"b\\\\n\\\"}\"\n"))
  }
}

@Suite("Couriers")
struct CourierTests {
  /// What was attempted.
  private final class Record: Sendable {
    private let ids = Mutex<[Int]>([])
    var revisions: [Int] { ids.withLock { $0 } }
    func add(_ revision: Int) -> Int {
      ids.withLock {
        $0.append(revision)
        return $0.count
      }
    }
  }

  private func wait(for courier: Courier) async throws {
    for _ in 0..<1000 where !courier.isIdle { try await Task.sleep(for: .milliseconds(5)) }
    #expect(courier.isIdle)
  }

  @Test("what fails is tried again, what is refused is not")
  func retries() async throws {
    let (notices, report) = try notices()
    let record = Record()
    let complaints = Record()
    let courier = Courier(
      name: "test",
      limit: 10,
      backoff: Backoff(first: 0.01, longest: 0.02, attempts: 5),
      complain: { _ in _ = complaints.add(0) },
      attempt: { record.add($0.notice.incident.revision) < 3 ? .failed("no") : .delivered }
    )
    courier.send(Delivered(notices[0], in: report))
    try await wait(for: courier)
    #expect(record.revisions == [1, 1, 1])
    #expect(complaints.revisions.count == 2)
    #expect(courier.tally == Courier.Tally(waiting: 0, delivered: 1, failed: 0, dropped: 0))
    let refusing = Courier(name: "test", complain: { _ in }, attempt: { _ in .refused("never") })
    refusing.send(Delivered(notices[0], in: report))
    try await wait(for: refusing)
    #expect(refusing.tally.failed == 1)
  }

  @Test("while one attempt hangs, newer states take the place of older ones, and nobody waits")
  func hanging() async throws {
    let (notices, report) = try notices()
    let record = Record()
    let gate = Mutex(false)
    let courier = Courier(name: "test", complain: { _ in }) { delivered in
      _ = record.add(delivered.notice.incident.revision)
      for _ in 0..<60_000 where !gate.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(2)) }
      return .delivered
    }
    let start = ContinuousClock.now
    for notice in notices { courier.send(Delivered(notice, in: report)) }
    #expect(ContinuousClock.now - start < .seconds(30))
    for _ in 0..<500 where record.revisions.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
    #expect(courier.tally.waiting <= 2)
    gate.withLock { $0 = true }
    try await wait(for: courier)
    #expect(record.revisions.count <= 2)
    #expect(record.revisions.last == notices.last?.incident.revision)
  }

  @Test("a full queue drops the oldest")
  func full() {
    var queue = DeliveryQueue<Int>(limit: 3)
    for number in 0..<5 { queue.add(number, id: "i\(number)") }
    queue.add(40, id: "i4")
    #expect(queue.dropped == 2)
    let taken = (0..<4).map { _ in queue.next() }
    #expect(taken == [2, 3, 40, nil])
  }

  @Test("pauses double up to a limit, and end")
  func backoff() {
    var backoff = Backoff(first: 1, longest: 5, attempts: 6)
    let pauses = (0..<7).map { _ in backoff.next() }
    #expect(pauses == [1, 2, 4, 5, 5, nil, nil])
  }

  @Test("each state of an incident is delivered once; history is not")
  func filter() throws {
    let (told, _) = try notices()
    var filter = DeliveryFilter()
    let passed = told.filter { filter.passes($0, age: nil) }
    let states = passed.map { notice in
      let incident = notice.incident.incident
      return "\(incident.kind) \(incident.status) \(incident.severity)"
    }
    #expect(states.count < told.count)
    #expect(states.first == "primaryOutage ongoing warning")
    #expect(states.last == "failover degraded critical")
    #expect(zip(states, states.dropFirst()).allSatisfy { $0 != $1 })
    // What was over before it was first seen wakes nobody.
    var again = DeliveryFilter()
    let last = try #require(told.last)
    let isPassed = again.passes(last, age: nil)
    #expect(isPassed)
    let (closed, _) = try notices(endingWith: closing)
    var fresh = DeliveryFilter()
    let isHistoryPassed = fresh.passes(try #require(closed.last { $0.incident.isClosed }), age: 3600)
    #expect(!isHistoryPassed)
  }
}

@Suite("Programs and files")
struct CommandTests {
  @Test(
    "words of a command line",
    arguments: [
      ("page --now", ["page", "--now"]), ("a 'b c' \"d e\"f", ["a", "b c", "d ef"]), ("a\\ b", ["a b"]),
      ("sh -c 'x | y'", ["sh", "-c", "x | y"]), ("a ''", ["a", ""]),
    ]
  )
  func words(line: String, expected: [String]) {
    #expect(Command.words(of: line) == expected)
  }

  @Test("lines without words", arguments: ["", "  ", "'a", "a \\"])
  func noWords(line: String) {
    #expect(Command.words(of: line) == nil)
  }

  @Test("the program gets the report on standard input and the facts as variables, and no shell in between")
  func run() async throws {
    let (notices, report) = try notices()
    let scratch = try ScratchDirectory()
    let program = try scratch.write(
      "#!/bin/sh\ncat > '\(scratch.path("report"))'\nenv | grep FAILSCOPE_ > '\(scratch.path("facts"))'\necho \"$1\" >> '\(scratch.path("facts"))'\n",
      to: "page me"
    )
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    let outcome = await Command(words: [program, "$(touch \(scratch.path("evil")))"]).run(
      Delivered(notices[0], in: report)
    )
    #expect(outcome == .delivered)
    let facts = try String(contentsOfFile: scratch.path("facts"), encoding: .utf8)
    #expect(facts.contains("FAILSCOPE_KIND=primary_outage\n"))
    #expect(facts.contains("FAILSCOPE_STATUS=ongoing\n"))
    #expect(facts.contains("$(touch"))
    #expect(try !scratch.names().contains("evil"))
    let text = try String(contentsOfFile: scratch.path("report"), encoding: .utf8)
    #expect(text.hasPrefix("{\n  \"schema\": \"failscope.report/1\""))
  }

  @Test("a program that leaves its input unread, or closes it, is as good as any", .timeLimit(.minutes(1)))
  func unreadInput() async throws {
    let (notices, report) = try notices()
    var delivered = Delivered(notices[0], in: report)
    // More than a pipe holds.
    delivered.report.input.warnings = [String](repeating: String(repeating: "x", count: 1000), count: 1000)
    for script in ["true", "exec 0<&-; sleep 0.2", "head -c 10 > /dev/null"] {
      #expect(await Command(words: ["sh", "-c", script]).run(delivered) == .delivered)
    }
    let size = try json(delivered.report).utf8.count
    #expect(await Command(words: ["sh", "-c", "test $(wc -c) = \(size)"]).run(delivered) == .delivered)
  }

  @Test("a program that fails, hangs, or is not there")
  func failures() async throws {
    let (notices, report) = try notices()
    let delivered = Delivered(notices[0], in: report)
    #expect(await Command(words: ["sh", "-c", "exit 3"]).run(delivered) == .refused("it ended with status 3"))
    #expect(
      await Command(words: ["sleep", "60"], patience: 1).run(delivered)
        == .refused("it ran for more than 1 s and was ended")
    )
    guard case .refused = await Command(words: ["/no/such/program"]).run(delivered) else {
      Issue.record("a program that is not there was run")
      return
    }
  }

  @Test("two files for each incident; an id cannot leave the directory")
  func directory() async throws {
    let (notices, report) = try notices()
    let scratch = try ScratchDirectory()
    let directory = ReportDirectory(path: scratch.url.path) { path, bytes in
      try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
    for notice in notices { #expect(await directory.write(Delivered(notice, in: report)) == .delivered) }
    let id = try #require(notices.first?.incident.id)
    #expect(try scratch.names() == ["\(id).json", "\(id).md"])
    #expect(ReportDirectory.fileName("../../etc/x\n") == "------etc-x-")
  }
}
