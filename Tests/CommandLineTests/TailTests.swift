import Foundation
import TestSupport
import Testing

@Suite("tail: lines")
struct TailTests {
  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test("a pipe as ndjson: events, phases, incidents, and the end")
  func ndjson() throws {
    let outcome = try failscope(
      "tail --format ndjson",
      input: .file(Repository.root.appendingPathComponent(failover).path)
    )
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let objects = try objects(outcome.output)
    let kinds = Set(objects.compactMap { $0["type"] as? String })
    #expect(kinds == ["event", "phase", "incident", "end"])
    let incident = try #require(objects.last { $0["type"] as? String == "incident" })
    #expect(incident["kind"] as? String == "failover")
    #expect(incident["status"] as? String == "degraded")
    #expect(objects.last?["verdict"] as? String == "degraded")
    let events = objects.filter { $0["type"] as? String == "event" && $0["revision"] as? Int == 0 }
    let batch = try failscope("events --format ndjson \(failover)").output.split(separator: "\n").count
    #expect(events.count == batch)
  }

  @Test("text leaves out what is routine, unless it is asked for")
  func text() throws {
    let input = BuiltProgram.Input.file(Repository.root.appendingPathComponent(failover).path)
    let notable = try failscope("tail", input: input).output
    let all = try failscope("tail --events all", input: input).output
    let none = try failscope("tail --events none", input: input).output
    #expect(notable.contains("leader.acquired"))
    #expect(!notable.contains("agent.heartbeat"))
    #expect(all.contains("agent.heartbeat"))
    #expect(!none.contains("leader.acquired"))
    #expect(none.contains("INCIDENT OPENED"))
    #expect(notable.hasSuffix("\n"))
    #expect(notable.split(separator: "\n").last?.hasPrefix("END  degraded: ") == true)
  }

  @Test("the report in the end is the one of analyze", arguments: ["json", "md", "txt"])
  func report(ending: String) throws {
    let scratch = try ScratchDirectory()
    let path = scratch.path("report.\(ending)")
    let format = ["json": "json", "md": "markdown", "txt": "terminal"][ending] ?? ""
    let file = Repository.root.appendingPathComponent(failover).path
    #expect(try failscope(["tail", "--events", "none", "--report", path], input: .file(file)).status == 0)
    let batch = try failscope(["analyze", "-", "--format", format], input: .file(file))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == batch.output)
  }

  @Test("a file for each incident, and a program that is run for each state")
  func actions() throws {
    let scratch = try ScratchDirectory()
    try FileManager.default.createDirectory(atPath: scratch.path("reports"), withIntermediateDirectories: false)
    let program = try scratch.write(
      "#!/bin/sh\necho \"$FAILSCOPE_KIND $FAILSCOPE_STATUS\" >> '\(scratch.path("told"))'\n",
      to: "page"
    )
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    let outcome = try failscope(
      ["tail", "--report-dir", scratch.path("reports"), "--exec", program],
      input: .file(Repository.root.appendingPathComponent(failover).path)
    )
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(try String(contentsOfFile: scratch.path("told"), encoding: .utf8).hasSuffix("failover degraded\n"))
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("reports"))
    #expect(Set(names.map { ($0 as NSString).pathExtension }) == ["json", "md"])
  }

  @Test("a directory without room, a program that fails and a webhook that nobody hears stop nothing")
  func failingActions() throws {
    let outcome = try failscope(
      ["tail", "--exec", "false", "--webhook", "http://127.0.0.1:1/", "--report-dir", "/proc/self"],
      input: .file(Repository.root.appendingPathComponent(failover).path)
    )
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("END  degraded: "))
    #expect(outcome.errors.contains("webhook 1"))
    #expect(outcome.errors.contains("false: "))
    #expect(outcome.errors.contains("/proc/self"))
  }

  struct Mistake: CustomTestStringConvertible {
    var arguments: [String]
    var words: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let mistakeCases = [
    Mistake(arguments: ["--exec", "'open"], words: "quote"),
    Mistake(arguments: ["--report-dir", "/no/such"], words: "no directory"),
    Mistake(arguments: ["--metrics", "host"], words: "HOST:PORT"),
    Mistake(arguments: ["--webhook", "ftp://x"], words: "https://"),
    Mistake(arguments: ["--webhook", "http://x", "--webhook-format", "pagerduty"], words: "routing key"),
    Mistake(arguments: ["--webhook", "env:NO_SUCH_VARIABLE"], words: "NO_SUCH_VARIABLE"),
    Mistake(arguments: ["--webhook", "http://x", "--webhook-secret", "plain"], words: "env:NAME"),
  ]

  @Test(arguments: mistakeCases)
  func mistakes(_ mistake: Mistake) throws {
    let outcome = try failscope(["tail"] + mistake.arguments, input: .text("x\n"))
    #expect(outcome.status == 64)
    #expect(outcome.hasOneComplaint)
    #expect(outcome.errors.contains(mistake.words))
  }

  @Test("an empty input is told")
  func empty() throws {
    let outcome = try failscope("tail", input: .text(""))
    #expect(outcome.status == 1)
    #expect(outcome.hasOneComplaint)
  }

  @Test("a full disk behind standard output ends it with status 1")
  func fullDisk() throws {
    let scratch = try ScratchDirectory()
    let process = try BuiltProgram(
      ["tail"],
      input: .file(Repository.root.appendingPathComponent(failover).path)
    ).process(scratch: scratch.url)
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
  }
}

