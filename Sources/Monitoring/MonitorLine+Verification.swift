package import Model
import Reporting

extension MonitorLine {
  /// So many rows of each kind are named; the numbers tell the rest.
  private static let limit = 100

  /// The line that counts a run's operations.
  package init(_ ledger: Ledger, at: Instant) {
    self.init(
      at: at,
      message:
        "SUMMARY: Writes=\(ledger.entries.count), Acknowledged=\(ledger.acknowledged), Refused=\(ledger.refused), "
        + "Unknown=\(ledger.unknown), Reads=\(ledger.reads), Failed reads=\(ledger.failedReads)",
      members: [
        JSONMember("operation", "summary"), JSONMember("outcome", "done"),
        JSONMember("writes", .integer(ledger.entries.count)), JSONMember("acknowledged", .integer(ledger.acknowledged)),
        JSONMember("refused", .integer(ledger.refused)), JSONMember("unknown", .integer(ledger.unknown)),
        JSONMember("reads", .integer(ledger.reads)), JSONMember("failed_reads", .integer(ledger.failedReads)),
      ]
    )
  }

  /// The lines that say what the table holds: one for each row that is not as it should be, then the numbers.
  package static func lines(_ verification: Verification, _ ledger: Ledger, at: Instant) -> [MonitorLine] {
    let lost = verification.lost.prefix(limit).map { row in
      MonitorLine(row: "LOST", "ID=\(row.id), Data='\(row.data)'", [JSONMember("id", .integer(row.id))], at: at)
    }
    let duplicated = verification.duplicated.prefix(limit).map { row in
      MonitorLine(
        row: "DUPLICATED",
        "IDs=\(row.ids.prefix(limit).map(String.init).joined(separator: ",")), Data='\(row.data)'",
        [JSONMember("ids", .array(row.ids.prefix(limit).map(JSONValue.integer)))],
        at: at
      )
    }
    let phantoms = verification.phantoms.prefix(limit).map { row in
      MonitorLine(
        row: "PHANTOM",
        "ID=\(row.id), Data='\(row.data)', \(row.reason.words)",
        [JSONMember("id", .integer(row.id)), JSONMember("reason", .string(row.reason.rawValue))],
        at: at
      )
    }
    return lost + duplicated + phantoms + [MonitorLine(verification, ledger, at: at)]
  }

  private init(row kind: String, _ words: String, _ members: [JSONMember], at: Instant) {
    self.init(
      at: at,
      message: "VERIFY \(kind): \(words)",
      members: [JSONMember("operation", "verify"), JSONMember("outcome", .string(kind.lowercased()))] + members
    )
  }

  private init(_ verification: Verification, _ ledger: Ledger, at: Instant) {
    let counts = [
      ("acknowledged", ledger.acknowledged), ("found", verification.found), ("lost", verification.lost.count),
      ("duplicated", verification.duplicated.count), ("phantom", verification.phantoms.count),
      ("unknown", ledger.unknown), ("unknown_there", verification.committedUnknown),
    ]
    self.init(
      at: at,
      message: "VERIFY: Acknowledged=\(ledger.acknowledged), Found=\(verification.found), "
        + "Lost=\(verification.lost.count), Duplicated=\(verification.duplicated.count), "
        + "Phantom=\(verification.phantoms.count), of unknown outcome=\(verification.committedUnknown)",
      members: [
        JSONMember("operation", "verify"), JSONMember("outcome", .string(verification.isClean ? "clean" : "not_clean")),
      ] + counts.map { JSONMember($0.0, .integer($0.1)) }
    )
  }
}

extension Verification.Phantom.Reason {
  fileprivate var words: String {
    switch self {
    case .unknownOutcome: "its outcome was unknown"
    case .refused: "it was refused"
    case .neverSent: "it was never sent"
    }
  }
}
