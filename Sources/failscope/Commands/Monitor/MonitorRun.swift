import Model
import Monitoring
import Postgres

/// The loop of the monitor: operations one after the other, a line for each, until it is told to end.
///
/// The main thread waits for the client and for signals, never for a server.
struct MonitorRun: ~Copyable {
  /// How often, and until when.
  struct Pace {
    /// Seconds from the beginning of one round to that of the next.
    var interval: Double
    var count: Int?
    /// Seconds.
    var duration: Double?
  }

  private let client: MonitorClient
  private let pace: Pace
  private let format: MonitorFormat
  private let waker: Waker
  /// What tells this run's rows from others.
  private let name = MonitorRun.randomName()
  private var ledger = Ledger()
  private var isStopped = false

  init(client: MonitorClient, pace: Pace, format: MonitorFormat) throws {
    guard let waker = Waker() else { throw Failure("no descriptors are left.") }
    self.client = client
    self.pace = pace
    self.format = format
    self.waker = waker
  }

  /// Writes and reads until it is over, and says how much it was.
  mutating func run() throws {
    let end = pace.duration.map { System.uptime + $0 } ?? .infinity
    var due = System.uptime
    while !isStopped, System.uptime < end, ledger.entries.count < pace.count ?? .max {
      try round()
      due = max(due + pace.interval, System.uptime)
      pause(until: min(due, end))
    }
    try tell(MonitorLine(ledger, at: System.now))
  }

  private mutating func round() throws {
    let (client, row) = (client, ledger.nextRow(of: name))
    let (outcome, times) = try timed { await client.write(row) }
    let failures = ledger.note(outcome)
    try tell(MonitorLine(row, outcome, times))
    guard !isStopped else { return }
    let (answer, readTimes) = try timed { await client.read() }
    try tell(MonitorLine(answer, readTimes))
    if let failures { try tell(MonitorLine(restoredAfter: failures, at: readTimes.ended)) }
    ledger.note(answer)
  }

  private func tell(_ line: MonitorLine) throws {
    let text: String
    switch format {
    case .text: text = line.text
    case .ndjson: text = line.json
    }
    try StandardOutput.write(text + "\n")
  }

  private static func randomName() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

// MARK: - Verification

extension MonitorRun {
  /// Reads the table back and compares.
  ///
  /// Throws `Failure` if it cannot be read, `ExitStatus.thresholdMet` if something is wrong.
  mutating func verify(within seconds: Double) throws {
    isStopped = false
    let stored = try storedRows(until: System.uptime + seconds)
    let verification = Verification(ledger, with: stored)
    for line in MonitorLine.lines(verification, ledger, at: System.now) { try tell(line) }
    guard verification.isClean else { throw ExitStatus.thresholdMet }
  }

  private mutating func storedRows(until end: Double) throws -> StoredRows {
    let (client, name) = (client, name)
    var obstacle = ""
    repeat {
      let outcome: Result<StoredRows, PostgresError> = try outcome {
        do throws(PostgresError) {
          return .success(try await client.storedRows(of: name))
        } catch {
          return .failure(error)
        }
      }
      switch outcome {
      case .success(let stored) where !stored.isFromStandby: return stored
      case .success: obstacle = "a standby answers, which may lag behind"
      case .failure(let error): obstacle = error.reason
      }
      pause(until: min(end, System.uptime + max(0.2, pace.interval)))
    } while System.uptime < end && !isStopped
    throw Failure("what was written cannot be verified: \(obstacle).")
  }
}

// MARK: - Waiting

extension MonitorRun {
  /// What the work gives, and when.
  private mutating func timed<Value: Sendable>(
    _ work: @escaping @Sendable () async -> Value
  ) throws -> (Value, OperationTimes) {
    let (started, uptime) = (System.now, System.uptime)
    let value = try outcome(of: work)
    let latency = (System.uptime - uptime) * 1000
    return (value, OperationTimes(started: started, ended: System.now, latency: latency))
  }

  /// Waits for asynchronous work.
  ///
  /// The first signal to end lets the operation come to its end, which its time-outs bound; a second one does not.
  private mutating func outcome<Value: Sendable>(of work: @escaping @Sendable () async -> Value) throws -> Value {
    let (slot, waker) = (Slot<Value>(), waker)
    Task {
      slot.fill(await work())
      waker.wake()
    }
    while true {
      if let value = slot.take() { return value }
      let wasStopped = isStopped
      if handleSignals(), wasStopped { throw ExitStatus.notAnalyzed }
      _ = System.wait(for: [waker.descriptor, SignalQueue.descriptor], seconds: 60)
      waker.drain()
    }
  }

  private mutating func pause(until time: Double) {
    while !isStopped, System.uptime < time {
      _ = System.wait(for: [SignalQueue.descriptor], seconds: time - System.uptime)
      _ = handleSignals()
    }
  }

  /// Handles what signals ask for; true if one asks to end.
  private mutating func handleSignals() -> Bool {
    var isEnd = false
    for signal in SignalQueue.take(isReady: true) {
      switch signal {
      case .interrupt, .terminate, .hangUp: isEnd = true
      case .suspend: SignalQueue.suspend()
      case .resize: break
      }
    }
    isStopped = isStopped || isEnd
    return isEnd
  }
}