/// Runs that go on while the test looks at them.
@Suite("tail: while it runs")
struct TailRunTests {
  private static let line = "pg2 | 2025-08-10 21:57:43,740 INFO: promoted self to leader by acquiring session lock\n"

  @Test("one line is told at once, without waiting for more")
  func atOnce() throws {
    let run = try RunningProgram(["tail", "--format", "ndjson"])
    try run.write(Self.line)
    #expect(run.waitFor("leader.acquired"))
    #expect(run.end(SIGINT) == 0)
    #expect(run.output.contains("\"type\":\"end\""))
  }

  @Test("signals end it in an orderly way, with what was seen", arguments: [SIGINT, SIGTERM, SIGHUP])
  func signals(number: Int32) throws {
    let run = try RunningProgram(["tail"])
    try run.write(try Repository.text(failover))
    #expect(run.waitFor("INCIDENT OPENED"))
    #expect(run.end(number) == 0)
    #expect(run.output.contains("END  degraded: "))
  }

  @Test("files are followed: one that appears later, one that is rotated")
  func files() throws {
    let scratch = try ScratchDirectory()
    let path = scratch.path("patroni.log")
    let run = try RunningProgram(["tail", "--format", "ndjson", path], hasInput: false)
    Thread.sleep(forTimeInterval: 0.3)
    _ = try scratch.write(
      "2025-08-10 21:57:21,333 INFO: no action. I am (pg1), the leader with the lock\n",
      to: "patroni.log"
    )
    #expect(run.waitFor("agent.heartbeat"))
    try FileManager.default.moveItem(atPath: path, toPath: scratch.path("patroni.log.1"))
    _ = try scratch.write(
      "2025-08-10 21:57:43,740 INFO: promoted self to leader by acquiring session lock\n",
      to: "patroni.log"
    )
    #expect(run.waitFor("leader.acquired"))
    #expect(run.end(SIGTERM) == 0)
  }

