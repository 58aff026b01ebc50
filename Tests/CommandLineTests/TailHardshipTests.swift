import Foundation
import TestSupport
import Testing

/// What goes wrong around a live run must cost neither lines nor the run.
@Suite("tail: hardship")
struct TailHardshipTests {
  /// Writes of the client monitor, numbered, four a second from 10:00:00 on.
  private static func write(_ number: Int) -> String {
    let second = number / 4
    let clock = String(format: "%02d:%02d:%02d", 10 + second / 3600, second / 60 % 60, second % 60)
    return "[2025-08-10 \(clock)] WRITE: ID=\(number), Data='x'\n"
  }

  /// A numbered line as the client prints it: `second` is minutes, seconds and tenths.
  private static func checkpoint(_ number: Int, service: String = "pg1", second: String = "00:00.0") -> String {
    "\(service)  | 2025-08-10T10:\(second)00000000Z 2025-08-10 10:\(second)00 UTC [31] LOG:  "
      + "checkpoint complete: wrote \(number) buffers (0.1%); 0 WAL file(s) added, 0 removed, 0 recycled; "
      + "write=0.1 s, sync=0.0 s, total=0.1 s; sync files=1, longest=0.0 s, average=0.0 s; distance=1 kB, estimate=1 kB"
  }

  private static var checkpoints: Regex<(Substring, Substring)> { /wrote (\d+) buffers/ }
  private static var numbers: Regex<(Substring, Substring)> { /WRITE: ID=(\d+)/ }

  /// Puts a program in place of the `docker` client: failscope runs whatever the PATH leads to.
  private static func client(_ script: String, in scratch: borrowing ScratchDirectory) throws -> [String: String] {
    let program = try scratch.write("#!/usr/bin/env bash\n" + script, to: "docker")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    return ["PATH": "\(scratch.url.path):/usr/bin:/bin"]
  }

  private static func contents(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }

  // MARK: The child of --compose

  @Test("no way out leaves the child or its children behind", arguments: [SIGINT, SIGTERM, SIGHUP])
  func reaped(number: Int32) throws {
    let scratch = try ScratchDirectory()
    let script = """
      sleep 300 &
      echo "$$ $!" > '\(scratch.path("pids"))'
      echo '\(Self.checkpoint(1))'
      wait
      """
    let run = try RunningProgram(
      ["tail", "--compose", "--format", "ndjson"],
      environment: Self.client(script, in: scratch),
      hasInput: false
    )
    #expect(run.waitFor("server.checkpoint"))
    let ids = Self.contents(scratch.path("pids")).split(whereSeparator: \.isWhitespace).compactMap { pid_t($0) }
    try #require(ids.count == 2)
    #expect(ids.allSatisfy { kill($0, 0) == 0 })
    #expect(run.end(number) == 0)
    let isGone = run.waitUntil(seconds: 3) { ids.allSatisfy { kill($0, 0) != 0 || Self.isZombie($0) } }
    #expect(isGone)
  }

  @Test("a child that does not heed SIGTERM is killed with what it started")
  func stubborn() throws {
    let scratch = try ScratchDirectory()
    let script = """
      trap '' TERM INT HUP
      sleep 300 &
      echo "$$ $!" > '\(scratch.path("pids"))'
      echo '\(Self.checkpoint(1))'
      while true; do sleep 1; done
      """
    let run = try RunningProgram(
      ["tail", "--compose", "--format", "ndjson"],
      environment: Self.client(script, in: scratch),
      hasInput: false
    )
    #expect(run.waitFor("server.checkpoint"))
    let ids = Self.contents(scratch.path("pids")).split(whereSeparator: \.isWhitespace).compactMap { pid_t($0) }
    try #require(ids.count == 2)
    #expect(run.end(SIGTERM) == 0)
    let isGone = run.waitUntil(seconds: 3) { ids.allSatisfy { kill($0, 0) != 0 || Self.isZombie($0) } }
    #expect(isGone)
  }

