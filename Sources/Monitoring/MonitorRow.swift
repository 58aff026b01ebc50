import Postgres

/// A row that the monitor writes.
package struct MonitorRow: Hashable, Sendable {
  /// What tells the rows of this run from those of others in the same table.
  package var run: String
  /// The number of the attempt in its run, from 1; no two attempts share one.
  package var attempt: Int
  /// What people read; its number counts the writes that are not known to have failed.
  package var data: String

  /// All of it.
  package init(run: String, attempt: Int, data: String) {
    self.run = run
    self.attempt = attempt
    self.data = data
  }
}

/// The rows of one run, read back.
package struct StoredRows: Hashable, Sendable {
  /// A row as the table holds it.
  package struct Row: Hashable, Sendable {
    package var attempt: Int
    package var id: Int
    package var data: String

    /// All of it.
    package init(attempt: Int, id: Int, data: String) {
      self.attempt = attempt
      self.id = id
      self.data = data
    }
  }

  /// In the order of the attempts.
  package var rows: [Row] = []
  /// Whether a standby has answered, which may lag behind.
  package var isFromStandby = false

  package init(rows: [Row] = [], isFromStandby: Bool = false) {
    self.rows = rows
    self.isFromStandby = isFromStandby
  }

  /// Reads the answer to the query of `MonitorClient.storedRows`.
  init(_ answer: Rows) {
    isFromStandby = answer.value(0) == "t"
    rows = answer.values.indices.compactMap { index in
      guard let attempt = answer.value(1, ofRow: index).flatMap({ Int($0) }) else { return nil }
      guard let id = answer.value(2, ofRow: index).flatMap({ Int($0) }) else { return nil }
      return Row(attempt: attempt, id: id, data: answer.value(3, ofRow: index) ?? "")
    }
  }
}