  @Test("a reader that has gone ends it without a word")
  func closedPipe() throws {
    let scratch = try ScratchDirectory()
    let errors = try scratch.write("", to: "errors")
    RunningProgram.ignoreBrokenPipes()
    let process = try BuiltProgram(["tail"]).process(scratch: scratch.url)
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    try process.run()
    try output.fileHandleForReading.close()
    try input.fileHandleForWriting.write(contentsOf: Data(try Repository.text(failover).utf8))
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try String(contentsOfFile: errors, encoding: .utf8).isEmpty)
  }

  @Test("a slow reader of the output holds up the input; nothing is lost")
  func backpressure() throws {
    let scratch = try ScratchDirectory()
    let process = try BuiltProgram(["tail", "--events", "all", "--format", "ndjson"]).process(scratch: scratch.url)
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let count = 3000
    let writing = input.fileHandleForWriting
    let writer = Thread {
      for number in 0..<count {
        let minute = String(format: "%02d:%02d", number / 60 % 60, number % 60)
        try? writing.write(
          contentsOf: Data(
            "pg1 | 2025-08-10 2\(number / 3600):\(minute),000 INFO: no action. I am (pg1), the leader with the lock\n"
              .utf8
          )
        )
      }
      try? writing.close()
    }
    writer.start()
    Thread.sleep(forTimeInterval: 0.5)
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let lines = text.split(separator: "\n").filter { $0.contains("agent.heartbeat") && $0.contains("\"revision\":0") }
    #expect(lines.count == count)
  }

  @Test("docker compose is run, killed, and run again")
  func compose() throws {
    let scratch = try ScratchDirectory()
    let script = """
      #!/usr/bin/env bash
      echo "$@" >> '\(scratch.path("calls"))'
      echo 'pg1  | 2025-08-10T21:57:21.333Z 2025-08-10 21:57:21,333 INFO: no action. I am (pg1), the leader with the lock'
      if [ "$(wc -l < '\(scratch.path("calls"))')" -gt 1 ]; then
        echo 'pg2  | 2025-08-10T21:57:43.740Z 2025-08-10 21:57:43,740 INFO: promoted self to leader by acquiring session lock'
      else
        sleep 1
        kill -9 $$
      fi
      sleep 60
      """
    let program = try scratch.write(script, to: "docker")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    let run = try RunningProgram(
      ["tail", "--compose", "--format", "ndjson", "--", "-p", "shop"],
      environment: ["PATH": "\(scratch.url.path):/usr/bin:/bin"],
      hasInput: false
    )
    #expect(run.waitFor("leader.acquired"))
    #expect(run.end(SIGINT) == 0)
    #expect(run.output.components(separatedBy: "\"agent.heartbeat\"").count == 2)
    let calls = try String(contentsOfFile: scratch.path("calls"), encoding: .utf8).split(separator: "\n")
    #expect(calls.first == "compose -p shop logs --follow --timestamps --no-color")
    #expect(
      calls.last == "compose -p shop logs --follow --timestamps --no-color --since 2025-08-10T21:57:11.333000000Z"
    )
  }

  @Test("metrics are answered on the loopback address")
  func metrics() throws {
    let port = 20_000 + Int(getpid()) % 20_000
    let run = try RunningProgram(["tail", "--metrics", "127.0.0.1:\(port)"])
    try run.write(try Repository.text(failover))
    #expect(run.waitFor("INCIDENT OPENED"))
    // Numbers are put up twice a second.
    var text = ""
    let isPosted = run.waitUntil {
      text = (try? Self.page("http://127.0.0.1:\(port)/metrics")) ?? ""
      return text.contains("status=\"degraded\"} 1\n")
    }
    #expect(isPosted)
    #expect(text.contains("failscope_lines_total 128\n"))
    #expect(text.contains("failscope_leader{member=\"pg2\"} 1\n"))
    #expect(text.contains("failscope_incidents{kind=\"failover\",status=\"degraded\"} 1\n"))
    #expect(run.end(SIGINT) == 0)
  }

  private static func page(_ url: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["curl", "--silent", url]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }
}

/// The screen on a pseudo-terminal.
@Suite("tail: the screen")
struct TailScreenTests {
  private static let escape = "\u{1b}"

  /// Runs the screen on a terminal, does something to it, and gives back all that it has printed.
  private func onScreen(
    _ environment: [String: String] = ["TERM": "xterm-256color"],
    _ act: (Process, FileHandle) throws -> Void
  ) throws -> (status: Int32, text: String) {
    let scratch = try ScratchDirectory()
    var terminal = try PseudoTerminal()
    let process = try BuiltProgram(
      ["tail", "--from", "beginning", Repository.root.appendingPathComponent(failover).path],
      environment: environment
    ).process(scratch: scratch.url)
    process.standardInput = terminal.handle
    process.standardOutput = terminal.handle
    process.standardError = FileHandle.nullDevice
    let keys = terminal.keys
    terminal.startRecording()
    try process.run()
    _ = terminal.waitFor(anyOf: "DEGRADED", "INCIDENT OPENED")
    try act(process, keys)
    process.waitUntilExit()
    let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return (status, terminal.readToEnd())
  }

  private static let enter = "\(escape)[?1049h"
  private static let leave = "\(escape)[?25h\(escape)[?1049l"