  /// Whether a process has ended and only its parent has not asked for its status; without an init nobody does.
  private static func isZombie(_ id: pid_t) -> Bool {
    contents("/proc/\(id)/stat").split(separator: ")").last?.split(separator: " ").first == "Z"
  }

  @Test("kill -9 of the child while lines come: none is lost, none comes twice")
  func killedUnderLoad() throws {
    let scratch = try ScratchDirectory()
    let count = 3000
    let lines = (0..<count).map { number in
      let second = String(format: "%02d:%02d.%d", number / 600 % 60, number / 10 % 60, number % 10)
      return Self.checkpoint(number, service: "pg\(number % 3)", second: second)
    }
    let log = try scratch.write(lines.joined(separator: "\n") + "\n", to: "log")
    // Prints the log from `--since` on, the way the client does, and goes on following.
    let script = """
      echo $$ > '\(scratch.path("pid"))'
      since=""
      while [ $# -gt 0 ]; do if [ "$1" = "--since" ]; then since="$2"; fi; shift; done
      awk -v since="$since" '$3 >= since { print; fflush(); if (NR % 40 == 0) system("sleep 0.02") }' '\(log)'
      sleep 300
      """
    let run = try RunningProgram(
      ["tail", "--compose", "--format", "ndjson"],
      environment: Self.client(script, in: scratch),
      hasInput: false
    )
    for share in [500, 1500, 2500] {
      let isThere = run.waitUntil { run.told(Self.checkpoints).count >= share }
      try #require(isThere)
      let id = try #require(pid_t(Self.contents(scratch.path("pid")).split(whereSeparator: \.isWhitespace).first ?? ""))
      // Once with what it has started, once without: its lines still come then.
      kill(share == 1500 ? id : -id, SIGKILL)
    }
    let isComplete = run.waitUntil(seconds: 60) { run.told(Self.checkpoints).count >= count }
    #expect(isComplete)
    #expect(run.end(SIGINT) == 0)
    #expect(run.told(Self.checkpoints).sorted() == Array(0..<count))
    #expect(run.errors.components(separatedBy: "started again").count >= 3)
  }

  // MARK: Files

  @Test("rotation and truncation while lines are written: each line once, in order")
  func rotation() throws {
    let scratch = try ScratchDirectory()
    let path = try scratch.write("", to: "client.log")
    let run = try RunningProgram(
      ["tail", "--from", "beginning", "--format", "ndjson", path],
      hasInput: false
    )
    let rounds = 9
    let share = 200
    // A file that is gone before the program has begun is not followed.
    _ = try scratch.write("[2025-08-10 09:59:59] WRITE: ID=999999, Data='x'\n", to: "client.log")
    #expect(run.waitFor("ID=999999,"))
    for round in 0..<rounds {
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      for number in round * share..<(round + 1) * share {
        try file.seekToEnd()
        try file.write(contentsOf: Data(Self.write(number).utf8))
        // A file that comes and goes between two looks is seen by nobody.
        if number % share == share / 2 { Thread.sleep(forTimeInterval: 0.3) }
      }
      try file.close()
      if round % 3 == 2 {
        // A copytruncate loses what nobody has read, whoever reads.
        let isRead = run.waitUntil { run.told(Self.numbers).count == 1 + (round + 1) * share }
        try #require(isRead)
        #expect(truncate(path, 0) == 0)
      } else {
        try FileManager.default.moveItem(atPath: path, toPath: scratch.path("client.log.\(round)"))
        _ = try scratch.write("", to: "client.log")
      }
    }
    let isComplete = run.waitUntil { run.told(Self.numbers).count >= 1 + rounds * share }
    #expect(isComplete)
    #expect(run.end(SIGTERM) == 0)
    #expect(run.told(Self.numbers) == [999_999] + Array(0..<rounds * share))
  }

  // MARK: Those who are told

