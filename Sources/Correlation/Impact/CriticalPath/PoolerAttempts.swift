import Model

/// The pooler's attempts at a server connection that failed before the one that reached the primary.
///
/// PgBouncer (`src/objects.c`, `launch_new_connection`) makes its next attempt `server_login_retry` after the beginning
/// of a failed one; an attempt that gets no answer hangs for `server_connect_timeout`.
struct PoolerAttempts: Hashable, Sendable {
  /// One attempt: when it began and when it had failed.
  struct Attempt: Hashable, Sendable {
    var began: Instant
    var failed: Instant
    var seconds: Double { failed.seconds(since: began) }
  }

  /// What a pooler calls one of its connections.
  private struct Connection: Hashable {
    var source: SourceID
    var pointer: String?
  }

  /// In time order.
  let failed: [Attempt]
  /// When the attempt that succeeded did.
  let succeeded: Instant

  init(facts: IncidentFacts, until instant: Instant) {
    succeeded = instant
    let span = Window(from: facts.start.advanced(bySeconds: -2), to: instant)
    let all = facts.observations.poolers.failedAttempts
    let near = all[all.range(of: span) { $0.by.at }]
    failed = near.map(\.attempt).filter { $0.began >= span.from }
  }

  /// The attempts of all pools that failed, with the lines that say so, in time order; `lines` are those of connections
  /// that were opened and closed.
  static func failures(in lines: OccurrenceList) -> [(attempt: Attempt, by: Occurrence)] {
    var connected: [Connection: Instant] = [:]
    var failures: [(attempt: Attempt, by: Occurrence)] = []
    for line in lines {
      let pointer = Connection(source: line.source, pointer: line[.pointer])
      guard line.kind == .poolerServerClosed else {
        connected[pointer] = line.at
        continue
      }
      let own = connected.removeValue(forKey: pointer)
      guard isFailure(line) else { continue }
      failures.append((Attempt(began: beginning(of: line, connected: own), failed: line.at), line))
    }
    return failures
  }

  private static func isFailure(_ closed: Occurrence) -> Bool {
    ["crashed", "connect_failed", "connect_timeout", "dns", "login_failed"].contains(closed.reason ?? "")
  }

  /// When the attempt began: as its own line says if that fits its age, which is printed in whole seconds.
  private static func beginning(of closed: Occurrence, connected: Instant?) -> Instant {
    let age = closed.seconds(.ageSeconds) ?? 0
    if let connected, abs(closed.at.seconds(since: connected) - age) < 1.5 { return connected }
    return closed.at.advanced(bySeconds: -age)
  }

  /// Whether the log shows an attempt that failed.
  var isShown: Bool { last != nil }

  /// The last attempt that failed.
  var last: Attempt? { failed.last }

  /// Whether the connection came as soon as a hanging attempt had ended, rather than after a pause.
  var isHanging: Bool {
    guard let last else { return false }
    return last.seconds > 1 && succeeded.seconds(since: last.failed) < 1
  }

  /// How long an attempt hung that got no answer, in seconds; 0 if all were turned away at once.
  var longestHang: Double { failed.map(\.seconds).max() ?? 0 }

  /// From the beginning of the last failed attempt to the one that succeeded, in seconds.
  var pause: Double? { last.map { succeeded.seconds(since: $0.began) } }

  var explanation: String {
    guard let last else { return "The pooler opened its next connection when it needed one." }
    if isHanging { return "The pooler's attempt hung until it was given up; the next one reached the primary." }
    return last.seconds > 1
      ? "The pooler waits out a hanging connection attempt and the pause after a failed login."
      : "The pooler's last attempt had failed at once; it made the next one only after its pause."
  }
}

extension Occurrence {
  /// A field that holds seconds; nil if it is missing or beyond anything that a component runs for.
  func seconds(_ field: Field) -> Double? {
    fields[field].flatMap { Double($0) }.flatMap { (0...1e8).contains($0) ? $0 : nil }
  }
}