  @Test("q gives the terminal back and says how the cluster is")
  func quit() throws {
    let outcome = try onScreen { _, keys in try keys.write(contentsOf: Data("q".utf8)) }
    #expect(outcome.status == 0)
    #expect(outcome.text.hasPrefix(Self.enter))
    #expect(outcome.text.contains("DEGRADED"))
    let rest = try #require(outcome.text.components(separatedBy: Self.leave).last)
    #expect(rest.hasPrefix("degraded: Writes work"))
    #expect(!rest.contains(Self.escape))
  }

  @Test("every way out gives the terminal back", arguments: [SIGINT, SIGTERM, SIGHUP, SIGSEGV])
  func signals(number: Int32) throws {
    let outcome = try onScreen { process, _ in kill(process.processIdentifier, number) }
    #expect(outcome.status == (number == SIGSEGV ? -SIGSEGV : 0))
    #expect(outcome.text.contains(Self.leave))
  }

  @Test("a terminal without abilities gets lines")
  func dumb() throws {
    let outcome = try onScreen(["TERM": "dumb"]) { process, _ in kill(process.processIdentifier, SIGINT) }
    #expect(!outcome.text.contains(Self.escape))
    #expect(outcome.text.contains("INCIDENT OPENED"))
  }

  @Test("NO_COLOR is honoured")
  func noColor() throws {
    let outcome = try onScreen(["TERM": "xterm", "NO_COLOR": "1"]) { _, keys in
      try keys.write(contentsOf: Data("q".utf8))
    }
    #expect(!outcome.text.contains("\(Self.escape)[1m"))
    #expect(!outcome.text.contains("\(Self.escape)[1;31m"))
  }

  @Test("a terminal that changes its size is drawn anew")
  func resize() throws {
    let scratch = try ScratchDirectory()
    var terminal = try PseudoTerminal()
    let process = try BuiltProgram(
      ["tail", "--from", "beginning", Repository.root.appendingPathComponent(failover).path],
      environment: ["TERM": "xterm", "NO_COLOR": "1"]
    ).process(scratch: scratch.url)
    process.standardInput = terminal.handle
    process.standardOutput = terminal.handle
    terminal.startRecording()
    try process.run()
    _ = terminal.waitFor(anyOf: "DEGRADED")
    terminal.resize(columns: 132, rows: 50)
    kill(process.processIdentifier, SIGWINCH)
    Thread.sleep(forTimeInterval: 1)
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    #expect(terminal.readToEnd().contains("\(Self.escape)[50;1H"))
  }

  @Test("a terminal that changes its size again and again while lines pour in is drawn as it is at last")
  func resizeInAFlood() throws {
    let scratch = try ScratchDirectory()
    let log = try scratch.write("", to: "monitor.log")
    var terminal = try PseudoTerminal()
    let process = try BuiltProgram(
      ["tail", "--from", "beginning", log],
      environment: ["TERM": "xterm", "NO_COLOR": "1"]
    ).process(scratch: scratch.url)
    process.standardInput = terminal.handle
    process.standardOutput = terminal.handle
    terminal.startRecording()
    try process.run()
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    for round in 0..<60 {
      let lines = (0..<500).map { line in
        let second = (round * 500 + line) / 20
        let clock = [second / 3600, second / 60 % 60, second % 60].map { String(format: "%02d", $0) }
        return "[2025-08-10 \(clock.joined(separator: ":"))] WRITE: ID=\(round * 500 + line), Data='x'\n"
      }
      try file.write(contentsOf: Data(lines.joined().utf8))
      // Down to a terminal that has no room for anything.
      let (columns, rows) = [(132, 50), (1, 1), (40, 10), (80, 24)][round % 4]
      terminal.resize(columns: UInt16(columns), rows: UInt16(rows))
      kill(process.processIdentifier, SIGWINCH)
      Thread.sleep(forTimeInterval: 0.01)
    }
    terminal.resize(columns: 101, rows: 47)
    kill(process.processIdentifier, SIGWINCH)
    let isDrawn = terminal.waitFor(anyOf: "\(Self.escape)[47;1H")
    #expect(isDrawn)
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 0)
    #expect(terminal.readToEnd().contains(Self.leave))
  }
}