  @Test("a webhook that takes a connection and never answers holds up nothing", .timeLimit(.minutes(2)))
  func hangingWebhook() throws {
    let listener = try SilentListener()
    let run = try RunningProgram(["tail", "--webhook", "http://127.0.0.1:\(listener.port)/hook", "--format", "ndjson"])
    let start = Date()
    try run.write(try Repository.text(failover))
    #expect(run.waitFor("\"action\":\"opened\""))
    try run.write(Self.write(1))
    #expect(run.waitFor("ID=1,"))
    #expect(Date().timeIntervalSince(start) < 8)
    let isAsked = run.waitUntil { listener.hasConnection }
    #expect(isAsked)
    // The first signal ends the run, the second one the wait for the webhook.
    kill(run.process.processIdentifier, SIGINT)
    #expect(run.waitFor("\"type\":\"end\""))
    let asked = Date()
    #expect(run.end(SIGINT) == 0)
    #expect(Date().timeIntervalSince(asked) < 5)
  }

  /// Listens on the loopback address, and says nothing to anybody.
  private final class SilentListener {
    let port: UInt16
    private let descriptor: Int32

    init() throws {
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let socket = descriptor
      let isBound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
          bind(socket, generic, length) == 0 && listen(socket, 5) == 0 && getsockname(socket, generic, &length) == 0
        }
      }
      try #require(isBound)
      port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }

    var hasConnection: Bool {
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      return poll(&request, 1, 0) > 0
    }
  }

  /// Whether this machine lets a test have a file system of its own.
  private static let canMount: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  @Test("a full disk below --report-dir is told, and leaves no half file", .enabled(if: canMount))
  func fullDisk() throws {
    let scratch = try ScratchDirectory()
    for name in ["full", "kept"] {
      try FileManager.default.createDirectory(atPath: scratch.path(name), withIntermediateDirectories: false)
    }
    let log = Repository.root.appendingPathComponent(failover).path
    let script = """
      mount -t tmpfs -o size=24k none '\(scratch.path("full"))' || exit 90
      '\(BuiltProgram.executable.path)' tail --report-dir '\(scratch.path("full"))' < '\(log)'
      status=$?
      cp '\(scratch.path("full"))'/* '\(scratch.path("kept"))' 2> /dev/null
      exit $status
      """
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["unshare", "-m", "bash", "-c", script]
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaints = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(text.contains("END  degraded: "))
    #expect(complaints.contains("no space left"))
    for name in try FileManager.default.contentsOfDirectory(atPath: scratch.path("kept")) {
      #expect(name.hasSuffix(".md") || name.hasSuffix(".json"))
      guard name.hasSuffix(".json") else { continue }
      #expect(
        (try? JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: scratch.path("kept/\(name)")))))
          != nil
      )
    }
  }

  @Test("a program that does not read what it is told is run to its end, also the next time")
  func unreadReport() throws {
    let scratch = try ScratchDirectory()
    let program = try scratch.write(
      "#!/bin/sh\nexec 0<&-\necho told >> '\(scratch.path("told"))'\n",
      to: "page"
    )
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    let run = try RunningProgram(["tail", "--exec", program])
    for line in try Repository.text(failover).split(separator: "\n") { try run.write(line + "\n") }
    #expect(run.waitFor("degraded"))
    try run.closeInput()
    #expect(run.wait() == 0)
    #expect(run.errors.isEmpty)
    #expect(!Self.contents(scratch.path("told")).isEmpty)
  }

  // MARK: Those who read

  @Test("a reader that stands still does not keep a signal from ending it", arguments: [SIGINT, SIGTERM])
  func stalledReader(number: Int32) throws {
    RunningProgram.ignoreBrokenPipes()
    let scratch = try ScratchDirectory()
    let process = try BuiltProgram(["tail", "--format", "ndjson"]).process(scratch: scratch.url)
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let writing = input.fileHandleForWriting
    Thread.detachNewThread {
      for number in 0..<20_000 { try? writing.write(contentsOf: Data(Self.write(number).utf8)) }
    }
    Thread.sleep(forTimeInterval: 1.5)
    #expect(process.isRunning)
    let start = Date()
    kill(process.processIdentifier, number)
    while process.isRunning, Date().timeIntervalSince(start) < 10 { Thread.sleep(forTimeInterval: 0.02) }
    #expect(!process.isRunning)
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    withExtendedLifetime(output) {}
  }
}
