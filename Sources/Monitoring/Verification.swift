/// What the table holds, against what the client was told.
package struct Verification: Hashable, Sendable {
  /// An acknowledged write that is not there.
  package struct Lost: Hashable, Sendable {
    package var id: Int
    package var data: String
  }

  /// A write that is there more than once.
  package struct Duplicated: Hashable, Sendable {
    package var ids: [Int]
    package var data: String
  }

  /// A row that is there though nobody acknowledged its write.
  package struct Phantom: Hashable, Sendable {
    package var id: Int
    package var data: String
    package var reason: Reason

    /// How the row can be there.
    package enum Reason: String, CaseIterable, Sendable {
      /// The client never learned what became of it, so that nothing is wrong with it.
      case unknownOutcome = "unknown_outcome"
      /// The client was told that it is not in effect.
      case refused
      /// The client never sent it.
      case neverSent = "never_sent"
    }
  }

  /// Acknowledged writes that are there, once or more.
  package private(set) var found = 0
  package private(set) var lost: [Lost] = []
  package private(set) var duplicated: [Duplicated] = []
  package private(set) var phantoms: [Phantom] = []

  /// Compares the two.
  package init(_ ledger: Ledger, with stored: StoredRows) {
    let rows = Dictionary(grouping: stored.rows, by: \.attempt)
    for (index, entry) in ledger.entries.enumerated() {
      judge(entry, rows[index + 1] ?? [])
    }
    let known = 1...max(1, ledger.entries.count)
    for row in stored.rows where ledger.entries.isEmpty || !known.contains(row.attempt) {
      phantoms.append(Phantom(id: row.id, data: row.data, reason: .neverSent))
    }
  }

  private mutating func judge(_ entry: Ledger.Entry, _ rows: [StoredRows.Row]) {
    if rows.count > 1 { duplicated.append(Duplicated(ids: rows.map(\.id), data: rows[0].data)) }
    switch entry {
    case .acknowledged(let id, let number):
      if rows.isEmpty { lost.append(Lost(id: id, data: Ledger.text(number))) } else { found += 1 }
    case .refused: phantoms += rows.map { Phantom(id: $0.id, data: $0.data, reason: .refused) }
    case .unknown: phantoms += rows.map { Phantom(id: $0.id, data: $0.data, reason: .unknownOutcome) }
    }
  }

  /// Writes of unknown outcome that turned out to be there.
  package var committedUnknown: Int { phantoms.count { $0.reason == .unknownOutcome } }

  /// Whether the table holds what the client was told, and nothing that it was told is not there.
  package var isClean: Bool {
    lost.isEmpty && duplicated.isEmpty && committedUnknown == phantoms.count
  }
}
