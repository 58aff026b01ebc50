package import Model
import Postgres
package import Reporting

/// One line of the monitor's output.
package struct MonitorLine: Hashable, Sendable {
  /// When the operation was over.
  package var at: Instant
  /// What people read, in the words that `parsers/monitor.yaml` recognises.
  package var message: String
  /// What programs read besides.
  package var members: [JSONMember]

  /// A line with these words.
  package init(at: Instant, message: String, members: [JSONMember]) {
    self.at = at
    self.message = message
    self.members = members
  }

  /// `[21:57:22] WRITE: ID=200, Data='Test data #75'`, in UTC.
  package var text: String {
    "[\(CivilTime(milliseconds: at.milliseconds).clockText)] \(visible(message))"
  }

  /// The same as an object of JSON, with date and fractions of seconds.
  package var json: String {
    let whole = [JSONMember("time", .string(at.rfc3339))] + members + [JSONMember("message", .string(message))]
    return JSONValue.object(whole).line
  }
}

// MARK: - Operations

/// When an operation began, and how long it took.
package struct OperationTimes: Hashable, Sendable {
  package var started: Instant
  package var ended: Instant
  /// In milliseconds, on a clock that never jumps.
  package var latency: Double

  /// All of it.
  package init(started: Instant, ended: Instant, latency: Double) {
    self.started = started
    self.ended = ended
    self.latency = latency
  }

  fileprivate var members: [JSONMember] {
    [
      JSONMember("started", .string(started.rfc3339)),
      JSONMember("latency_ms", .number((latency * 1000).rounded() / 1000)),
    ]
  }
}

extension MonitorLine {
  /// The line of a write.
  package init(_ row: MonitorRow, _ outcome: WriteOutcome, _ times: OperationTimes) {
    var members = [
      JSONMember("operation", "write"), JSONMember("outcome", .string(outcome.word)),
      JSONMember("run", .string(row.run)), JSONMember("attempt", .integer(row.attempt)),
      JSONMember("data", .string(row.data)),
    ]
    members += times.members
    switch outcome {
    case .acknowledged(let id):
      members.append(JSONMember("id", .integer(id)))
      self.init(at: times.ended, message: "WRITE: ID=\(id), Data='\(row.data)'", members: members)
    case .notSent(let report), .refused(let report), .unknown(let report):
      members += report.members
      self.init(at: times.ended, message: "WRITE ERROR: \(report.line)", members: members)
    }
  }

  /// The line of a read.
  package init(_ outcome: ReadOutcome, _ times: OperationTimes) {
    let operation = JSONMember("operation", "read")
    switch outcome {
    case .answered(let total, let latest):
      let newest = latest.map { ", Latest: ID=\($0.id), Data='\($0.data)'" } ?? ""
      self.init(
        at: times.ended,
        message: "READ: Total records=\(total)\(newest)",
        members: [operation, JSONMember("outcome", "answered"), JSONMember("total", .integer(total))]
          + times.members
      )
    case .failed(let report):
      self.init(
        at: times.ended,
        message: "READ ERROR: \(report.line)",
        members: [operation, JSONMember("outcome", "failed")] + times.members + report.members
      )
    }
  }

  /// The line that follows the first success after failures.
  package init(restoredAfter failures: Int, at: Instant) {
    self.init(
      at: at,
      message: "Connection restored after \(failures) failures",
      members: [
        JSONMember("operation", "restored"), JSONMember("outcome", "restored"),
        JSONMember("failures", .integer(failures)),
      ]
    )
  }
}

extension WriteOutcome {
  fileprivate var word: String {
    switch self {
    case .acknowledged: "acknowledged"
    case .notSent: "not_sent"
    case .refused: "refused"
    case .unknown: "unknown"
    }
  }
}

extension PostgresError.Report {
  /// The message on one line.
  fileprivate var line: String {
    message.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  fileprivate var members: [JSONMember] {
    [
      JSONMember("sqlstate", sqlState.map(JSONValue.string) ?? .null), JSONMember("timeout", .boolean(isTimeout)),
      JSONMember("error", .string(message)),
    ]
  }
}
