/// Follows `docker compose logs`, which it runs and starts again when it ends.
///
/// No line is lost and none comes twice: a restarted command is asked for lines from a little earlier, and those that
/// are known are left out. A line that was cut off when the command died is left out too; it comes again whole.
package struct ComposeFollower {
  /// What is run, and how.
  package struct Command: Hashable, Sendable {
    /// `docker`, found on the PATH, or a path.
    package var program: String
    /// Options between `docker compose` and `logs`, such as `-p NAME` or `-f FILE`.
    package var projectOptions: [String]
    /// From when on lines are wanted at first: a time or a span, as `--since` of the command takes it.
    package var since: String?

    package init(program: String = "docker", projectOptions: [String] = [], since: String? = nil) {
      self.program = program
      self.projectOptions = projectOptions
      self.since = since
    }

    /// The arguments of a run that delivers lines from `since` on.
    func arguments(since: String?) -> [String] {
      ["compose"] + projectOptions + ["logs", "--follow", "--timestamps", "--no-color"]
        + (since ?? self.since).map { ["--since", $0] }.orEmpty
    }
  }

  /// A command that ends so often before it has printed anything is given up.
  private static let attempts = 5
  private static let shortestPause = 0.2
  private static let longestPause = 5.0
  /// A command that is silent for so long has handed over what was there, in seconds.
  private static let silence = 0.3

  private let command: Command
  private var child: ChildProcess?
  private var resumption = LineResumption()
  private var fragment: [UInt8] = []
  private var complaint: [UInt8] = []
  private var failures = 0
  private var pause = shortestPause
  private var nextStart = -Double.infinity
  private var lastOutput = -Double.infinity
  /// Whether the command that runs has printed anything, and whether any has.
  private var hasPrinted = false
  private var hasEverPrinted = false
  private var isFinished = false

  package init(_ command: Command) {
    self.command = command
  }

  /// The descriptors to wait for.
  package var descriptors: [Int32] { child.map { [$0.output, $0.errors] }.orEmpty }

  /// How many times the command was started.
  package private(set) var starts = 0

  /// Reads what has come, at most a block, and starts the command if it does not run.
  ///
  /// - Parameters:
  ///   - ready: the descriptors that have something.
  ///   - uptime: seconds on a clock that never jumps.
  /// - Returns: what has come, in order.
  package mutating func read(ready: Set<Int32>, uptime: Double) -> [FollowerEvent] {
    guard !isFinished else { return [] }
    guard let child else { return start(uptime) }
    if ready.contains(child.errors), let bytes = child.readErrors(upTo: 4096) {
      complaint = Array((complaint + bytes).suffix(1024))
    }
    guard ready.contains(child.output) else {
      if hasPrinted, fragment.isEmpty, uptime - lastOutput > Self.silence { resumption.settle() }
      return []
    }
    lastOutput = uptime
    let bytes = child.readOutput(upTo: 256 * 1024) ?? []
    guard bytes.isEmpty else { return deliver(bytes) }
    return ended(child, uptime)
  }

  /// Ends the command, and waits for that.
  package mutating func stop() {
    child?.stop()
    child = nil
    isFinished = true
  }

  private mutating func start(_ uptime: Double) -> [FollowerEvent] {
    guard uptime >= nextStart else { return [] }
    starts += 1
    lastOutput = uptime
    hasPrinted = false
    resumption.restart()
    fragment = []
    complaint = []
    child = ChildProcess(program: command.program, arguments: command.arguments(since: resumption.since))
    guard child == nil else { return [] }
    nextStart = uptime + Self.longestPause
    return [.note("docker compose cannot be started: no descriptors are left.")]
  }

  private mutating func deliver(_ bytes: [UInt8]) -> [FollowerEvent] {
    let all = fragment + bytes
    var kept: [UInt8] = []
    kept.reserveCapacity(all.count)
    var position = 0
    while let feed = all[position...].firstIndex(of: 0x0A) {
      if resumption.isNew(all[position..<feed]) { kept += all[position...feed] }
      position = feed + 1
    }
    // A line without end must not fill the memory.
    fragment = all.count - position > 1 << 21 ? [] : Array(all[position...])
    hasPrinted = true
    hasEverPrinted = true
    failures = 0
    pause = Self.shortestPause
    return kept.isEmpty ? [] : [.bytes(kept)]
  }

  private mutating func ended(_ child: ChildProcess, _ uptime: Double) -> [FollowerEvent] {
    child.finish()
    self.child = nil
    failures += 1
    nextStart = uptime + pause
    pause = min(pause * 2, Self.longestPause)
    let words = Self.words(child.end, complaint)
    if case .notStarted = child.end {
      isFinished = true
      return [.note("docker compose cannot be run: \(words)."), .finished]
    }
    guard hasEverPrinted || failures < Self.attempts else {
      isFinished = true
      return [.note("docker compose logs ends at once: \(words)."), .finished]
    }
    return [.note("docker compose logs ended (\(words)); it is started again."), .paused]
  }

  private static func words(_ end: ChildProcess.End?, _ complaint: [UInt8]) -> String {
    let said = String(decoding: complaint, as: UTF8.self).split(whereSeparator: \.isNewline).last.map(String.init)
    switch end {
    case .exited(let code): return said ?? "exit status \(code)"
    case .signalled(let signal): return "ended by signal \(signal)"
    case .notStarted(let reason): return reason.split(whereSeparator: \.isNewline).first.map(String.init) ?? reason
    case nil: return said ?? "it does not answer"
    }
  }
}

extension Optional where Wrapped: RangeReplaceableCollection {
  fileprivate var orEmpty: Wrapped { self ?? Wrapped() }
}
